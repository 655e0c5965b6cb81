"""Saying which reply was what she needed: whoever opened the thread, and nothing is counted."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, update

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write

_NEED: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == bindparam("tid", type_=LargeBinary))
    .values(needed=bindparam("new_needed", type_=Integer))
)


def mark_needed(uow: Write, viewer: Viewer, tid: bytes, number: int, *, wish: bool) -> Placed:
    """Say that this reply was what she needed, in place of any other; or take that back.

    It is the mark of the thread, not of a persona: under which name she came, it does not say.
    """
    thread, post = queries.get_shown(uow, viewer, tid, number)
    rules.may_need(viewer, thread, post).or_raise()
    if wish or thread.needed == post.n:
        uow.run(_NEED, tid=thread.id, new_needed=post.n if wish else 0)
    return Placed(thread.id, post.n)
