"""How it lies sealed which browser is told that there is something for one name.

plain   1,024 bytes: where to, the name of this site there, the quiet hours by the house's clock, which sorts are not wanted
row     nonce12 plain mac16, found by a tag from a key of the house and the name

The house opens it by itself, when nobody is signed in: whoever has the disk and the keys does too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import msgspec

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import mac
from mashrabiya.notifications import rules
from mashrabiya.platform.crypto import Unopenable, padded, seal, unpadded, unseal

KEPT_UNUSED_DAYS = 30
"""So long it is kept without her coming by."""

_PLAIN = 1024
_STEP = 10
_HALVES = 48


class Pushed(msgspec.Struct, frozen=True, array_like=True):
    """One browser of one name. ``quiet`` are half hours of the house's clock, so that no zone is kept."""

    endpoint: str
    site: str
    quiet: tuple[int, int] | None = None
    off: int = 0

    def __repr__(self) -> str:
        return "Pushed(…)"

    def left(self, now: float) -> int:
        """For how many seconds from now no quiet hour begins; none in one."""
        if self.quiet is None:
            return clock.DAY
        begins, ends = (half * 1800 for half in self.quiet)
        of_day = int(now) % clock.DAY
        if (of_day - begins) % clock.DAY < (ends - begins) % clock.DAY:
            return 0
        return (begins - of_day) % clock.DAY


def quiet_of(hush: str) -> tuple[int, int] | None:
    """Her quiet hours by the house's clock."""
    hours = rules.read_hush(hush)
    if hours is None:
        return None
    begins, ends, ahead = hours
    return (2 * begins - ahead) % _HALVES, (2 * ends - ahead) % _HALVES


def mark_of(endpoint: str) -> str:
    """By which a page of hers recognises its own browser, without saying the endpoint."""
    return hashlib.sha256(endpoint.encode()).hexdigest()[:32]


def until_day() -> int:
    """The last day of a row that is written now: in steps, the same for all who come by in these days."""
    return (clock.day() + KEPT_UNUSED_DAYS) // _STEP * _STEP + _STEP


@dataclass(frozen=True, slots=True)
class PushKeys:
    """Where the rows lie, and what opens them."""

    root: bytes = field(repr=False)

    def tag(self, pid: bytes) -> bytes:
        return mac(self.root, b"tag", pid)[:16]

    def seal(self, tag: bytes, pushed: Pushed) -> bytes:
        return seal(mac(self.root, b"key"), padded(msgspec.msgpack.encode(pushed), _PLAIN), tag)

    def open(self, tag: bytes, blob: bytes) -> Pushed | None:
        """What lies in it; nothing where it does not open."""
        try:
            plain = unpadded(unseal(mac(self.root, b"key"), blob, tag))
            return msgspec.msgpack.decode(plain, type=Pushed)
        except (Unopenable, msgspec.MsgspecError):
            return None
