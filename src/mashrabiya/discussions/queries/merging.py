"""The newest threads of the communities somebody belongs to, merged from the newest of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    LargeBinary,
    Select,
    Subquery,
    bindparam,
    select,
    true,
    tuple_,
)

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import PlaceState
from mashrabiya.discussions.queries.filters import Plan
from mashrabiya.discussions.queries.parts import PID, constant
from mashrabiya.discussions.tables import THREAD

Merge = Callable[[ColumnElement[int], Plan], Subquery]


def key_of(threads: FromClause) -> ColumnElement[Any]:
    """Where a thread stands in every list."""
    return tuple_(threads.c.pos, threads.c.id)


AFTER = tuple_(bindparam("after_pos", type_=THREAD.c.pos.type), bindparam("after_id", type_=LargeBinary))


def merged(room: ColumnElement[int], asked: Plan) -> Subquery:
    """The newest threads of all her communities, merged from the newest of each.

    Per community, no more are looked at than fit in the list, so that the cost
    does not grow with the house; and no write has to reach every member.
    """
    mine, newest = MEMBERSHIP.alias("mine"), THREAD.alias("newest")
    # SQLite goes to the next place by itself, at the first thread that is older than all that the list holds.
    found = (
        select(newest.c.id)
        .join(mine, mine.c.cid == newest.c.cid)
        .where(key_of(newest) < AFTER, *asked.conditions(newest), *_in_open_place(mine, asked))
    )
    return _newest(found, mine, newest, room)


def gathered(room: ColumnElement[int], asked: Plan) -> Subquery:
    """The same for PostgreSQL, which else reads every thread of a community to find the last that fits."""
    mine = MEMBERSHIP.alias("mine")
    newest = _of_place(THREAD.alias("counted"), mine, asked).limit(room).lateral("newest")
    found = select(newest.c.id).select_from(mine.join(newest, true())).where(*_in_open_place(mine, asked))
    return _newest(found, mine, newest, room)


def _in_open_place(mine: FromClause, asked: Plan) -> list[ColumnElement[bool]]:
    """The same, where places are not joined."""
    state = select(COMMUNITY.c.state).where(COMMUNITY.c.id == mine.c.cid).correlate(mine).scalar_subquery()
    return [state == constant(PlaceState.OPEN)] if asked.waiting else []


def _of_place(threads: FromClause, mine: FromClause, asked: Plan) -> Select[Any]:
    """The threads of one place of hers, the newest first."""
    place = (threads.c.cid == mine.c.cid, key_of(threads) < AFTER, *asked.conditions(threads))
    row = select(threads.c.id, threads.c.pos).where(*place).correlate(mine)
    return row.order_by(threads.c.pos.desc(), threads.c.id.desc())


def _newest(found: Select[Any], mine: FromClause, newest: FromClause, room: ColumnElement[int]) -> Subquery:
    # As the strictest audience: members who are not excluded.
    hers = found.where(mine.c.pid == PID, community_queries.not_excluded(mine.c.cid))
    return hers.order_by(newest.c.pos.desc(), newest.c.id.desc()).limit(room).subquery("found")
