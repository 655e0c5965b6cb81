"""The sample house of tests: made once a process in each size, and begun again from a copy."""

from __future__ import annotations

from mashrabiya.main import decide
from mashrabiya.platform.hosting import SampleSize
from mashrabiya.stewardship.sample import Sample, inhabit
from mashrabiya.testing.filled import filled
from mashrabiya.testing.house import TestHouse

SMALL = SampleSize(members=12, communities=8, threads=30, posts=160)


def sampled(house: TestHouse, size: SampleSize | None = None, *, decided: bool = True) -> Sample:
    """Turn an empty house into a sample of this size; unless they are to do nothing, its carers have decided."""
    how = decide if decided else None
    return filled(house, ("sample", size, decided), lambda: inhabit(house.site, size, decide=how))
