"""What screening speaks of: traces, marked text, and the hint shown before posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a trace leads by. Each value is the last word of its key in the catalogues: ``guard.…``."""

    EMAIL = "email"
    HANDLE = "handle"
    PLACE = "place"
    BANK = "bank"
    ID = "id"
    PHONE = "phone"
    PLATE = "plate"


NUMBERS = frozenset({Kind.PHONE, Kind.ID, Kind.BANK, Kind.PLATE})
"""The kinds of which it is true to say that a number leads to its owner."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A place in the text as it was typed. ``found`` is what stands there."""

    kind: Kind
    start: int
    end: int
    found: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text: plain, or something found."""

    text: str
    kind: Kind | None = None

    @property
    def is_found(self) -> bool:
        return self.kind is not None


class Wording(Protocol):
    """A word of the text for which there are others, and why. Rooms above know which."""

    @property
    def mark(self) -> str: ...

    @property
    def found(self) -> str: ...

    @property
    def better(self) -> Sequence[str]: ...

    @property
    def why(self) -> str: ...


@dataclass(frozen=True, slots=True)
class GuardHint:
    """What to show before posting. ``shown`` goes into the form and proves next time that this was shown."""

    traces: tuple[Trace, ...]
    kinds: tuple[Kind, ...]
    segments: tuple[Segment, ...]
    shown: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The texts that name what was found."""
        return tuple(f"guard.{kind}" for kind in self.kinds)

    @property
    def has_number(self) -> bool:
        return any(kind in NUMBERS for kind in self.kinds)
