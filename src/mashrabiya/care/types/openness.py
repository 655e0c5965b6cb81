"""What is told openly of decisions: sums that name nobody."""

from collections.abc import Sequence

from msgspec import Struct

from mashrabiya.kernel import clock

FEW = 3
"""Fewer than so many of a week are not counted in a community's log."""

DELAY_DAYS = 14
"""So long after its end a week is told."""

WEEKS = 12
"""Weeks on a page of a community's log."""

FEW_OF_A_MONTH = 5
"""Fewer than so many of a month are not counted for the whole house."""

MONTHS = 12
"""Months on the page of openness."""

SPEEDS = (1, 3, 7, 14, 99)
"""Days within which half of a month's reports were decided; the last stands for longer."""

KEPT_SUMS_DAYS = 730
"""So long sums stay."""

ACTS = (
    "keep",
    "word",
    "ask",
    "note",
    "hold",
    "hide",
    "remove",
    "limit",
    "pause",
    "exclude",
    "unlist",
    "in_place",
)
OBJECTIONS = ("objected", "stands", "reversed", "waiting")
BY_TWO = ("learn", "account", "seal", "close", "role_given", "role_ended")
"""What is counted of a month, in the order in which it is told, beside reports and a few others."""


class Sum(Struct, frozen=True):
    """How often something was done in a span of a place, as it is told: nought stands for too few to count.

    ``agreement`` is what was cited. ``day`` is the first of the span.
    """

    cid: bytes
    span: int
    what: str
    agreement: str
    shown: int
    day: int


class Line(Struct, frozen=True):
    """One line of a community's log. ``cited`` is an agreement that stands there today; ``former`` one that did."""

    what: str
    back: bool
    cited: str
    former: bool
    count: int

    @property
    def key(self) -> str:
        return f"placelog.{self.what}"


class Week(Struct, frozen=True):
    """What was decided in a week, without a day and without anybody."""

    day: int
    lines: Sequence[Line]

    @property
    def date(self) -> clock.Date:
        return clock.date(self.day)


class Weeks(Struct, frozen=True):
    """A page of weeks, newest first; ``after`` leads to older ones, or is empty."""

    rows: list[Week]
    after: str = ""


class Month(Struct, frozen=True):
    """A month of the whole house: sums to the nearest five; what is not there, or nought, is too small to be said."""

    day: int
    sums: dict[str, int]

    @property
    def date(self) -> clock.Date:
        return clock.date(self.day)

    def count(self, what: str) -> int:
        """A sum; nought where it is too small to be said."""
        return self.sums.get(what, 0)

    @property
    def speed_key(self) -> str:
        """Within how long half of the reports were decided."""
        return f"openness.speed_{self.count('speed')}"
