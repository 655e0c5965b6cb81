"""Choosing what of a thread becomes another: page by page, with what was ticked on the pages before."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from mashrabiya.care import forms, rules
from mashrabiya.care.types import Tended
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import PAGE, Judged
from mashrabiya.kernel.verdict import Denied
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Ask

TURN = "turn"
_LENGTH = 160


class Line(Struct, frozen=True):
    """An answer as it can be ticked: whose, and how it begins, where readers see that."""

    post: Judged
    words: str
    picked: bool


class Picks(Struct, frozen=True):
    """One page of the answers. ``others`` were ticked on pages that are not shown; ``at`` is how many stand before."""

    lines: list[Line] = []
    others: list[int] = []
    at: int = 0
    before: int = -1
    after: int = -1


NOTHING_PICKED = Picks()


def picking(request: Ask, db: Read, tended: Tended) -> dict[str, Any]:
    """The page of answers that is asked for, what of the thread is ticked, and what keeps it from being split."""
    may = rules.may_split(tended.thread)
    if isinstance(may, Denied):
        return {"stays": may.why}
    form, many = request.form, tended.thread.replies
    picked = forms.picked(form) or {forms.number(request.query("n"))} - {0, 1}
    asked = forms.number(form.text(TURN) or form.text("at")) - 1
    at = min(max(asked, 0), max(many - 1, 0))
    at -= at % PAGE
    posts = discussions.parts_page(db, tended.thread, at)
    lines = [Line(post, _begins(post), post.n in picked) for post in posts]
    others = sorted(picked - {post.n for post in posts})
    before, after = at - PAGE, at + PAGE if at + PAGE < many else -1
    return {"picks": Picks(lines, others, at, before, after)}


def _begins(post: Judged) -> str:
    return markdown.excerpt(post.body, _LENGTH) if post.is_shown else ""
