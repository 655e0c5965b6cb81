"""What is told of one post stands where that post stands: it goes along when a thread is split, and comes back."""

from __future__ import annotations

from sqlalchemy import ColumnElement, LargeBinary, bindparam, exists, literal_column, select, update

from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.notifications.tables import NOTICE
from mashrabiya.platform.db import Statement, Write

_TID = bindparam("tid", type_=LargeBinary)
_SAME = NOTICE.alias("same")
_ORIGINAL: ColumnElement[int] = literal_column("0")
_NUMBER = select(POST.c.n).where(POST.c.id == NOTICE.c.ref).correlate(NOTICE).scalar_subquery()
_PLACE = select(POST.c.tid).where(POST.c.id == NOTICE.c.ref).correlate(NOTICE).scalar_subquery()


def _not_told_in(tid: ColumnElement[bytes]) -> ColumnElement[bool]:
    there = exists().where(
        _SAME.c.addr == NOTICE.c.addr,
        _SAME.c.tid == tid,
        _SAME.c.kind == NOTICE.c.kind,
        _SAME.c.ref == NOTICE.c.ref,
    )
    return ~there.correlate(NOTICE)


# A thread that began in no other has no such number, and nothing is looked for.
_GO: Statement[None] = Statement(
    update(NOTICE)
    .where(
        NOTICE.c.tid == select(THREAD.c.began).where(THREAD.c.id == _TID).scalar_subquery(),
        NOTICE.c.ref.in_(select(POST.c.id).where(POST.c.tid == _TID, POST.c.n > _ORIGINAL)),
        _not_told_in(_TID),
    )
    .values(tid=_TID, n=_NUMBER)
)
_RETURN: Statement[None] = Statement(
    update(NOTICE)
    .where(
        NOTICE.c.tid == _TID,
        exists().where(POST.c.id == NOTICE.c.ref, POST.c.tid != _TID).correlate(NOTICE),
        _not_told_in(_PLACE),
    )
    .values(tid=_PLACE, n=_NUMBER)
)


def take_along(uow: Write, tid: bytes) -> None:
    """What is told of the posts that became this thread is told of it. Safe to repeat."""
    uow.run(_GO, tid=tid)


def give_back(uow: Write, tid: bytes) -> None:
    """What is told of posts that stand elsewhere is told of where they stand. Safe to repeat."""
    uow.run(_RETURN, tid=tid)
