"""Threads that may already say what somebody is about to ask, while she writes its title; and those near a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import LargeBinary, and_, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.filters import HIDDEN
from mashrabiya.discussions.queries.lists import SHOWN, met
from mashrabiya.discussions.queries.parts import (
    CID,
    MAY_READ,
    NO,
    OPENING,
    PLACED,
    STANDS,
    constant,
    with_opening,
)
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import ThreadList, ThreadRow
from mashrabiya.kernel.folding import fold_words, words_asked, words_once
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

LOOKED_THROUGH, NEAR_AT_MOST = 600, 12
"""Of the whole house so many of the newest that a reader may open are looked through for a text, and so many are shown."""
LOOKED_AT, SHOWN_AT_MOST = 300, 5
_EXCERPTS = 30
"""Of so many newest threads the first words are looked through too; of the others the title."""
_TRIED = 20
"""So many of the likest are asked for: some of them the reader may not want to meet."""
_USUAL = 8
"""A word that stands in more than one thread of so many tells none from another."""

_words = lru_cache(maxsize=2048)(words_once)
"""Titles are looked through again with each title that is written: taken apart once, remembered in memory alone."""

_TRIED_IDS = [f"thread{number}" for number in range(_TRIED)]
_NEWEST = (THREAD.c.pos.desc(), THREAD.c.id.desc())
_TITLES: Statement[None] = Statement(
    select(THREAD.c.id, THREAD.c.title, THREAD.c.excerpt)
    .select_from(PLACED)
    .where(THREAD.c.cid == CID, MAY_READ)
    .order_by(*_NEWEST)
    .limit(constant(LOOKED_AT))
)
_MET = and_(community_queries.FINDS, THREAD.c.notes.op("&")(HIDDEN) == NO)
_SAID = (
    select(THREAD.c.id, THREAD.c.title, THREAD.c.excerpt).order_by(*_NEWEST).limit(constant(LOOKED_THROUGH))
)
# By the place's own id: where it asks for its thread, what is asked further in would ask for any thread.
_READS = community_queries.visible(THREAD.c.audience, COMMUNITY.c.audience, cid=COMMUNITY.c.id)
_PLACE = select(and_(_READS, _MET)).where(COMMUNITY.c.id == THREAD.c.cid).correlate(THREAD).scalar_subquery()
# Along the index of times, until enough were found that she may open. PostgreSQL takes few to be hers and would sort
# them all; what is asked in a subquery is asked of each thread along the index.
_EVERYWHERE: Statement[None] = Statement(
    _SAID.select_from(PLACED).where(MAY_READ, _MET), postgresql=_SAID.where(_PLACE)
)
_ROWS = Statement(
    select(*SHOWN)
    .select_from(with_opening(PLACED))
    .where(
        THREAD.c.id.in_([bindparam(name, type_=LargeBinary) for name in _TRIED_IDS]),
        MAY_READ,
        OPENING.c.state == STANDS,
    ),
    into=ThreadRow,
)


def similar_threads(db: Read, viewer: Viewer, cid: bytes, title: str) -> list[ThreadRow]:
    """The five threads of a community at most that are likest to a title, of those she may read."""
    asked = _asked(title)
    if not asked:
        return []
    sight = community_queries.sight(viewer)
    likest = _likest(asked, db.tuples(_TITLES, cid=cid, **sight))
    return _met(db, viewer, likest)[:SHOWN_AT_MOST]


def threads_near(db: Read, viewer: Viewer, phrases: Sequence[str]) -> list[ThreadRow]:
    """Of the whole house the threads in which any of these stands, of those she may open and wants to meet: twelve at most.

    A title counts twice as much as first words; of those alike the newest come first.
    """
    asked = [folded for phrase in phrases if (folded := fold_words(phrase).strip())]
    found = db.tuples(_EVERYWHERE, hidden=viewer.notes_hidden, **community_queries.sight(viewer))
    weighed = [
        (2 * _said(title, asked) + _said(excerpt or "", asked), bytes(tid)) for tid, title, excerpt in found
    ]
    likest = [tid for weight, tid in sorted(weighed, key=lambda one: -one[0]) if weight]
    return _met(db, viewer, likest)[:NEAR_AT_MOST]


def _said(text: str, asked: Sequence[str]) -> int:
    """How many of these words and phrases stand in a text; a single word also without what is written onto it."""
    if not text:
        return 0
    line, words = f" {fold_words(text)} ", _words(text)
    return sum(f" {one} " in line if " " in one else one in words for one in asked)


def _asked(text: str) -> frozenset[str]:
    return frozenset(word for word in words_asked(text) if len(word) > 2 or not word.isalnum())


def _met(db: Read, viewer: Viewer, likest: Sequence[bytes]) -> list[ThreadRow]:
    """Those of them that she may read and wants to meet, in this order."""
    sight, likest = community_queries.sight(viewer), likest[:_TRIED]
    if not likest:
        return []
    ids = dict(zip(_TRIED_IDS, (*likest, *[b""] * _TRIED), strict=False))
    found = {bytes(row.id): row for row in db.all(_ROWS, **ids, **sight)}
    rows = [found[tid] for tid in likest if tid in found]
    return [row for row in met(ThreadList(rows), reach_of(viewer)).rows if _is_met(viewer, row)]


def _likest(asked: frozenset[str], threads: Sequence[tuple[Any, ...]]) -> list[bytes]:
    """By the words they share, a rare one weighing more; of those alike the newest first."""
    shared: list[tuple[bytes, frozenset[str]]] = []
    for place, (tid, title, excerpt) in enumerate(threads):
        said = f"{title} {excerpt}" if place < _EXCERPTS else title
        both = asked & _words(said) if said else frozenset()
        if both:
            shared.append((bytes(tid), both))
    often = Counter(word for _, both in shared for word in both)
    usual = max(SHOWN_AT_MOST, len(threads) // _USUAL)
    weighed = [(sum(1 / often[word] for word in both if often[word] <= usual), tid) for tid, both in shared]
    return [tid for weight, tid in sorted(weighed, key=lambda one: -one[0]) if weight]


def _is_met(viewer: Viewer, row: ThreadRow) -> bool:
    return bool(row.title) and not row.hidden and not row.notes & viewer.notes_hidden
