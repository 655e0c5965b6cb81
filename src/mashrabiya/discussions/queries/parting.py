"""The posts of a thread as they can be chosen to stand in another, and where those went that did."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, case, exists, select

from mashrabiya.discussions.queries.moderation import AS_READ, PLACED_POST
from mashrabiya.discussions.queries.parts import NO, STANDING, TID, YES, constant
from mashrabiya.discussions.tables import PARTED, POST
from mashrabiya.discussions.types import PAGE, Gone, Judged, Part, PostState, ThreadFacts
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_BATCH = bindparam("batch", type_=LargeBinary)
_WITH_AUTHOR = POST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
_WHOSE = (POST.c.id, POST.c.pid, POST.c.tok, POST.c.home_tid, STANDING)
_PARTS = Statement(
    select(POST.c.n, *_WHOSE)
    .select_from(_WITH_AUTHOR)
    .where(POST.c.tid == TID, POST.c.n > NO)
    .order_by(POST.c.n),
    into=Part,
)
_SHOWN = Statement(
    select(*AS_READ)
    .select_from(PLACED_POST)
    .where(POST.c.tid == TID, POST.c.n > YES)
    .order_by(POST.c.n)
    .limit(constant(PAGE))
    .offset(bindparam("skipped", type_=Integer)),
    into=Judged,
)


def _gone(*row: Any) -> Gone:
    return Gone(row[0], row[1], Part(*row[2:]))


_GONE = Statement(
    select(PARTED.c.tid, POST.c.tid, PARTED.c.n, *_WHOSE)
    .select_from(_WITH_AUTHOR.join(PARTED, PARTED.c.post == POST.c.id))
    .where(PARTED.c.batch == _BATCH)
    .order_by(PARTED.c.n),
    into=_gone,
)
_WRITTEN: Statement[None] = Statement(
    select(
        case(
            (
                exists().where(
                    POST.c.tid == TID,
                    # A translation goes with what it translates.
                    POST.c.n > NO,
                    POST.c.state != constant(PostState.DELETED),
                    POST.c.id.not_in(select(PARTED.c.post).where(PARTED.c.batch == _BATCH)),
                ),
                YES,
            ),
            else_=NO,
        )
    )
)


def parts_of(db: Read, thread: ThreadFacts) -> list[Part]:
    """All that stands in a thread that was found already, in its order."""
    return db.all(_PARTS, tid=thread.id)


def parts_page(db: Read, thread: ThreadFacts, skipped: int) -> list[Judged]:
    """One page of its answers, in the states in which readers meet them."""
    return db.all(_SHOWN, tid=thread.id, skipped=skipped)


def gone_by(db: Read, batch: bytes) -> list[Gone]:
    """What that decision took to another thread, in order, and where each of it stands now."""
    return db.all(_GONE, batch=batch)


def written_since(db: Read, tid: bytes, batch: bytes) -> bool:
    """Whether something stands in that thread which did not come by this decision."""
    return bool(db.scalar(_WRITTEN, tid=tid, batch=batch))
