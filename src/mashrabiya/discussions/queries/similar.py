"""Threads that may already say what somebody is about to ask, while she writes its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions.queries.lists import SHOWN, met
from mashrabiya.discussions.queries.parts import (
    CID,
    MAY_READ,
    OPENING,
    PLACED,
    STANDS,
    constant,
    with_opening,
)
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import ThreadList, ThreadRow
from mashrabiya.kernel.folding import words_of, words_once
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

LOOKED_AT, SHOWN_AT_MOST = 300, 5
_EXCERPTS = 30
"""Of so many newest threads the first words are looked through too; of the others the title."""
_TRIED = 12
"""So many of the likest are asked for: some of them the reader may not want to meet."""
_USUAL = 8
"""A word that stands in more than one thread of so many tells none from another."""

_words = lru_cache(maxsize=2048)(words_once)
"""Titles are looked through again with each title that is written: taken apart once, remembered in memory alone."""

_TRIED_IDS = [f"thread{number}" for number in range(_TRIED)]
_TITLES: Statement[None] = Statement(
    select(THREAD.c.id, THREAD.c.title, THREAD.c.excerpt)
    .select_from(PLACED)
    .where(THREAD.c.cid == CID, MAY_READ)
    .order_by(THREAD.c.pos.desc(), THREAD.c.id.desc())
    .limit(constant(LOOKED_AT))
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
    asked = frozenset(word for word in words_of(title) if len(word) > 2 or not word.isalnum())
    if not asked:
        return []
    sight = community_queries.sight(viewer)
    likest = _likest(asked, db.tuples(_TITLES, cid=cid, **sight))[:_TRIED]
    if not likest:
        return []
    ids = dict(zip(_TRIED_IDS, (*likest, *[b""] * _TRIED), strict=False))
    found = {bytes(row.id): row for row in db.all(_ROWS, **ids, **sight)}
    rows = [found[tid] for tid in likest if tid in found]
    wanted = [row for row in met(ThreadList(rows), reach_of(viewer)).rows if _is_met(viewer, row)]
    return wanted[:SHOWN_AT_MOST]


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
