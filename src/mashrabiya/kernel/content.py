"""How a room names something of another room without knowing it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class ContentRef:
    """A kind of content and its id."""

    kind: str
    id: bytes


class Note(IntFlag):
    """What a content note says is inside. Bits are stored: they are added to, never renumbered."""

    VIOLENCE = 1
    FAMILY = 2
    SEXUAL_VIOLENCE = 4
    SELF_HARM = 8
    ARREST = 16
    HATE = 32
    BODY = 64
    MEDICAL = 128
    LOSS = 256
    BREAK = 512

    @property
    def code(self) -> str:
        """The last word of its key in the catalogues: ``note.…``."""
        return (self.name or "").lower()


ALL_NOTES = Note(sum(Note))


@lru_cache(maxsize=int(ALL_NOTES) + 1)
def notes_in(bits: int) -> tuple[Note, ...]:
    """The single notes among these bits; bits that mean nothing are left out."""
    return tuple(note for note in Note if note & bits)
