"""What somebody keeps for herself alone, as it is once her session has opened it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from mashrabiya.kernel import clock


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """A note that only its persona's person can open. ``version`` is another after every writing."""

    number: int
    text: str = field(repr=False)
    day: int
    version: str


@dataclass(frozen=True, slots=True)
class KeptForLater:
    """What a persona keeps for later, by its id, and what she remarked; only its person can open it."""

    number: int
    what: bytes = field(repr=False)
    remark: str = field(repr=False)
    day: int
    again: int = 0
    """The day from which she wishes to be shown it again; 0 for none."""


TAKEN_HOURS = 24
"""So long words that were taken back can be brought again."""


@dataclass(frozen=True, slots=True)
class TakenWords:
    """A post, by its id, whose words a persona took back, and what they were, as their own level packs it."""

    number: int
    what: bytes = field(repr=False)
    body: bytes = field(repr=False)
    day: int


DRAFTS, DRAFT_DAYS = 30, 90
"""So many drafts a persona keeps at most, and so many days after the last writing of one."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Words that are not posted yet: the fields of their form, and for which place. Only their person can open them."""

    number: int
    what: bytes = field(repr=False)
    fields: dict[str, str] = field(repr=False)
    day: int
    version: str

    @property
    def is_unnamed(self) -> bool:
        return bool(self.fields.get("unnamed"))

    @property
    def is_over(self) -> bool:
        """Whether its time is over: it is shown no more, and goes at her next visit."""
        return self.day + DRAFT_DAYS < clock.day()


@dataclass(frozen=True, slots=True)
class DraftShelf:
    """All drafts of a persona. ``early`` are rows to be kept longer after this look, ``over`` those whose time is over."""

    drafts: list[KeptDraft]
    early: dict[bytes, tuple[int, int]] = field(repr=False)
    over: dict[bytes, bytes] = field(repr=False)


class CopyOf(IntEnum):
    """What somebody wants a copy of. Numbers are stored, sealed."""

    PERSONA = 1
    UNNAMED = 2
    TOGETHER = 3


@dataclass(frozen=True, slots=True)
class CopyAsked:
    """That she asked for a copy, and from which hour to which it can be made."""

    of: CopyOf
    ready: int
    over: int

    def is_ready(self, hour: int) -> bool:
        return self.ready <= hour < self.over


@dataclass(frozen=True, slots=True)
class PrivateShelf:
    """All private notes of a persona, and how many more there may be.

    ``early`` are rows that would go too early now: each tag with the quarter it has and should have.
    """

    notes: list[PrivateNote]
    free: int
    early: dict[bytes, tuple[int, int]] = field(repr=False)
