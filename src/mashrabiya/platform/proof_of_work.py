"""What a sign-up costs a machine: a small computation, or a short wait.

A browser that runs JavaScript finds a number; one that does not waits two
minutes with a ticket. Each is good once. It slows those who make accounts by
the hundred, and asks nothing of anybody's name, address or device.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from hashlib import sha256

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac

BITS = 18
BUSY_BITS = 20
PROTECTED_BITS = 22
TICKET_WAIT = 120
REMEMBERED = 1200
TRIES = 5
NONCE = 8
_STEP = 10
_PLAIN, _WHOLE = 12, 28
_FEW = 4096


class Spent:
    """What was used lately, in memory: each thing once within twenty minutes.

    ``shared`` is asked too where several processes serve one house; it answers
    whether the tag was new to all of them.
    """

    def __init__(self, shared: Callable[[bytes, int], bool] | None = None) -> None:
        self._until: dict[bytes, float] = {}
        self._lock = threading.Lock()
        self._full = _FEW
        self.shared = shared

    def take(self, tag: bytes, for_seconds: int = REMEMBERED) -> bool:
        """True the first time, False for as long as it is remembered."""
        now = clock.now()
        with self._lock:
            if len(self._until) > self._full:
                self._until = {tag: until for tag, until in self._until.items() if until > now}
                # Whoever sends much must not make everybody's form go through all of it.
                self._full = max(_FEW, 2 * len(self._until))
            if self._until.get(tag, 0) > now:
                return False
            self._until[tag] = now + for_seconds
        return self.shared is None or self.shared(tag, int((now + for_seconds) // clock.HOUR) + 1)


spent = Spent()
# Of this process alone: each may be asked a few times.
_tried = Spent()


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _signed(key: bytes, kind: bytes, plain: bytes) -> str:
    return (plain + mac(key, kind, plain)[:16]).hex()


def _opened(key: bytes, kind: bytes, text: str) -> bytes | None:
    raw = _bytes(text)
    if len(raw) != _WHOLE:
        return None
    plain, tag = raw[:_PLAIN], raw[_PLAIN:]
    return plain if hmac.compare_digest(tag, mac(key, kind, plain)[:16]) else None


def challenge(key: bytes, bits: int = BITS) -> str:
    """A challenge that asks for so many bits; ``key`` is the house's pow key."""
    made = int(clock.now() // _STEP).to_bytes(4, "big")
    return _signed(key, b"challenge%d" % bits, made + secrets.token_bytes(8))


def solves(text: str, nonce: str, bits: int) -> bool:
    """Whether the challenge and the nonce, eight bytes in hex, hash to so many zero bits."""
    raw = _bytes(nonce)
    if len(raw) != NONCE:
        return False
    digest = sha256(_bytes(text) + raw).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def accept_work(key: bytes, text: str, nonce: str, bits: int = BITS) -> bool:
    """Take a solved challenge: fresh, ours, solved, and not taken before."""
    plain = solved(key, text, nonce, bits)
    return plain is not None and spent.take(plain)


def solved(key: bytes, text: str, nonce: str, bits: int = BITS) -> bytes | None:
    """A challenge that is fresh, ours and solved, without taking it."""
    plain = _opened(key, b"challenge%d" % bits, text)
    if plain is None or not solves(text, nonce, bits):
        return None
    age = clock.now() - int.from_bytes(plain[:4], "big") * _STEP
    return plain if -_STEP <= age < REMEMBERED else None


def ticket(key: bytes, wait: int = TICKET_WAIT) -> str:
    """A ticket that is good once, from ``wait`` seconds on."""
    due = int(clock.now() + wait).to_bytes(4, "big")
    return _signed(key, b"ticket", due + secrets.token_bytes(8))


def ticket_wait(key: bytes, text: str) -> int | None:
    """Seconds until the ticket is good; 0 when it is; None when it is none of ours or too old."""
    plain = _opened(key, b"ticket", text)
    if plain is None:
        return None
    left = int.from_bytes(plain[:4], "big") - int(clock.now())
    return None if left < -clock.DAY else max(0, left)


def accept_ticket(key: bytes, text: str) -> bool:
    """Take a ripe ticket, once."""
    plain = ripe(key, text)
    return plain is not None and spent.take(plain, 2 * clock.DAY)


def ripe(key: bytes, text: str) -> bytes | None:
    """A ticket that has waited long enough, without taking it."""
    return _opened(key, b"ticket", text) if ticket_wait(key, text) == 0 else None


def may_try(plain: bytes) -> bool:
    """Whether what was brought may be tried once more: what is not taken at once would else cost nothing for ever."""
    return any(_tried.take(plain + bytes([number])) for number in range(TRIES))


def solve(text: str, bits: int = BITS) -> str:
    """Find a nonce, as a browser would. For tests and command lines."""
    number = 0
    while not solves(text, f"{number:016x}", bits):
        number += 1
    return f"{number:016x}"
