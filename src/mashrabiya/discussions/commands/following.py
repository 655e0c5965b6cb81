"""Following a thread or a tag: lists that lie sealed with one persona, and nothing beside the thread."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.types.tags import keys_in
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


def follow_tag(uow: Write, viewer: Viewer, ref: bytes) -> None:
    """Follow a tag that some place has which she may read. One that shares a name with it is followed already."""
    if not viewer.speaks or not community_queries.offered_tags(uow, viewer, [ref]):
        raise NotFound
    if not queries.follows_tag(viewer, ref):
        people.follow_tag(uow, viewer, ref)


def unfollow_tag(uow: Write, viewer: Viewer, ref: bytes) -> None:
    """Follow nothing any more that shares a name with it, whether a place has it still or not."""
    if not viewer.speaks:
        raise NotFound
    keys = keys_in(ref)
    people.unfollow_tags(uow, viewer, lambda one: one == ref or bool(keys_in(one) & keys))


def pass_over(uow: Write, viewer: Viewer, tid: bytes) -> None:
    """Do not suggest this thread again. Whether there is such a one is not asked: her list says nothing of it."""
    if not viewer.speaks:
        raise NotFound
    people.pass_over(uow, viewer, tid)


def _there(db: Read, tids: tuple[bytes, ...]) -> set[bytes]:
    """Those of these threads that have not gone."""
    asked = dict(zip(_IDS, (*tids, *[b""] * MOST), strict=False))
    return {bytes(tid) for (tid,) in db.tuples(_THERE, **asked)}
