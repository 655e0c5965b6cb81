"""Threads whose opening helped most people, of the last month or year. People are counted, and never who wrote."""

from __future__ import annotations

from functools import cache

from sqlalchemy import BigInteger, Integer, LargeBinary, Select, bindparam, select, tuple_

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.queries.filters import HELPED_SINCE, Plan, plan, values
from mashrabiya.discussions.queries.lists import SHOWN, met
from mashrabiya.discussions.queries.parts import MAY_READ, NO, PLACED, constant, with_opening
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import ID_SIZE, PAGE, Filters, ThreadList, ThreadRow
from mashrabiya.kernel import clock
from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

_PEOPLE = 40
"""A place in this list is how many people and then when, in one number: the moment has so many bits."""

_MOMENT = (1 << _PEOPLE) - 1
_BEGINNING = Cursor((1 << 62) - 1, b"\xff" * ID_SIZE)
_OPEN = constant(Audience.PUBLIC)
_AFTER = tuple_(
    bindparam("after_helped", type_=Integer),
    bindparam("after_pos", type_=BigInteger),
    bindparam("after_id", type_=LargeBinary),
)
_KEY = (THREAD.c.helped, THREAD.c.pos, THREAD.c.id)


def _most(asked: Plan) -> Select[tuple[object, ...]]:
    return (
        select(*SHOWN)
        .select_from(with_opening(PLACED))
        .where(
            THREAD.c.helped > NO,
            tuple_(*_KEY) < _AFTER,
            THREAD.c.pos >= bindparam("since", type_=BigInteger),
            *asked.conditions(THREAD),
        )
        .order_by(*(part.desc() for part in _KEY))
        .limit(constant(PAGE + 1))
    )


@cache
def _of_all(asked: Plan) -> Statement[ThreadRow]:
    return Statement(_most(asked).where(MAY_READ), into=ThreadRow)


@cache
def _of_public(asked: Plan) -> Statement[ThreadRow]:
    public = (THREAD.c.audience == _OPEN, COMMUNITY.c.audience == _OPEN)
    return Statement(_most(asked).where(*public), into=ThreadRow)


def most_helped(db: Read, viewer: Viewer, after: str, filters: Filters) -> ThreadList:
    """One page of them, as far as the viewer may read them."""
    cursor, asked = Cursor.read(after) or _BEGINNING, plan(viewer, filters)
    bound = {
        **values(viewer, filters),
        "after_helped": min(cursor.position >> _PEOPLE, (1 << 31) - 1),
        "after_pos": cursor.position & _MOMENT,
        "after_id": cursor.id,
        "since": (clock.day() - HELPED_SINCE[filters.only]) * clock.DAY,
    }
    if viewer.is_member:
        rows = db.all(_of_all(asked), **bound, **community_queries.sight(viewer))
    else:
        rows = db.all(_of_public(asked), today=clock.day(), tongue=viewer.tongue.language, **bound)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    further = Cursor(last.helped << _PEOPLE | last.pos, last.id).show() if last else ""
    return met(ThreadList(rows[:PAGE], further, filters), reach_of(viewer))
