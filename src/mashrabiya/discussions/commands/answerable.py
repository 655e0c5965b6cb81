"""What stands behind an unnamed post that is accountable, and that it was learned.

Of a sealed post nothing is kept here, so that there is nothing to be opened.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, delete, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions.tables import ANSWERABLE, POST, TOLD
from mashrabiya.discussions.types import ANSWERABLE_DAYS
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.care import seal_author
from mashrabiya.platform.db import Statement, Write

_FORGET: Statement[None] = Statement(
    delete(ANSWERABLE).where(ANSWERABLE.c.post == bindparam("post", type_=LargeBinary))
)
_FORGET_ALL: Statement[None] = Statement(
    delete(ANSWERABLE).where(
        ANSWERABLE.c.post.in_(select(POST.c.id).where(POST.c.tid == bindparam("tid", type_=LargeBinary)))
    )
)
_FORGET_VOICE: Statement[None] = Statement(
    delete(ANSWERABLE).where(
        ANSWERABLE.c.post.in_(
            select(POST.c.id).where(
                POST.c.home_tid == bindparam("home_tid", type_=LargeBinary),
                POST.c.tok == bindparam("tok", type_=LargeBinary),
            )
        )
    )
)


def close_author(uow: Write, viewer: Viewer, cid: bytes, post: bytes) -> None:
    """Keep which persona wrote an unnamed post, closed for every two of the care team but herself."""
    holders = community_queries.care_keys(uow, viewer, cid)
    boxes = seal_author(holders, viewer.pid, post)
    # Today is the first of the days.
    uow.insert(ANSWERABLE, post=post, boxes=boxes, until_day=clock.day() + ANSWERABLE_DAYS - 1)


def forget_author(uow: Write, post: bytes) -> None:
    """Nobody can learn any more who wrote it. Safe to repeat."""
    uow.run(_FORGET, post=post)


def forget_authors(uow: Write, tid: bytes) -> None:
    """The same for every post of a thread."""
    uow.run(_FORGET_ALL, tid=tid)


def tell_learned(uow: Write, home_tid: bytes, tok: bytes, post: bytes) -> None:
    """Two have learned who wrote it: that person is told by her token there.

    What she wrote in that thread besides opens no more. A voice is learned once, so that it
    never shows two of her names as one person's.
    """
    uow.run(_FORGET_VOICE, home_tid=home_tid, tok=tok)
    uow.insert_once(TOLD, home_tid=home_tid, tok=tok, post=post, day=clock.day())
