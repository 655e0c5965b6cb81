"""What a member does for a place, what each of that lets her do, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from msgspec import Struct

from mashrabiya.communities.types.agreements import IN_FORCE
from mashrabiya.kernel import clock

ENDLESS = IN_FORCE
"""The last day of a term that has none."""
TERMS = (30, 90, 180, 365)
"""Days for which a role is given."""
USUAL_TERM = 180
TOLD_AHEAD_DAYS = 14
"""So long before its day whoever holds a role reads that it ends."""
TOLD_OVER_DAYS = 30
"""So long whoever held a role reads that it is over."""
MOST_HOLDERS = 30
"""So many hold a role in one place, or are asked to."""


class Role(IntEnum):
    """What a member does in the community. From the carer on she decides on what was reported."""

    MEMBER = 0
    TRANSLATOR = 1
    KEEPER = 2
    FACILITATOR = 3
    CARER = 4
    HOST = 5

    @property
    def key(self) -> str:
        """What it is called, in the catalogues."""
        return f"caring.role_{self.name.lower()}"

    @property
    def powers(self) -> list[str]:
        """What it lets her do, in the order in which it is told, in the catalogues."""
        return [power.key for power in Power if power in POWERS[self]]


class Power(IntEnum):
    """What a role lets somebody do in a place. Asked by one rule, ``communities.rules.may``."""

    # Read what was reported and decide on it, and on anybody's post.
    CASES = 0
    # Protect the place for some hours.
    PROTECT = 1
    # Order a conversation where it stands: close the replies, slow them down.
    ORDER = 2
    # Keep what is found again: at the top of the list, by a note beside it.
    KEEP = 3
    # Move a thread to another place.
    MOVE = 4
    # Write what the place says of itself: description, agreements, welcome, wants.
    TEXTS = 5
    # Write the place's second language.
    TRANSLATE = 6
    # Answer those who ask to enter, and invite.
    ADMIT = 7
    # Everything else: name, doors, ways in, rules, ending; and who holds which role.
    SHAPE = 8

    @property
    def key(self) -> str:
        """The sentence that says it, in the catalogues."""
        return f"caring.power_{self.name.lower()}"


POWERS: Mapping[Role, frozenset[Power]] = {
    Role.MEMBER: frozenset(),
    Role.TRANSLATOR: frozenset({Power.TRANSLATE}),
    Role.KEEPER: frozenset({Power.KEEP, Power.TEXTS}),
    Role.FACILITATOR: frozenset({Power.ORDER, Power.KEEP}),
    Role.CARER: frozenset({Power.CASES, Power.PROTECT, Power.ORDER, Power.KEEP, Power.MOVE}),
    Role.HOST: frozenset(Power),
}
GIVEN = (Role.CARER, Role.FACILITATOR, Role.KEEPER, Role.TRANSLATOR, Role.HOST)
"""What a member can be asked to do."""


class Given(Struct, frozen=True):
    """A role as a form offers it."""

    value: str
    key: str
    powers: list[str]


class HasRole:
    """What a role is called and lets do, where it is kept as a number."""

    __slots__ = ()
    role: int

    @property
    def key(self) -> str:
        return Role(self.role).key

    @property
    def runs(self) -> bool:
        return self.role == Role.HOST

    @property
    def powers(self) -> list[str]:
        return Role(self.role).powers


class Asked(Struct, HasRole, frozen=True):
    """That the persona in use is asked to take a role, and for how many days; without an end by nought."""

    role: int
    days: int


class Member(Struct, frozen=True):
    """A member who was named, for a rule and a command: shown nowhere."""

    pid: bytes
    role: int
    until_day: int


class Holder(Struct, HasRole, frozen=True):
    """A persona that holds a role in a place, as everybody reads it who reads the place."""

    name: str
    pub: str
    seed: bytes
    closed: int
    role: int
    until_day: int
    own: int

    @property
    def path(self) -> str:
        """Where those who share a community with it find more, or nowhere."""
        return "" if self.closed else f"/p/{self.pub}"

    @property
    def goes_on(self) -> bool:
        """The term is over, and nobody else would run the place."""
        return self.until_day < clock.day()

    @property
    def until(self) -> clock.Date | None:
        """The last day of the term, where there is one still."""
        return None if self.until_day == ENDLESS or self.goes_on else clock.date(self.until_day)


def last_day(days: int) -> int:
    """The last day of a term of so many days that begins today; nought is without an end."""
    return clock.day() + days if days else ENDLESS
