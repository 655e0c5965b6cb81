"""Earlier wordings of a post: kept when it is edited, and gone when its author says so, or with it."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, delete, func, select

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.tables import POST, VERSION
from mashrabiya.discussions.types import WORDINGS, OwnPost, Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write

_OF_POST = VERSION.c.post == bindparam("post", type_=LargeBinary)
_V = bindparam("which", type_=Integer)
_LAST: Statement[None] = Statement(select(func.max(VERSION.c.v)).where(_OF_POST))
_DROP: Statement[None] = Statement(delete(VERSION).where(_OF_POST))
_DROP_ONE: Statement[None] = Statement(delete(VERSION).where(_OF_POST, VERSION.c.v == _V))
_DROP_OLD: Statement[None] = Statement(delete(VERSION).where(_OF_POST, VERSION.c.v <= _V))
_DROP_IN: Statement[None] = Statement(
    delete(VERSION).where(
        VERSION.c.post.in_(select(POST.c.id).where(POST.c.tid == bindparam("tid", type_=LargeBinary)))
    )
)


def keep_version(uow: Write, own: OwnPost, title: str, body: str) -> None:
    """Keep how a post stood before it is changed to this. Past twenty, the oldest goes."""
    if not rules.keeps_wording(own, title, body):
        return
    post = own.post
    v = int(uow.scalar(_LAST, post=post.id) or 0) + 1
    uow.insert(
        VERSION,
        post=post.id,
        v=v,
        day=clock.day(),
        notes=post.notes,
        lang=post.lang,
        title=own.thread.title if post.n == 1 else "",
        body=post.body,
    )
    uow.run(_DROP_OLD, post=post.id, which=v - WORDINGS)


def purge(uow: Write, viewer: Viewer, tid: bytes, number: int, *, which: int | None = None) -> Placed:
    """Let one earlier wording of an own post go, or all of them. Asked twice, it stays so."""
    post = queries.history(uow, viewer, tid, number).post
    rules.may_purge(viewer, post).or_raise()
    if which is None:
        uow.run(_DROP, post=post.id)
    else:
        uow.run(_DROP_ONE, post=post.id, which=which)
    return Placed(tid, number)


def forget_versions(uow: Write, post: bytes) -> None:
    """No earlier wording of it is kept. For the house itself: no viewer is asked. Safe to repeat."""
    uow.run(_DROP, post=post)


def forget_all_versions(uow: Write, tid: bytes) -> None:
    """The same for every post of a thread."""
    uow.run(_DROP_IN, tid=tid)
