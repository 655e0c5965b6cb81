"""Roles at the desk, its limits, and what is begun there."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.library.guides.types import Role

GIVEN = tuple(role for role in Role if role is not Role.SHELF)
"""The roles that hosts give."""
TERMS = (90, 180, 365)
"""Days for which a role is given."""
USUAL_TERM = 180
MOST_HOLDERS = 200
TOLD_AHEAD_DAYS = 30
"""So long before a guide is due, or a role ends, hosts read of it."""
OPEN_AGAIN_DAYS = 365
"""After so many days a source is opened again."""
TEXT_LIMIT = 40_000
TITLE_LIMIT = 160
MONTHS = (6, 12, 24)
"""After so many a guide is read again."""
REASON_LIMIT = 600
ANSWER_LIMIT = 1000
ANSWER_DAYS = 365
"""So long an answer is kept."""
WROTE = 0
"""The role of a hand that wrote; any other one read."""


class Desk(Struct, frozen=True):
    """What the persona in use is at the desk."""

    duties: frozenset[Role]
    host: bool

    def has(self, role: Role) -> bool:
        return role in self.duties


class NewDuty(Struct, frozen=True):
    """What a host types: whose role, which, for how many days."""

    name: str
    role: int
    days: int


class Holder(Struct, frozen=True):
    """Who holds a role, as hosts alone read it."""

    pid: bytes
    name: str
    seed: bytes
    role: int
    until_day: int

    @property
    def key(self) -> str:
        return role_key(self.role)

    @property
    def until(self) -> clock.Date:
        return clock.date(self.until_day)

    @property
    def ends_soon(self) -> bool:
        return self.until_day - clock.day() < TOLD_AHEAD_DAYS


class NewGuide(Struct, frozen=True):
    """A guide that the house begins: in which language its first draft is, and what is known before its words."""

    title: str
    lang: str
    topic: int
    kind: int
    months: int
    readers: tuple[int, ...]
    notes: int
    submission: str = ""


def role_key(role: int) -> str:
    """What a role is called, in the catalogues."""
    return f"library.desk.role_{Role(role).code}"
