"""Who is in a thread, some at a time, in the order of addresses, which is random: it tells nothing, and says where to go on.

A thread of thousands of replies has some dozens of voices. So each is found from the one before it, by a step along an
index, and the cost of a reply is by how many speak there, not by how much was said.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    and_,
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
_BEFORE = and_(POST.c.n > _NAMED, POST.c.n < bindparam("before", type_=Integer))
# PostgreSQL would rather read the whole thread along its numbers, and sort it at each step, where it can look at them first.
_BEFORE_ON_POSTGRESQL = case((_BEFORE, _FIRST), else_=_NAMED) != _NAMED


def _there(before: ColumnElement[bool]) -> Select[tuple[bytes, int, int]]:
    def after(voice: ColumnElement[bytes], thread: ColumnElement[bytes], last: Any) -> ColumnElement[bytes]:
        """The first voice of the thread whose address comes after the last; null when there is none."""
        found = select(voice).where(thread == _TID, voice > last, before).order_by(voice).limit(_FIRST)
        return found.correlate_except(POST).scalar_subquery()

    def each(voice: ColumnElement[bytes], thread: ColumnElement[bytes], name: str) -> CTE:
        first = select(after(voice, thread, _AFTER).label("addr"), _FIRST.label("place"))
        walked = first.cte(name, recursive=True)
        further = select(after(voice, thread, walked.c.addr), walked.c.place + _FIRST)
        return walked.union_all(further.where(walked.c.addr.is_not(None), walked.c.place < _ENOUGH))

    there = union(
        _found(each(POST.c.pid, POST.c.tid, "named"), _NAMED),
        _found(each(POST.c.tok, POST.c.home_tid, "unnamed"), literal_column(str(UNNAMED))),
        select(SUB.c.addr, _NAMED).where(SUB.c.scope == _TID, SUB.c.addr > _AFTER),
    ).subquery("there")
    stands = exists().where(
        NOTICE.c.addr == there.c.addr,
        NOTICE.c.tid == _TID,
        NOTICE.c.kind == bindparam("kind", type_=Integer) + there.c.voice,
        NOTICE.c.ref == bindparam("ref", type_=LargeBinary),
        NOTICE.c.day >= bindparam("today", type_=Integer),
    )
    found = select(there.c.addr, there.c.voice, case((stands, _FIRST), else_=_NAMED))
    return found.order_by(there.c.addr).limit(_ENOUGH)


def _found(each: CTE, voice: ColumnElement[int]) -> Select[tuple[bytes, int]]:
    return select(each.c.addr, voice.label("voice")).where(each.c.addr.is_not(None))


SOME: Statement[None] = Statement(_there(_BEFORE), postgresql=_there(_BEFORE_ON_POSTGRESQL))
"""The next ``some`` addresses after ``after``, whether each is an unnamed voice, and whether a notice of this kind and
day stands there already: of those who spoke before the post ``before``, and of those who follow the thread."""
