"""Keeping sums, before what they are counted from is gone."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import asdict

from mashrabiya.care.tables import TALLY
from mashrabiya.care.types.openness import Sum
from mashrabiya.platform.db import Write


def keep_sums(uow: Write, sums: Iterable[Sum]) -> int:
    """Keep those that are not there yet; answers how many. What was told once stays as it was told."""
    return sum(uow.insert_once(TALLY, **asdict(one)) for one in sums)
