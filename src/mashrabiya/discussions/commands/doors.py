"""Holding threads to the door and the time they were written under, when their community changes.

A thread is read through the narrower of its own door and its community's, and kept for the
shorter of both times. Without more, a place that closes and opens again would show what was
written behind the closed door. So whatever was narrower stays with the thread.
"""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, select, update

from mashrabiya.communities.commands import hold_back_new
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import ThreadFacts
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.trust.types import Allowance

_AUDIENCE = bindparam("new_audience", type_=Integer)
_DAYS = bindparam("new_days", type_=Integer)
_CID = bindparam("cid", type_=LargeBinary)
_HOLD: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == bindparam("tid", type_=LargeBinary))
    .values(audience=_AUDIENCE, retention_days=_DAYS)
)
_NOW: Statement[None] = Statement(
    select(COMMUNITY.c.audience, COMMUNITY.c.retention_days).where(COMMUNITY.c.id == _CID)
)
_NARROW: Statement[None] = Statement(
    update(THREAD).where(THREAD.c.cid == _CID, THREAD.c.audience < _AUDIENCE).values(audience=_AUDIENCE)
)
_SHORTEN: Statement[None] = Statement(
    update(THREAD).where(THREAD.c.cid == _CID, THREAD.c.retention_days > _DAYS).values(retention_days=_DAYS)
)


def hold_to_now(uow: Write, thread: ThreadFacts) -> None:
    """New words in an old thread: it stays behind the door, and ends at the time, that is told them now."""
    if (thread.audience, thread.kept_days) != (thread.begun_for, thread.retention_days):
        uow.do(_HOLD, tid=thread.id, new_audience=thread.audience, new_days=thread.kept_days)


def hold_community(uow: Write, cid: bytes) -> None:
    """Every thread there is from now on at least as narrow as the place, and kept no longer. Safe to repeat."""
    for audience, days in uow.tuples(_NOW, cid=cid):
        uow.run(_NARROW, cid=cid, new_audience=audience)
        uow.run(_SHORTEN, cid=cid, new_days=days)


def hold_back(
    uow: Write, viewer: Viewer, community: CommunityFacts, allowed: Allowance, *, unnamed: bool
) -> None:
    """While the place or the whole house is protected, only the established write, and those who run the place."""
    protected = allowed.protected or community.protected_hours > 0
    hold_back_new(uow, viewer, protected=protected, helps=community.helps, named=not unnamed)
