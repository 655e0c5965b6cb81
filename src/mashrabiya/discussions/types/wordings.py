"""How a post stood before it was edited."""

from msgspec import Struct

from mashrabiya.discussions.types.judged import Judged
from mashrabiya.discussions.types.posts import Fold
from mashrabiya.discussions.types.threads import ThreadFacts
from mashrabiya.kernel.clock import DAY


class Piece(Struct, frozen=True):
    """A piece of a text: ``del`` where the next wording has it no more, ``ins`` where that added it."""

    kind: str
    text: str


class Kept(Struct, frozen=True):
    """An earlier wording as it is kept. ``day`` is that on which another took its place."""

    v: int
    day: int
    notes: int
    lang: str
    title: str
    body: str


class Wording(Struct, frozen=True):
    """An earlier wording as somebody reads it, with what became of it."""

    v: int
    day: int
    lang: str
    title: list[Piece]
    lines: list[list[Piece]]
    fold: Fold | None = None

    @property
    def until(self) -> int:
        """When it was changed, for a page: a day and nothing finer."""
        return self.day * DAY


class History(Struct, frozen=True):
    """A post, and its earlier wordings, the newest first."""

    thread: ThreadFacts
    post: Judged
    wordings: list[Wording]
    mine: bool = False
