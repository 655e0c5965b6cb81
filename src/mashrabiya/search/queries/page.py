"""One page of what was found, as it is read."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs
from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.queries.parts import TITLE, label_of, time_of
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.kernel.folding import words_once
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.markdown import holds_reference
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word
from mashrabiya.search.queries.finding import looked_for
from mashrabiya.search.queries.passages import Marks, passage, plain
from mashrabiya.search.queries.rows import MEETS, PLACED, sight
from mashrabiya.search.types import PAGE, Found, Hit
from mashrabiya.search.wish import Wish

_IDS = [bindparam(f"hit{place}", type_=LargeBinary) for place in range(PAGE)]
_HITS = Statement(
    select(
        POST.c.id,
        POST.c.tid,
        POST.c.n,
        TITLE,
        community_queries.NAME,
        COMMUNITY.c.seed,
        label_of(POST, PERSONA),
        PERSONA.c.name,
        is_present(PERSONA),
        POST.c.html,
        POST.c.lang,
        POST.c.kind,
        time_of(POST, PERSONA),
        POST.c.notes.bitwise_or(THREAD.c.notes),
        POST.c.helped,
        THREAD.c.lang.label("thread_lang"),
        THREAD.c.cid,
    )
    .select_from(PLACED)
    .where(POST.c.id.in_(_IDS), MEETS),
    into=Hit,
)


def found(db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None = None) -> tuple[Found, Wish]:
    """What a reader finds, a page at a time, and how it was asked in the end. Nothing where nothing was asked.

    ``mine`` are the places to which the persona in use belongs, where they are known.
    """
    if not wish.question.asks or wish.part.is_leaf:
        return Found(), wish
    best, asked = looked_for(db, viewer, wish, mine)
    last = max(1, -(-len(best.ids) // PAGE))
    page = min(max(1, wish.page), last)
    shown = best.ids[(page - 1) * PAGE : page * PAGE]
    wish = structs.replace(wish, question=asked)
    hits = _hits(db, viewer, wish, {post: best.words.get(post, b"") for post in shown}) if shown else []
    return Found(hits, best.found, best.whole, best.cut, page, best.more), wish


def _hits(db: Read, viewer: Viewer, wish: Wish, ids: dict[bytes, bytes]) -> list[Hit]:
    """What is shown of these posts; beside each what the index has of it."""
    bound = {f"hit{place}": post for place, post in enumerate(ids)}
    bound |= {f"hit{place}": b"" for place in range(len(ids), len(_IDS))}
    rows = {bytes(row.id): row for row in db.all(_HITS, **bound, **sight(viewer, wish))}
    hits = [rows[post] for post in ids if post in rows]
    mentioning = [hit for hit in hits if holds_reference(hit.html)]
    drawn = discussions.drawn_texts(db, viewer, [hit.html for hit in mentioning]) if mentioning else []
    named = {hit.id: html for hit, html in zip(mentioning, drawn, strict=True)}
    marks = Marks(wish.question)
    return [_as_read(viewer, hit, named.get(hit.id, hit.html), (marks, ids[hit.id])) for hit in hits]


def _as_read(viewer: Viewer, hit: Hit, html: str, by: tuple[Marks, bytes]) -> Hit:
    """The passage that holds what was asked; none of it where a content note covers it, or a word she hides."""
    text, reach = plain(html), reach_of(viewer)
    hidden = reach.hides and has_hidden_word(reach, words_once(f"{hit.title} {text}"))
    covered = hidden or bool(hit.notes & ~viewer.notes_shown)
    return structs.replace(
        hit,
        html="",
        name=hit.name if hit.present else None,
        hidden=hidden,
        covered=covered,
        pieces=[] if covered else passage(text, *by),
    )
