"""What is asked about polls beside the page of their thread."""

from __future__ import annotations

from sqlalchemy import Integer, bindparam, exists, func, select

from mashrabiya.discussions.queries.parts import NO, TID
from mashrabiya.discussions.tables import BALLOT, THREAD
from mashrabiya.discussions.types import ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Read, Statement

_BEGUN: Statement[None] = Statement(select(exists().where(BALLOT.c.tid == TID)))
_OVERDUE: Statement[None] = Statement(
    select(func.count())
    .select_from(THREAD)
    .where(THREAD.c.poll_day > NO, THREAD.c.poll_day < bindparam("then", type_=Integer))
)


def stands_fast(db: Read, thread: ThreadFacts) -> bool:
    """Whether its poll changes no more: somebody has voted, or its last day is over."""
    if not thread.kept_poll:
        return False
    return not thread.takes_votes or bool(db.scalar(_BEGUN, tid=thread.id))


def overdue_polls(db: Read, days: int) -> int:
    """How many polls should have been closed so many days ago. For the house itself."""
    return int(db.scalar(_OVERDUE, then=clock.day() - days))
