"""Facts in the past tense: recorded with the change, told to listeners later."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """A fact. Its fields are ids (bytes), integers and short codes, never words or times."""
