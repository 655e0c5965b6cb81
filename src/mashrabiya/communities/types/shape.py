"""What becomes of a place: open, archived, closed; and who runs it next."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

from mashrabiya.communities.types.roles import Role
from mashrabiya.kernel import clock

CLOSING_DAYS = 7
"""So long a place stands archived, with a notice, before it closes. Until then it can be called off."""
CLOSING_HOURS = 72
"""So long a second person who runs it has time to agree."""
OFFER_DAYS = 30
"""So long somebody has time to say whether she wants to run a place, or to do something else for it."""


class PlaceState(IntEnum):
    """Whether a place lives. Closed it is nothing any more, and goes as soon as its threads have gone."""

    OPEN = 0
    ARCHIVED = 1
    CLOSED = 2


class Wish(Struct, frozen=True):
    """That one persona who runs a place wants to close it. Who it is serves a rule, and is shown nowhere."""

    pid: bytes
    closing_h: int

    @property
    def waits(self) -> bool:
        """A second person can agree to it still."""
        return self.closing_h > clock.hour()


class Running(Struct, frozen=True):
    """Those who run a place, as the rules of closing and handing on need them. ``present``: with a name now."""

    wishes: list[Wish]
    present: int

    def others(self, siblings: tuple[bytes, ...]) -> list[Wish]:
        """Those of other people: two names of one are one."""
        return [one for one in self.wishes if one.pid not in siblings]


class Leaving(Struct, frozen=True, kw_only=True):
    """What should become of what somebody wrote in a place, when she leaves it."""

    remove: bool = False
    unnamed_too: bool = False
    submission: str = ""


class Offered(Struct, frozen=True):
    """A member who was asked to take a role, as those who asked see it."""

    name: str
    pub: str
    seed: bytes
    role: int
    days: int

    @property
    def key(self) -> str:
        """What she was asked to be."""
        return Role(self.role).key


JUST_JOINED = {
    "until_day": 0,
    "lapsed": 0,
    "offered_day": 0,
    "offered_role": 0,
    "offered_days": 0,
    "closing_h": 0,
}
"""What a membership begins with: no role, nobody has asked her to take one, and she has not asked to close it."""
