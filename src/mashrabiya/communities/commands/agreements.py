"""Keeping what was agreed, version by version, each behind the door it was written behind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, bindparam, delete, update

from mashrabiya.communities import queries
from mashrabiya.communities.tables import AGREEMENT, COMMUNITY
from mashrabiya.communities.types import Audience
from mashrabiya.communities.types.agreements import IN_FORCE, VERSION_DAYS
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Statement, Write

_CID = bindparam("cid", type_=LargeBinary)
_REPLACED: Statement[Any] = Statement(
    update(AGREEMENT)
    .where(AGREEMENT.c.cid == _CID, AGREEMENT.c.until_day == bindparam("in_force"))
    .values(until_day=bindparam("new_until"))
)
_NARROW: Statement[Any] = Statement(
    update(AGREEMENT)
    .where(AGREEMENT.c.cid == _CID, AGREEMENT.c.audience < bindparam("new_audience"))
    .values(audience=bindparam("new_audience"))
)
_CHANGED: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == _CID).values(agreed_day=bindparam("day"))
)
_FORGET: Statement[Any] = Statement(delete(AGREEMENT).where(AGREEMENT.c.cid == _CID))


def write_version(uow: Write, cid: bytes, text: str, audience: Audience, *, told: bool) -> None:
    """This is agreed from today on; the version before it stands as long as what was decided by it."""
    number = queries.last_version(uow, cid) + 1
    uow.run(_REPLACED, cid=cid, in_force=IN_FORCE, new_until=clock.day() + VERSION_DAYS)
    uow.insert(
        AGREEMENT,
        cid=cid,
        v=number,
        day=clock.day(),
        text=text,
        audience=int(audience),
        until_day=IN_FORCE,
    )
    if told:
        uow.run(_CHANGED, cid=cid, day=clock.day())


def hold_versions(uow: Write, cid: bytes, audience: Audience) -> None:
    """What was agreed behind a narrower door is shown through no wider one later."""
    uow.run(_NARROW, cid=cid, new_audience=int(audience))


def forget_versions(uow: Write, cid: bytes) -> None:
    """A place that closes has agreed nothing. Safe to repeat."""
    uow.run(_FORGET, cid=cid)
