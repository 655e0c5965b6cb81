"""How the row is sealed in which somebody keeps what she has read, and the addresses under which she follows.

plain   8,192 bytes: what was read (thread or post as eight bytes, up to which number, which day), the day up to
        which everything counts as read, what she wants no notices of
row     nonce12 plain mac16, found by a tag that her key alone gives
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work, mac
from mashrabiya.notifications.types import KEPT_DAYS, MOST_MUTED
from mashrabiya.people.sealed.read import FURTHEST, NEAREST
from mashrabiya.platform.crypto import Unopenable, padded, seal, unpadded, unseal

_PLAIN = 8192
_MOST_READ = 300


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """What one person has read, and of what she wants no notices: under all her names.

    ``read`` says of a thread up to which post, and of what happened once that it was; with the day of the notice.
    """

    read: dict[bytes, tuple[int, int]] = {}
    floor: int = 0
    off: int = 0
    threads: tuple[bytes, ...] = ()
    places: tuple[bytes, ...] = ()

    def with_read(self, more: dict[bytes, tuple[int, int]]) -> Seen:
        """The same, with more of it read; of too much the oldest counts as read by its day."""
        whole = self.read | {
            what: (max(n, self.read.get(what, (0, 0))[0]), day) for what, (n, day) in more.items()
        }
        alive = {what: kept for what, kept in whole.items() if kept[1] + KEPT_DAYS >= clock.day()}
        kept = sorted(alive.items(), key=lambda one: -one[1][1])
        dropped = kept[_MOST_READ:]
        floor = max([self.floor, *(day for _, (_, day) in dropped)])
        return replace(self, read=dict(kept[:_MOST_READ]), floor=floor)

    def muting(self, kind: str, which: bytes, *, on: bool) -> Seen:
        """The same, with a thread or a place muted or not; of too many the one muted first is let go."""
        kept = tuple(one for one in getattr(self, kind) if one != which)
        return replace(self, **{kind: (*kept, which)[-MOST_MUTED:] if on else kept})


NOTHING = Seen()


@dataclass(frozen=True, slots=True)
class SeenKeys:
    """Where the row of one person lies, and what opens it."""

    root: bytes = field(repr=False)

    @classmethod
    def of(cls, work: Work) -> SeenKeys:
        return cls(work.seen_key())

    @property
    def tag(self) -> bytes:
        return mac(self.root, b"tag")[:16]

    def mark(self, what: bytes, sort: int) -> bytes:
        """What stands for a thread and a sort of notices."""
        return mac(self.root, b"mark", bytes([sort]), what)[:8]

    def seal(self, seen: Seen) -> bytes:
        return seal(mac(self.root, b"key"), padded(msgspec.msgpack.encode(seen), _PLAIN), self.tag)

    def open(self, blob: bytes) -> Seen:
        """What lies in it; nothing where it does not open."""
        try:
            return msgspec.msgpack.decode(unpadded(unseal(mac(self.root, b"key"), blob, self.tag)), type=Seen)
        except (Unopenable, msgspec.MsgspecError):
            return NOTHING

    def until(self) -> int:
        return _until(self.root, b"until")


def sub_address(work: Work, slot: int, scope: bytes) -> bytes:
    """Under what this persona follows that thread, and no other."""
    return mac(work.sub_key(slot), scope)[:16]


def sub_until(work: Work, slot: int, scope: bytes) -> int:
    """The quarter until which such a row is kept that is written now: each has a share of its own."""
    return _until(work.sub_key(slot), scope)


def _until(root: bytes, what: bytes) -> int:
    share = int.from_bytes(mac(root, b"until", what)[:4], "big") / 2**32
    return clock.quarter(NEAREST + share * (FURTHEST - NEAREST))
