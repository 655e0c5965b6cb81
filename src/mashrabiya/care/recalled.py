"""What a sample house tells of its past: the sums that are left when what they were counted from is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mashrabiya.care import rules
from mashrabiya.care.commands.openness import keep_sums
from mashrabiya.care.types.openness import MONTHS, Sum
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Write

# The oldest month first, to the nearest five; what is nought was too few to be said.
_YEAR = {
    "received": (10, 15, 10, 20, 25, 20, 35, 60, 40, 30, 35, 30),
    "decided": (10, 10, 15, 20, 20, 25, 30, 55, 45, 30, 35, 25),
    "speed": (3, 3, 7, 3, 3, 3, 3, 7, 3, 3, 1, 1),
    "keep": (0, 0, 5, 5, 5, 10, 10, 15, 10, 10, 10, 10),
    "word": (0, 0, 0, 5, 0, 5, 5, 10, 5, 5, 10, 5),
    "ask": (0, 0, 0, 0, 5, 0, 5, 5, 5, 0, 5, 5),
    "note": (0, 5, 0, 5, 0, 5, 5, 5, 10, 5, 5, 5),
    "hide": (5, 0, 5, 5, 10, 5, 10, 20, 15, 10, 10, 5),
    "remove": (0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0),
    "pause": (0, 0, 0, 0, 0, 0, 0, 5, 5, 0, 0, 0),
    "undone": (0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0),
    "objected": (0, 0, 0, 0, 5, 0, 5, 15, 10, 5, 5, 5),
    "stands": (0, 0, 0, 0, 0, 0, 5, 10, 5, 0, 5, 0),
    "reversed": (0, 0, 0, 0, 0, 0, 0, 5, 5, 0, 0, 0),
    "precept": (0, 0, 5, 0, 0, 0, 0, 10, 0, 0, 0, 0),
}
# So many weeks before the last that is told; whether what is agreed first there was cited; how often.
_WEEKS = (
    (0, "hide", True, 0),
    (0, "ask", False, 0),
    (1, "note", False, 3),
    (3, "hide", True, 4),
    (3, "back:hide", False, 0),
    (3, "stands", False, 0),
    (4, "person", True, 0),
    (6, "ask", True, 3),
    (9, "remove", True, 0),
    (9, "reversed", False, 0),
)


def recall_house(uow: Write) -> None:
    """A year of the whole house."""
    keep_sums(uow, _months())


def recall_place(uow: Write, cid: bytes, agreed: Sequence[str], *, skip: int = 0) -> None:
    """Some weeks of a community; each has other ones, by how many of the lines it leaves out."""
    cited = agreed[0] if agreed else ""
    last = rules.last_told_week(clock.day())
    keep_sums(
        uow,
        (
            Sum(cid, week, what, cited if cites else "", count, rules.first_day(week))
            for ago, what, cites, count in _WEEKS[skip:]
            for week in (last - ago,)
        ),
    )


def _months() -> Iterator[Sum]:
    last = rules.month_of(clock.day()) - 1
    for what, counts in _YEAR.items():
        for month, count in zip(range(last - MONTHS + 1, last + 1), counts, strict=True):
            yield Sum(b"", month, what, "", count, rules.first_of(month))
