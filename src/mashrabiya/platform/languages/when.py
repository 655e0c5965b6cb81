"""Coarse times: a text key instead of a clock, since an exact hour points to a person."""

from __future__ import annotations

from mashrabiya.kernel.clock import DAY, HOUR

_SEASONS = ("winter", "winter", "spring", "spring", "spring", "summer")
_SEASONS_REST = ("summer", "summer", "autumn", "autumn", "autumn", "winter")
_STEPS = ((1, "time.today"), (2, "time.yesterday"), (7, "time.this_week"), (14, "time.last_week"))


def when_key(then: int, now: float) -> str:
    """The key of the words for ``then``, both in seconds since 1970."""
    if 0 <= now - then < HOUR:
        return "time.just_now"
    age = int(now // DAY) - then // DAY
    for days, key in _STEPS:
        if age < days:
            return key
    if age < 30:
        return "time.this_month"
    return f"time.{_season(then)}" if age < 330 else "time.long_ago"


def whole_months(days: int) -> int:
    """How many months that is, where it comes out even; none where days say it better."""
    if days % 365 == 0:
        return days // 365 * 12
    return days // 30 if days % 30 == 0 else 0


def _season(then: int) -> str:
    # Months of 30.44 days from the first of January are near enough for a season's name.
    month = int(then % 31556952 // 2629746)
    return (_SEASONS + _SEASONS_REST)[month]
