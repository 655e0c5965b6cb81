"""The figures that pages promise, from the settings in force."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.platform.house import HouseSettings

DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Figures:
    """Whole months until a silent thread goes, days until a deleted text has left our copies."""

    months: int
    backup_days: int


def figures(house: HouseSettings) -> Figures:
    """Months rounded up, within a day: a promise of deletion is never shorter than the truth."""
    months = -(-(house.retention_days - 1) // DAYS_A_MONTH)
    return Figures(max(1, int(months)), house.backup_days)
