"""Sealing bytes, and hashing what people must remember.

``seal`` binds a sealed value to its place: opened anywhere else, it does not open.
``SlowHash`` is Argon2id with a door in front of it, so that a crowd at the
sign-in page costs memory for two hashes and no more.
"""

from __future__ import annotations

import os
import secrets
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mashrabiya.kernel.errors import Busy

NONCE = 12
OVERHEAD = NONCE + 16
ROOT = 32
_WAITS_FOR = 60.0
_BEHIND = 10


class Unopenable(Exception):
    """The key, the place or the bytes are not the ones that were sealed."""


def seal(key: bytes, plain: bytes, bound: bytes) -> bytes:
    """Encrypt under a fresh nonce; ``bound`` must be given again to open it."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What was sealed, or Unopenable."""
    if len(sealed) < OVERHEAD:
        raise Unopenable
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except InvalidTag:
        raise Unopenable from None


def padded(plain: bytes, size: int) -> bytes:
    """The bytes behind their length, filled with zeros to a fixed size."""
    if len(plain) > size - 2:
        raise ValueError(f"{len(plain)} bytes do not fit into {size}")
    return (len(plain).to_bytes(2, "big") + plain).ljust(size, b"\0")


def unpadded(fixed: bytes) -> bytes:
    """The bytes that ``padded`` was given."""
    return fixed[2 : 2 + int.from_bytes(fixed[:2], "big")]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one Argon2id hash costs; part of the house's settings."""

    memory_kib: int = 65536
    passes: int = 3


SAMPLE_COST = Cost(memory_kib=8192, passes=1)


class SlowHash:
    """Argon2id; at most ``at_once`` run, at most ``waiting`` more stand in line, the rest are Busy."""

    def __init__(self, at_once: int = 2, waiting: int = 16) -> None:
        self._at_once = at_once
        self._running = threading.Semaphore(at_once)
        self._places = threading.Semaphore(at_once + waiting)
        self._behind: ThreadPoolExecutor | None = None
        self.calls = 0

    def give_way(self, processes: int) -> None:
        """Run behind whoever reads, and several processes together as few at once as one. Before the first is asked for."""
        at_once = max(1, self._at_once // processes)
        self._running = threading.Semaphore(at_once)
        self._behind = ThreadPoolExecutor(at_once, "hash", initializer=_step_back)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            if not self._running.acquire(timeout=_WAITS_FOR):
                raise Busy
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._places.release()

    def __call__(self, secret: bytes, salt: bytes, cost: Cost) -> bytes:
        """Thirty-two bytes that only this secret, salt and cost give."""
        with self._turn():
            self.calls += 1
            if self._behind is None:
                return _argon2(secret, salt, cost)
            return self._behind.submit(_argon2, secret, salt, cost).result()


def _argon2(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        secret,
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=1,
        hash_len=ROOT,
        type=Type.ID,
    )


def _step_back() -> None:
    """This thread computes for a fifth of a second at a time: pages that others wait for go first."""
    if sys.platform == "linux":  # elsewhere a whole process has one priority
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _BEHIND)


sign_in_hash = SlowHash()
# Nobody at the sign-in page can make these wait, nor one of them another.
recovery_hash = SlowHash(at_once=1)
return_hash = SlowHash(at_once=1)
panic_hash = SlowHash(at_once=1)
pin_hash = SlowHash()
