"""What to ask an author about. Nothing is listed yet, so nothing is asked."""

from __future__ import annotations

from msgspec import Struct


class Asks(Struct, frozen=True):
    """A question to the author: its key in the catalogues, and what it was asked about."""

    key: str
    found: str


def asks_of(_text: str) -> list[Asks]:
    """The questions, in their order."""
    return []


def weight_of(_text: str) -> int:
    """How soon the care team should look, 0 to 3."""
    return 0
