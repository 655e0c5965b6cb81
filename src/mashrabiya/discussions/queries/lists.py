"""Lists of threads, newest first; each goes on from a cursor."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, LargeBinary, bindparam, func, select, tuple_

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.queries import visible
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.queries.parts import CID, MAY_READ, NO, PID, PLACED, YES, constant
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import ID_SIZE, PAGE, WAITING, ThreadList, ThreadRow
from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

_OPEN, _CLOSEST = constant(Audience.PUBLIC), constant(Audience.HIDDEN)
_PAGE_AND_ONE = constant(PAGE + 1)
_BEGINNING = Cursor((1 << 62) - 1, b"\xff" * ID_SIZE)


def _key(threads: FromClause) -> ColumnElement[Any]:
    """Where a thread stands in every list."""
    return tuple_(threads.c.pos, threads.c.id)


_AFTER = tuple_(bindparam("after_pos", type_=THREAD.c.pos.type), bindparam("after_id", type_=LargeBinary))
_ROWS = (
    select(
        THREAD.c.id,
        THREAD.c.title,
        THREAD.c.excerpt,
        THREAD.c.lang,
        THREAD.c.pos,
        THREAD.c.n,
        THREAD.c.cid,
        COMMUNITY.c.name,
        COMMUNITY.c.seed,
    )
    .select_from(PLACED)
    .order_by(THREAD.c.pos.desc(), THREAD.c.id.desc())
)
_FURTHER = _ROWS.where(_key(THREAD) < _AFTER).limit(_PAGE_AND_ONE)
_LATEST = Statement(_FURTHER.where(MAY_READ), into=ThreadRow)
# The same for a visitor, who sees public threads alone: one run along one index.
_LATEST_PUBLIC = Statement(
    _FURTHER.where(THREAD.c.audience == _OPEN, COMMUNITY.c.audience == _OPEN), into=ThreadRow
)
_OF_COMMUNITY = Statement(_FURTHER.where(THREAD.c.cid == CID, MAY_READ), into=ThreadRow)


def _merged(room: ColumnElement[int], *, waiting: bool) -> Statement[ThreadRow]:
    """The newest threads of all her communities, merged from the newest of each.

    Per community, no more are looked at than fit in the list, so that the cost
    does not grow with the house; and no write has to reach every member.
    """
    mine, newest, counted = MEMBERSHIP.alias("mine"), THREAD.alias("newest"), THREAD.alias("counted")
    last_that_fits = (
        select(counted.c.pos)
        .where(counted.c.cid == mine.c.cid, _key(counted) < _AFTER, *_unanswered(counted, waiting))
        .order_by(counted.c.pos.desc(), counted.c.id.desc())
        .limit(YES)
        .offset(room)
        .scalar_subquery()
    )
    found = (
        select(newest.c.id)
        .join(mine, mine.c.cid == newest.c.cid)
        .where(
            mine.c.pid == PID,
            # To the strictest audience: members who are not excluded.
            visible(_CLOSEST, cid=mine.c.cid),
            newest.c.pos >= func.coalesce(last_that_fits, NO),
            _key(newest) < _AFTER,
            *_unanswered(newest, waiting),
        )
        .order_by(newest.c.pos.desc(), newest.c.id.desc())
        .limit(room)
        .subquery("found")
    )
    return Statement(_ROWS.join(found, found.c.id == THREAD.c.id), into=ThreadRow)


def _unanswered(threads: FromClause, waiting: bool) -> list[ColumnElement[bool]]:
    return [threads.c.n == YES] if waiting else []


_OF_MINE = _merged(_PAGE_AND_ONE, waiting=False)
_WAITING = _merged(constant(WAITING), waiting=True)


def latest(db: Read, viewer: Viewer, after: str = "") -> ThreadList:
    """The newest threads that the viewer may read, wherever they stand."""
    if viewer.is_member:
        return _listed(db, _LATEST, after, community_queries.sight(viewer))
    return _listed(db, _LATEST_PUBLIC, after, {})


def community_threads(db: Read, viewer: Viewer, cid: bytes, after: str = "") -> ThreadList:
    """The newest threads of one community that the viewer may read."""
    return _listed(db, _OF_COMMUNITY, after, {"cid": cid, **community_queries.sight(viewer)})


def home_threads(db: Read, viewer: Viewer, after: str = "") -> ThreadList:
    """The newest threads of the communities that the persona in use belongs to."""
    return _listed(db, _OF_MINE, after, community_queries.sight(viewer))


def waiting(db: Read, viewer: Viewer) -> list[ThreadRow]:
    """The newest few threads there that nobody has answered yet."""
    return db.all(_WAITING, **_from(_BEGINNING), **community_queries.sight(viewer))


def _listed(db: Read, statement: Statement[ThreadRow], after: str, values: dict[str, Any]) -> ThreadList:
    """One page of a list, newest first, from the cursor on. A made-up cursor only names a place."""
    cursor = Cursor.read(after) or _BEGINNING
    rows = db.all(statement, after_pos=cursor.position, after_id=cursor.id, limit=PAGE + 1, **values)
    if len(rows) <= PAGE:
        return ThreadList(rows)
    return ThreadList(rows[:PAGE], Cursor(rows[PAGE - 1].pos, rows[PAGE - 1].id).show())


def _from(cursor: Cursor) -> dict[str, Any]:
    return {"after_pos": cursor.position, "after_id": cursor.id}
