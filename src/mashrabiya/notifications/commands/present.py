"""Who is in a thread, some at a time, in the order of addresses, which is random: it tells nothing, and says where to go on.

A thread of thousands of replies has some dozens of voices. So each is found from the one before it, by a step along an
index, and the cost of a reply is by how many speak there, not by how much was said.
"""

from __future__ import annotations

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    bindparam,
    case,
    exists,
    literal_column,
    select,
    union,
)

from mashrabiya.discussions.tables import POST
from mashrabiya.notifications.tables import NOTICE, SUB
from mashrabiya.notifications.types import UNNAMED
from mashrabiya.platform.db import Statement

_TID = bindparam("tid", type_=LargeBinary)
_AFTER = bindparam("after", type_=LargeBinary)
_ENOUGH = bindparam("some", type_=Integer)
_NAMED: ColumnElement[int] = literal_column("0")
_FIRST: ColumnElement[int] = literal_column("1")
# Whoever spoke there before; of what was said before she came she is not told. Below nought stand translations.
_BEFORE = (POST.c.n > _NAMED, POST.c.n < bindparam("before", type_=Integer))


def _next(
    voice: ColumnElement[bytes], thread: ColumnElement[bytes], last: ColumnElement[bytes]
) -> ColumnElement[bytes]:
    """The first voice of the thread whose address comes after the last; null when there is none."""
    found = select(voice).where(thread == _TID, voice > last, *_BEFORE).order_by(voice).limit(_FIRST)
    return found.correlate_except(POST).scalar_subquery()


def _each(voice: ColumnElement[bytes], thread: ColumnElement[bytes], name: str) -> CTE:
    first = select(_next(voice, thread, _AFTER).label("addr"), _FIRST.label("place")).cte(
        name, recursive=True
    )
    further = select(_next(voice, thread, first.c.addr), first.c.place + _FIRST)
    return first.union_all(further.where(first.c.addr.is_not(None), first.c.place < _ENOUGH))


def _found(each: CTE, voice: ColumnElement[int]) -> Select[tuple[bytes, int]]:
    return select(each.c.addr, voice.label("voice")).where(each.c.addr.is_not(None))


_THERE = union(
    _found(_each(POST.c.pid, POST.c.tid, "named"), _NAMED),
    _found(_each(POST.c.tok, POST.c.home_tid, "unnamed"), literal_column(str(UNNAMED))),
    select(SUB.c.addr, _NAMED).where(SUB.c.scope == _TID, SUB.c.addr > _AFTER),
).subquery("there")
_STANDS = exists().where(
    NOTICE.c.addr == _THERE.c.addr,
    NOTICE.c.tid == _TID,
    NOTICE.c.kind == bindparam("kind", type_=Integer) + _THERE.c.voice,
    NOTICE.c.ref == bindparam("ref", type_=LargeBinary),
    NOTICE.c.day >= bindparam("today", type_=Integer),
)
SOME: Statement[None] = Statement(
    select(_THERE.c.addr, _THERE.c.voice, case((_STANDS, _FIRST), else_=_NAMED))
    .order_by(_THERE.c.addr)
    .limit(_ENOUGH)
)
"""The next ``some`` addresses after ``after``, whether each is an unnamed voice, and whether a notice of this kind and
day stands there already: of those who spoke before the post ``before``, and of those who follow the thread."""
