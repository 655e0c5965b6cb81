"""What of the library and of communities is found, as a page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mashrabiya.kernel.clock import Date
from mashrabiya.search.types import PAGE, Part, Piece


class Leaf(Struct, frozen=True, kw_only=True):
    """One of them. ``covered``: a content note stands for its words; ``hidden``: so does a word that the reader hides.

    What a kind does not have is empty.
    """

    part: int
    address: str
    title: str
    lang: str
    pieces: Sequence[Piece] = ()
    words_lang: str = ""
    # Keys of what is said of it: how sure it is, of which kind it is, which notes it carries.
    state: str = ""
    kind: str = ""
    notes: Sequence[str] = ()
    # How hostile a law is known to be: a colour beside its words.
    light: str = ""
    checked: Date | None = None
    overdue: bool = False
    made_up: bool = False
    month: Date | None = None
    name: str | None = None
    audience: int = -1
    belongs: bool = False
    seed: bytes = b""
    # The guide that says more, by its name on the shelf.
    guide: str = ""
    covered: bool = False
    hidden: bool = False

    @property
    def key(self) -> str:
        """What it is, in a word."""
        return Part(self.part).one


class Leaves(Struct, frozen=True):
    """What is found of them: the best of the library, communities, or a page of one kind, counted. Of all, ``whole`` hold every word.

    ``cut``: there are more than were ranked.
    """

    library: Sequence[Leaf] = ()
    places: Sequence[Leaf] = ()
    rows: Sequence[Leaf] = ()
    count: int = 0
    whole: int = 0
    page: int = 1
    cut: bool = False

    @property
    def any(self) -> bool:
        return bool(self.library or self.places or self.rows)

    @property
    def further(self) -> bool:
        """Whether there is another page."""
        return self.count > self.page * PAGE
