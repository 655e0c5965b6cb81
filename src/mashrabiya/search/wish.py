"""What somebody looks for, and how it is narrowed."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from mashrabiya.platform.search.asking import Question
from mashrabiya.search.types import Part


class Wish(Struct, frozen=True, kw_only=True):
    """What somebody looks for, and how it is narrowed. ``since`` is in seconds since 1970.

    ``wider`` is how else the question is asked where little is found.
    """

    text: str = ""
    question: Question = Question()
    part: Part = Part.ALL
    kind: int = 0
    lang: str = ""
    cid: bytes = b""
    since: int = 0
    helped: bool = False
    newest: bool = False
    page: int = 1
    wider: Callable[[Question], Question] | None = None

    @property
    def of_posts(self) -> bool:
        """Whether it is narrowed by what only threads and replies have."""
        return bool(self.kind or self.cid or self.since or self.helped)
