"""Following a thread: a list that lies sealed with one persona, and nothing beside the thread."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.discussions import queries
from mashrabiya.discussions.tables import THREAD
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.queries.private import MOST
from mashrabiya.platform.db import Read, Statement, Write

_IDS = [f"tid{number}" for number in range(MOST)]
_THERE: Statement[None] = Statement(
    select(THREAD.c.id).where(THREAD.c.id.in_([bindparam(name, type_=LargeBinary) for name in _IDS]))
)


def follow(uow: Write, viewer: Viewer, tid: bytes) -> None:
    """Follow a thread that she may read."""
    if not viewer.speaks:
        raise NotFound
    queries.get_thread(uow, viewer, tid)
    people.follow(uow, viewer, tid, there=lambda tids: _there(uow, tids))


def unfollow(uow: Write, viewer: Viewer, tid: bytes) -> None:
    """Follow it no longer, whether it is still there or not."""
    if not viewer.speaks:
        raise NotFound
    people.unfollow(uow, viewer, tid)


def _there(db: Read, tids: tuple[bytes, ...]) -> set[bytes]:
    """Those of these threads that have not gone."""
    asked = dict(zip(_IDS, (*tids, *[b""] * MOST), strict=False))
    return {bytes(tid) for (tid,) in db.tuples(_THERE, **asked)}
