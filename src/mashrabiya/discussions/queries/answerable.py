"""What two of a care team could open, and what somebody is told when they have."""

from __future__ import annotations

import msgspec
from sqlalchemy import Integer, LargeBinary, bindparam, exists, select

from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.moderation import find_judged
from mashrabiya.discussions.queries.parts import constant
from mashrabiya.discussions.tables import ANSWERABLE, POST, TOLD
from mashrabiya.discussions.types import Judged
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

_TRIED = 5000
"""Rows tried at most: two microseconds each."""

_BOXES: Statement[None] = Statement(
    select(ANSWERABLE.c.boxes)
    .join(POST, POST.c.id == ANSWERABLE.c.post)
    .where(
        ANSWERABLE.c.post == bindparam("post", type_=LargeBinary),
        ANSWERABLE.c.until_day >= bindparam("today", type_=Integer),
        # Of a voice that was learned nothing is opened again, also of what it wrote afterwards.
        ~exists().where(TOLD.c.home_tid == POST.c.home_tid, TOLD.c.tok == POST.c.tok),
    )
)


class Learned(msgspec.Struct, frozen=True):
    """That two of a care team learned who wrote unnamed in a thread, as its author is told it."""

    home_tid: bytes
    tok: bytes
    post: bytes
    day: int

    @property
    def path(self) -> str:
        """Where she reads why."""
        return f"/t/{show_id(self.home_tid)}/u"

    @property
    def when(self) -> int:
        return self.day * clock.DAY


_COLUMNS = (TOLD.c.home_tid, TOLD.c.tok, TOLD.c.post, TOLD.c.day)
_TOLD = Statement(
    select(*_COLUMNS).order_by(TOLD.c.day.desc(), TOLD.c.home_tid).limit(constant(_TRIED)), into=Learned
)
_TOLD_THERE = Statement(
    select(*_COLUMNS).where(
        TOLD.c.home_tid == bindparam("tid", type_=LargeBinary),
        TOLD.c.tok == bindparam("tok", type_=LargeBinary),
    ),
    into=Learned,
)


def author_boxes(db: Read, post: bytes) -> bytes:
    """What two of a care team could open of that post; empty where nothing can be opened, or no more."""
    return bytes(db.scalar(_BOXES, post=post, today=clock.day()) or b"")


def told(db: Read, viewer: Viewer) -> list[Learned]:
    """Where this person was learned. Hers are recognised by trial, in her session alone."""
    if not viewer.is_member:
        return []
    return [one for one in db.all(_TOLD) if rules.is_her_voice(viewer, None, one.tok, one.home_tid)]


def get_told(db: Read, viewer: Viewer, tid: bytes) -> tuple[Learned, Judged | None]:
    """That she was learned in this thread, with her post while it stands; to everybody else it is not there."""
    if not viewer.is_member:
        raise NotFound
    found = db.first(_TOLD_THERE, tid=tid, tok=viewer.token(tid))
    if found is None:
        raise NotFound
    return found, find_judged(db, found.post)
