"""A passage of an experience, as it stands in a guide."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.kernel.ids import show_id
from mashrabiya.library.stories.types.rows import Row

PASSAGE_LIMIT = 300
ASKED_DAYS = 60
"""So long a teller is asked; what she does not answer is not quoted."""
QUOTES_MOST = 3
"""So many stand or are asked for at one step, and so many of one experience."""


class NewQuote(Struct, frozen=True):
    """What an editor asks to quote, and where."""

    guide: bytes
    step: int
    passage: str


class Quote(Struct, frozen=True):
    """A passage that stands in a guide, or that its teller is asked about."""

    id: bytes
    story: bytes
    guide: bytes
    step: int
    agreed: int
    passage: str

    @property
    def shown(self) -> str:
        return show_id(self.id)


class Quoted(Struct, frozen=True):
    """A passage as a reader of the guide meets it: without a name. ``notes`` are keys: it waits to be opened."""

    row: Row
    passage: str
    notes: tuple[str, ...] = ()
