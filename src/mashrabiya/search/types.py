"""What is looked for, and what is found."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from msgspec import Struct

from mashrabiya.discussions.types.lists import notes_to_fold
from mashrabiya.discussions.types.tongues import where
from mashrabiya.kernel.clock import SIX_HOURS

ID_SIZE = 16
RANKED, PAGE = 2_000, 20
"""So many hits are ranked at most, the newest; so many stand on a page."""
ENOUGH = 20
"""Where fewer hold every word, those that hold some of them are looked for too."""
LOOKED = 100
"""Of so many, the newest, it is asked of each whether it is for the reader; of more than these only where it is shown."""
FEW = 5
"""Where fewer are found, what is written like it is looked for too, and stands behind them; not for long sentences."""


class Part(IntEnum):
    """Of what the search is. Numbers are stored, and stand in addresses."""

    ALL = 0
    THREADS = 1
    REPLIES = 2
    GUIDES = 3
    SERVICES = 4
    COUNTRIES = 5
    TERMS = 6
    STORIES = 7
    COMMUNITIES = 8

    @property
    def key(self) -> str:
        """Several of it, in the catalogues."""
        return f"search.part_{self.name.lower()}"

    @property
    def one(self) -> str:
        """One of it."""
        return f"search.one_{self.name.lower()}"

    @property
    def is_leaf(self) -> bool:
        """Neither thread nor reply."""
        return self > Part.REPLIES


LIBRARY = (Part.GUIDES, Part.SERVICES, Part.COUNTRIES, Part.TERMS, Part.STORIES)
INDEXED = (Part.GUIDES, Part.SERVICES, Part.STORIES, Part.COMMUNITIES)
"""Those whose words lie in the database. Countries and concepts lie in memory."""
FIRST_LEAVES, FIRST_PLACES = 4, 3
"""So many of the library, and so many communities, stand before threads and replies."""


class Near(Struct, frozen=True):
    """A post that may be meant: where it stands in the index, and what says whether its reader wants to meet it."""

    id: bytes
    num: int | None
    words: bytes
    t: int
    pid: bytes | None = None
    home_tid: bytes = b""
    label: int | None = None


class Piece(NamedTuple):
    """Some of a passage; ``said`` where it is a word that was looked for."""

    text: str
    said: bool


class Hit(Struct, frozen=True):
    """A post that was found. Who wrote it is a name or a label, never an id; the address leads to the post in its thread.

    ``covered``: its passage is not shown, since a content note covers it or the reader hides a word in it (``hidden``).
    """

    id: bytes
    tid: bytes
    n: int
    title: str
    place: str
    seed: bytes
    label: int | None
    name: str | None
    present: int | None
    html: str
    lang: str
    kind: int
    t: int
    notes: int
    helped: int
    thread_lang: str
    cid: bytes = b""
    pieces: Sequence[Piece] = ()
    hidden: bool = False
    covered: bool = False

    @property
    def address(self) -> str:
        """A link that leads to the post in its thread."""
        return where(self.tid, self.n)

    @property
    def written(self) -> int:
        """When, in six-hour steps: a list says no more of an unnamed post than its page."""
        return self.t - self.t % SIX_HOURS

    def notes_to_fold(self, shown: int) -> list[str]:
        """As of a thread in a list."""
        return notes_to_fold(self.notes, shown)


class Found(Struct, frozen=True):
    """One page of what was found. ``count`` is of what this reader may open; ``whole`` of them hold every word.

    ``more``: there may be others, of which nobody asked yet whether they are for her.
    """

    hits: Sequence[Hit] = ()
    count: int = 0
    whole: int = 0
    cut: bool = False
    page: int = 1
    more: bool = False

    @property
    def further(self) -> bool:
        """Whether there is another page."""
        return self.count > self.page * PAGE
