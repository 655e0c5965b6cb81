"""Up to where one persona has read a thread: for its person alone, and nobody can tell of which thread.

plain   n20 day12, as one number of four bytes; the day as it comes round in eleven years
row     nonce12 plain mac16, found by a tag that this persona's key and the thread's id give together
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work, mac
from mashrabiya.platform.crypto import Unopenable, seal, unseal

NEAREST, FURTHEST = 2, 4
_DAY_BITS = 12
_LAST_DAY, _LAST_N = (1 << _DAY_BITS) - 1, (1 << 20) - 1


@dataclass(frozen=True, slots=True)
class ReadKeys:
    """Where the marks of one persona lie, and what opens them. Neither tells of another's, or of a thread."""

    root: bytes = field(repr=False)

    @classmethod
    def of(cls, work: Work, slot: int) -> ReadKeys:
        return cls(mac(work.persona_key(slot), b"read"))

    def tag(self, tid: bytes) -> bytes:
        """The row's key: random to everybody else."""
        return mac(self.root, tid)[:16]

    def seal(self, tid: bytes, n: int) -> bytes:
        """32 bytes, bound to their place."""
        packed = min(n, _LAST_N) << _DAY_BITS | clock.day() & _LAST_DAY
        return seal(self._key(tid), packed.to_bytes(4, "big"), self.tag(tid))

    def open(self, tid: bytes, blob: bytes) -> int:
        """The number of the last post that was read; 0 for what does not open."""
        try:
            packed = unseal(self._key(tid), blob, self.tag(tid))
        except Unopenable:
            return 0
        return int.from_bytes(packed, "big") >> _DAY_BITS

    def until(self, tid: bytes) -> int:
        """The quarter of a year until which a mark is kept that is made now, between two and four from now.

        Each has a share of its own: it tells neither how long its thread is kept nor when it was made.
        """
        share = int.from_bytes(mac(self.root, b"until", tid)[:4], "big") / 2**32
        return clock.quarter(NEAREST + share * (FURTHEST - NEAREST))

    def _key(self, tid: bytes) -> bytes:
        return mac(self.root, tid, b"key")
