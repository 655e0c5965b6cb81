"""What somebody looks for, and how it is narrowed."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.platform.search.asking import Question


class Wish(Struct, frozen=True, kw_only=True):
    """What somebody looks for, and how it is narrowed. ``since`` is in seconds since 1970."""

    text: str = ""
    question: Question = Question()
    kind: int = 0
    lang: str = ""
    cid: bytes = b""
    since: int = 0
    helped: bool = False
    newest: bool = False
    page: int = 1
