"""What somebody looks for, and how it is narrowed."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from mashrabiya.platform.search.asking import Question


class Wish(Struct, frozen=True, kw_only=True):
    """What somebody looks for, and how it is narrowed. ``since`` is in seconds since 1970.

    ``wider`` is how else the question is asked where little is found.
    """

    text: str = ""
    question: Question = Question()
    kind: int = 0
    lang: str = ""
    cid: bytes = b""
    since: int = 0
    helped: bool = False
    newest: bool = False
    page: int = 1
    wider: Callable[[Question], Question] | None = None
