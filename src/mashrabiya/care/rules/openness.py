"""What of a decision is told openly, how coarsely, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import median_low

from mashrabiya.care.types import AS_RULE, AS_TWO, Act
from mashrabiya.care.types.openness import DELAY_DAYS, FEW, FEW_OF_A_MONTH, SPEEDS, Line, Sum
from mashrabiya.kernel import clock

# Day nought was a Thursday; the first Monday was the fourth after it.
_MONDAY, _WEEK = 4, 7

PERSON, BACK, BY_RULE = "person", "back:", "by_rule"
STANDS, REVERSED = "stands", "reversed"
WAYS = ("invited", "entered", "let_in", "role_given", "role_ended")
"""What is told of the ways into a place, and of roles there."""
_ORDER = (
    "note",
    "ask",
    BY_RULE,
    "hold",
    "hide",
    "remove",
    PERSON,
    "shut",
    "top",
    "slow",
    "care_note",
    "tag",
    "move",
    "came",
    "learn",
    "account",
    "seal",
    STANDS,
    REVERSED,
    *WAYS,
)


def week_of(day: int) -> int:
    """Weeks since 1970, from Monday to Sunday."""
    return (day - _MONDAY) // _WEEK


def first_day(week: int) -> int:
    """Its Monday."""
    return week * _WEEK + _MONDAY


def last_told_week(today: int) -> int:
    """The last week that is told: it has ended, and some time has gone since."""
    return week_of(today - DELAY_DAYS) - 1


def told(act: Act, role: str) -> str:
    """What a community's log calls a decision, or nothing where it says nothing.

    What was left as it was would tell its author that somebody reported; so would what was hidden on
    two people's word. Of what was done with a person, it says that a step was taken, as those who reported read it.
    """
    if act in {Act.KEEP, Act.WENT} or role == AS_TWO:
        return ""
    if role == AS_RULE:
        return BY_RULE
    return PERSON if act.meets_person else act.name.lower()


def counted(count: int) -> int:
    """The count as a community's log keeps it: nought where it is too small to be said."""
    return count if count >= FEW else 0


def line(one: Sum, agreed: Sequence[str]) -> Line:
    """A sum in words. Only what is agreed there today is cited: a door that was opened wider shows no older words."""
    back = one.what.startswith(BACK)
    what = one.what.removeprefix(BACK)
    cited = one.agreement if one.agreement in agreed else ""
    return Line(what, back, cited, bool(one.agreement) and not cited, one.shown)


def in_order(sums: Iterable[Sum]) -> list[Sum]:
    """Newest week first; within it in one order, whichever happened first."""
    return sorted(sums, key=lambda one: (-one.span, *_place(one.what), one.agreement))


def _place(what: str) -> tuple[int, bool]:
    return _ORDER.index(what.removeprefix(BACK)), what.startswith(BACK)


def month_of(day: int) -> int:
    """Months of the calendar, counted from the year nought."""
    then = datetime.fromtimestamp(day * clock.DAY, UTC)
    return then.year * 12 + then.month - 1


def first_of(month: int) -> int:
    """The first day of a month."""
    return int(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC).timestamp()) // clock.DAY


def rounded(count: int) -> int:
    """A count of the whole house as it is told: to the nearest five, and nought where it is too small to be said."""
    return (count + 2) // 5 * 5 if count >= FEW_OF_A_MONTH else 0


def speed(waited: Sequence[int]) -> int:
    """Within how many days half of them were decided, in few steps; nought where they are too few to be said."""
    if len(waited) < FEW_OF_A_MONTH:
        return 0
    half = median_low(waited)
    return next((step for step in SPEEDS if half <= step), SPEEDS[-1])
