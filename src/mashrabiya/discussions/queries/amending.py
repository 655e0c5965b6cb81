"""Proposals for what is agreed in a place: each is read by whoever reads its thread, and by nobody more."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from sqlalchemy import Integer, bindparam, case, func, null, or_, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions.queries.parts import (
    CID,
    MAY_READ,
    NO,
    OPENER,
    OPENING,
    PLACED,
    STANDS,
    TID,
    YES,
    constant,
    with_opening,
)
from mashrabiya.discussions.tables import AMENDMENT, THREAD
from mashrabiya.discussions.types import STARTER
from mashrabiya.discussions.types.amending import PROPOSALS_SHOWN, Amendment, Outcome
from mashrabiya.kernel import clock
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_present, is_unseen
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word, why_folded
from mashrabiya.safety.types import ANYBODY, Reach

_TODAY = bindparam("today", type_=Integer)
_WAITS = (AMENDMENT.c.state == constant(Outcome.OPEN), AMENDMENT.c.until_day >= _TODAY)
# What is not shown of a thread is no proposal either; nor is one that was moved to another place.
_PROPOSED = (
    THREAD.c.cid == AMENDMENT.c.cid,
    MAY_READ,
    OPENING.c.state == STANDS,
    or_(OPENER.c.id.is_(None), ~is_unseen(OPENER)),
)
_FROM = with_opening(PLACED.join(AMENDMENT, AMENDMENT.c.tid == THREAD.c.id))
_ROWS = select(
    AMENDMENT.c.tid,
    AMENDMENT.c.old,
    AMENDMENT.c.new,
    AMENDMENT.c.state,
    AMENDMENT.c.said,
    AMENDMENT.c.until_day,
    AMENDMENT.c.v,
    THREAD.c.n,
    THREAD.c.notes,
    THREAD.c.poll_day,
    THREAD.c.poll,
    case((is_present(OPENER), OPENING.c.pid), else_=null()),
    case((is_present(OPENER), OPENER.c.name), else_=null()),
    THREAD.c.audience,
).select_from(_FROM)
_ALL = Statement(
    _ROWS.where(AMENDMENT.c.cid == CID, *_PROPOSED)
    .order_by(case(((_WAITS[0] & _WAITS[1]), NO), else_=YES), AMENDMENT.c.until_day.desc(), AMENDMENT.c.tid)
    .limit(constant(PROPOSALS_SHOWN)),
    into=Amendment,
)
_ONE = Statement(_ROWS.where(AMENDMENT.c.tid == TID, AMENDMENT.c.cid == CID, *_PROPOSED), into=Amendment)
_OPEN: Statement[Any] = Statement(
    select(func.count()).select_from(_FROM).where(AMENDMENT.c.cid == CID, *_WAITS, *_PROPOSED)
)


def amendments(db: Read, viewer: Viewer, cid: bytes) -> list[Amendment]:
    """The proposals of a place, those that wait first; of whom she does not want to meet, folded."""
    reach = reach_of(viewer)
    rows = db.all(_ALL, cid=cid, **community_queries.sight(viewer))
    return rows if reach is ANYBODY else [_met(row, reach) for row in rows]


def find_amendment(db: Read, viewer: Viewer, cid: bytes, tid: bytes) -> Amendment | None:
    """One of them."""
    return db.first(_ONE, cid=cid, tid=tid, **community_queries.sight(viewer))


def count_amendments(db: Read, viewer: Viewer, cid: bytes) -> int:
    """How many wait there, of those she may read."""
    return int(db.scalar(_OPEN, cid=cid, **{**community_queries.sight(viewer), "today": clock.day()}) or 0)


def _met(row: Amendment, reach: Reach) -> Amendment:
    why = why_folded(reach, row.pid, row.tid, STARTER)
    if not why and reach.hides and has_hidden_word(reach, words_of(f"{row.old} {row.new}")):
        why = "reach.folded_word"
    return structs.replace(row, why=why) if why else row
