"""What an entry is, and how its hash is made. Whoever has the rows can do it anew, without any key."""

from __future__ import annotations

import json
from hashlib import sha256

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac

HASH = 32
BEGINNING = bytes(HASH)
"""What stands before the first entry."""


class Entry(Struct, frozen=True):
    """One act: when, in which role, what was done to what, and under which rule."""

    n: int
    day: int
    role: str
    action: str
    object: bytes
    rule: str
    detail_mac: bytes
    prev32: bytes
    h32: bytes

    @property
    def hash(self) -> bytes:
        """What its hash must be."""
        return hashed(self)

    @property
    def head(self) -> str:
        """Its day and its hash: what a witness writes down."""
        return f"{clock.iso(self.day)} {self.h32.hex()}"

    @property
    def when(self) -> int:
        """Its day, in seconds."""
        return self.day * clock.DAY


class Kept(Struct, frozen=True):
    """An entry as the care team reads it: with its detail, while that is kept."""

    entry: Entry
    detail: str | None


def canonical(entry: Entry) -> bytes:
    """The entry as JSON that is always the same bytes: keys in order, no space, ASCII, bytes as hex."""
    said = {
        "action": entry.action,
        "day": entry.day,
        "detail_mac": entry.detail_mac.hex(),
        "n": entry.n,
        "object": entry.object.hex(),
        "role": entry.role,
        "rule": entry.rule,
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def hashed(entry: Entry) -> bytes:
    """SHA-256 of the hash before it and of what it says."""
    return sha256(entry.prev32 + canonical(entry)).digest()


def detail_mac(salt: bytes, detail: str) -> bytes:
    """What an entry keeps of its detail: when the salt is gone, no guess at the words can be tried."""
    return mac(salt, sha256(detail.encode()).digest())
