"""What a reader finds: of what she may open, and wants to meet, and nothing else.

Where a post stands decides, not the index: whether it is shown, who may read there, whom the reader keeps away, which
content notes she hides. All of it is asked in the statement that brings the words to be ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Integer, LargeBinary, Text, and_, bindparam, case, or_, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.parts import (
    MAY_READ,
    NO,
    STANDING,
    STANDS,
    YES,
    constant,
    label_of,
    met_as,
    time_of,
)
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.search.ranking import fits, holds_all, holds_any, scores
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import why_folded
from mashrabiya.search.queries.index import (
    ON_POSTGRESQL,
    ON_SQLITE,
    holding_all,
    holding_some,
    numbered,
    postings_of,
)
from mashrabiya.search.tables import INDEXED
from mashrabiya.search.types import ENOUGH, RANKED, Near, Part
from mashrabiya.search.wish import Wish

_ROUNDS = 3
"""So often 2,000 are looked up, where many of them are not for this reader."""

KIND, LANG = bindparam("kind", type_=Integer), bindparam("lang", type_=Text)
_CID, _SINCE = bindparam("in_cid", type_=LargeBinary), bindparam("since", type_=Integer)
_PART = bindparam("part", type_=Integer)
_THREADS, _REPLIES = constant(Part.THREADS), constant(Part.REPLIES)
_HIDDEN = bindparam("hidden_notes", type_=Integer)

PLACED = (
    INDEXED.join(POST, POST.c.id == INDEXED.c.id)
    .join(THREAD, THREAD.c.id == POST.c.tid)
    .join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
    .outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
)
MEETS = and_(
    STANDING == STANDS,
    POST.c.n > NO,
    MAY_READ,
    community_queries.FINDS,
    POST.c.notes.op("&")(_HIDDEN) == NO,
    THREAD.c.notes.op("&")(_HIDDEN) == NO,
)
_NARROWED = and_(
    or_(_PART == NO, case((POST.c.n == YES, _THREADS), else_=_REPLIES) == _PART),
    or_(KIND == NO, POST.c.kind == KIND),
    or_(LANG == "", POST.c.lang == LANG),
    or_(_CID == b"", THREAD.c.cid == _CID),
    POST.c.t >= _SINCE,
    POST.c.helped >= bindparam("helped", type_=Integer),
)
_WORDS = (INDEXED.c.id, INDEXED.c.num, INDEXED.c.words, time_of(POST, PERSONA))
# Which voice it is, where the reader keeps any away: by name, or unnamed in its thread.
_VOICE = (met_as(POST, PERSONA), POST.c.home_tid, label_of(POST, PERSONA))


def _near(found: ColumnElement[bool], voice: tuple[Any, ...]) -> Any:
    return select(*_WORDS, *voice).select_from(PLACED).where(found, MEETS, _NARROWED)


def _both(found: ColumnElement[bool], on_postgresql: ColumnElement[bool]) -> dict[bool, Statement[Near]]:
    """The statement by whether voices matter."""
    return {
        bool(voice): Statement(_near(found, voice), into=Near, postgresql=_near(on_postgresql, voice))
        for voice in ((), _VOICE)
    }


_NEW: ColumnElement[bool] = INDEXED.c.num.is_(None)
_FRESH, _OLDER = _both(_NEW, _NEW), _both(ON_SQLITE, ON_POSTGRESQL)
_BY_NUMBER = attrgetter("num")


def sight(viewer: Viewer, wish: Wish) -> dict[str, Any]:
    """Who asks and how it is narrowed, in the database's terms."""
    return {
        **community_queries.sight(viewer),
        "hidden_notes": int(viewer.notes_hidden),
        "part": wish.part,
        "kind": wish.kind,
        "lang": wish.lang,
        "in_cid": wish.cid,
        "since": wish.since,
        "helped": int(wish.helped),
    }


def ranked(db: Read, viewer: Viewer, wish: Wish) -> tuple[list[bytes], int, bool]:
    """The posts a reader finds, best or newest first; how many hold every word; whether only the newest were ranked."""
    bound = sight(viewer, wish)
    found, fresh = postings_of(db, wish.question.keys), db.all(_FRESH[reach_of(viewer).voices], **bound)
    whole = list(islice(holding_all(found), RANKED * _ROUNDS))
    near, more = met(viewer, wish, fresh), False
    if len(near) + len(whole) >= ENOUGH:
        older, more = _older(db, viewer, wish, bound=bound, numbers=whole)
        near += older
    # Counted after it is known what she may open: else she would learn that others wrote these words.
    if len(near) < ENOUGH:
        near = met(viewer, wish, fresh, loose=True)
        older, more = _older(db, viewer, wish, bound=bound, numbers=holding_some(found, RANKED))
        near += older
    return in_order(near[:RANKED], wish, cut=more or len(near) > RANKED)


def _older(
    db: Read, viewer: Viewer, wish: Wish, *, bound: dict[str, Any], numbers: Sequence[int]
) -> tuple[list[Near], bool]:
    """The posts of these numbers that she may open, newest first, as many as are ranked; and whether there may be more."""
    near: list[Near] = []
    begins, voices = 0, reach_of(viewer).voices
    while len(near) < RANKED and begins < len(numbers):
        rows = db.all(_OLDER[voices], **bound, **numbered(numbers[begins : begins + RANKED]))
        rows.sort(key=_BY_NUMBER, reverse=True)
        near += met(viewer, wish, rows)
        begins += RANKED
    return near, begins < len(numbers) or len(numbers) == RANKED * _ROUNDS


def met(viewer: Viewer, wish: Wish, near: Sequence[Near], *, loose: bool = False) -> list[Near]:
    """Those that fit what was asked, of whom the reader wants to meet."""
    reach, question = reach_of(viewer), wish.question
    holds, strict = holds_any if loose else holds_all, bool(question.phrases or question.without)
    kept = []
    for one in near:
        if one.num is None and not holds(one.words, question.keys):
            continue
        if strict and not fits(one.words, question):
            continue
        if not reach.voices or not why_folded(reach, one.pid, one.home_tid, one.label):
            kept.append(one)
    return kept


def in_order(near: Sequence[Near], wish: Wish, *, cut: bool = False) -> tuple[list[bytes], int, bool]:
    """Those that hold every word first, then the best, or the newest."""
    scored = scores([one.words for one in near], wish.question)
    weighed = [
        (not whole, 0.0 if wish.newest else -round(score, 9), -one.t, one.id)
        for one, (whole, score) in zip(near, scored, strict=True)
    ]
    weighed.sort()
    return [one[3] for one in weighed], sum(whole for whole, _ in scored), cut
