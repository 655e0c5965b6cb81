"""One thing that the doctor looked at, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

OK, LOOK, RED = "OK", "LOOK", "RED"


@dataclass(frozen=True, slots=True)
class Finding:
    """``RED`` harms somebody now; ``LOOK`` is for the host to judge. The text says what to do."""

    level: str
    what: str
