"""The time, in the coarse steps the house keeps. All of it is UTC.

Tests move ``offset``; nothing else in the house reads a clock for what it stores.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

HOUR, DAY = 3600, 86400
TEN_MINUTES, SIX_HOURS = 600, 21600

offset = 0.0


def now() -> float:
    """Seconds since 1970."""
    return time.time() + offset


def hour() -> int:
    """Hours since 1970."""
    return int(now() // HOUR)


def day() -> int:
    """Days since 1970."""
    return int(now() // DAY)


def iso(days: int) -> str:
    """A day as files write it: 2026-03-04."""
    return datetime.fromtimestamp(days * DAY, UTC).date().isoformat()


@dataclass(frozen=True, slots=True)
class Date:
    """A day as a page writes it: number, name of the month, year."""

    day: int
    month: int
    year: int

    @property
    def month_key(self) -> str:
        """The name of its month in the catalogues."""
        return f"month.{self.month}"


def date(days: int) -> Date:
    """A day since 1970, for a page."""
    then = datetime.fromtimestamp(days * DAY, UTC)
    return Date(then.day, then.month, then.year)


def ten_minutes() -> int:
    """The beginning of the current ten minutes, in seconds: the finest time a named post keeps."""
    return int(now() // TEN_MINUTES) * TEN_MINUTES


def six_hours() -> int:
    """The beginning of the current six hours, in seconds: the finest time an unnamed post keeps."""
    return int(now() // SIX_HOURS) * SIX_HOURS


def month() -> int:
    """Months since 1970, of thirty days and ten hours: coarse on purpose."""
    return int(now() // 2629746)


def quarter(ahead: float = 0.0) -> int:
    """Quarters of a year since 1970, some quarters from now; also the season in which a persona was made."""
    return int(now() / 7889238 + ahead)
