"""What one persona keeps for its person alone: private notes, and that it asked
for a copy, bookmarks and drafts.

plain   kind1 day2 len2 body zeros, filled to 256, 1,024, 4,096, 16,384 or 65,536
row     nonce12 plain mac16, found by a tag that only this persona's key gives
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from struct import Struct

from mashrabiya.kernel.keys import Work, mac
from mashrabiya.platform.crypto import seal, unseal

MOST = 200
STEPS = (256, 1024, 4096, 16384, 65536)
NEAREST, FURTHEST = 8, 10
_HEAD = Struct(">BHH")
_NONCE = 12
ROOM = STEPS[-1] - _HEAD.size
"""So many bytes one row holds."""
_DAYED = 0x80


class Kind(IntEnum):
    """What a row holds. Numbers are stored: they are added to, never changed."""

    NOTE = 1
    BOOKMARK = 2
    DRAFT = 3
    COPY = 4
    TAKEN_BACK = 7


@dataclass(frozen=True, slots=True)
class Saved:
    """An opened row."""

    kind: Kind
    day: int
    body: bytes


def bookmark(what: bytes, remark: str, again: int) -> bytes:
    """The body of a bookmark: length1 of an id, the id, a day2 where one is wished for, the remark.

    That a day stands in it is the highest bit of the length.
    """
    day = again.to_bytes(2, "big") if again else b""
    return bytes([len(what) | (_DAYED if again else 0)]) + what + day + remark.encode()


def read_bookmark(body: bytes) -> tuple[bytes, str, int]:
    """The id, the remark and the day; 0 for none."""
    end = 1 + (body[0] & ~_DAYED)
    if not body[0] & _DAYED:
        return body[1:end], body[end:].decode(), 0
    return body[1:end], body[end + 2 :].decode(), int.from_bytes(body[end : end + 2], "big")


@dataclass(frozen=True, slots=True)
class SaveKeys:
    """Where the rows of one persona lie, and what opens them. No key of another persona leads here."""

    root: bytes = field(repr=False)

    @classmethod
    def of(cls, work: Work, slot: int) -> SaveKeys:
        return cls(mac(work.persona_key(slot), b"save"))

    def tag(self, number: int) -> bytes:
        """The row's key: random to everybody else."""
        return mac(self.root, number.to_bytes(4, "big"))[:16]

    def tags(self) -> list[bytes]:
        """All places there are, used or not."""
        return [self.tag(number) for number in range(MOST)]

    def seal(self, saved: Saved, tag: bytes) -> bytes:
        """One of five sizes, bound to its place."""
        plain = _HEAD.pack(saved.kind, saved.day, len(saved.body)) + saved.body
        size = next(step for step in STEPS if len(plain) <= step)
        return seal(mac(self.root, b"key"), plain.ljust(size, b"\0"), tag)

    def open(self, blob: bytes, tag: bytes) -> Saved:
        plain = unseal(mac(self.root, b"key"), blob, tag)
        kind, day, length = _HEAD.unpack_from(plain)
        return Saved(Kind(kind), day, plain[_HEAD.size : _HEAD.size + length])

    def version(self, blob: bytes) -> str:
        """Another one with every writing: for telling that a form is older than the row."""
        return mac(self.root, b"version", blob[:_NONCE])[:8].hex()

    def ahead(self, number: int) -> float:
        """For how many quarters of a year a row is kept from now, between eight and ten.

        Each row has a share of its own, known to its person only: rows that are kept
        together do not change together, and neither do a persona and its rows.
        """
        share = int.from_bytes(mac(self.root, b"until", number.to_bytes(4, "big"))[:4], "big") / 2**32
        return NEAREST + share * (FURTHEST - NEAREST)
