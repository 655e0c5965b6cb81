"""Keeping what was agreed, version by version, each behind the door it was written behind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, bindparam, delete, null, update

from mashrabiya.communities import queries
from mashrabiya.communities.events import CommunityEdited
from mashrabiya.communities.tables import AGREEMENT, COMMUNITY
from mashrabiya.communities.types import Audience, CommunityFacts
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
_AGREE: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == _CID).values(agreements=bindparam("new_text"))
)
_UNCREDIT: Statement[Any] = Statement(
    update(AGREEMENT).where(AGREEMENT.c.cid == _CID, AGREEMENT.c.v == bindparam("of_v")).values(pid=null())
)
_FORGET_PROPOSER: Statement[Any] = Statement(
    update(AGREEMENT).where(AGREEMENT.c.pid == bindparam("pid", type_=LargeBinary)).values(pid=null())
)
_FORGET: Statement[Any] = Statement(delete(AGREEMENT).where(AGREEMENT.c.cid == _CID))


def agree(uow: Write, community: CommunityFacts, text: str, *, proposer: bytes | None) -> int:
    """What a member proposed is agreed; answers as which version. Whether that may be, has been asked."""
    hold_versions(uow, community.id, Audience(community.audience))
    uow.run(_AGREE, cid=community.id, new_text=text)
    write_version(
        uow, community.id, text, Audience(community.audience), told=True, proposed=True, pid=proposer
    )
    uow.record(CommunityEdited(community.id))
    return queries.last_version(uow, community.id)


def uncredit(uow: Write, cid: bytes, v: int) -> None:
    """A version says no more who proposed what is new in it. Safe to repeat."""
    uow.run(_UNCREDIT, cid=cid, of_v=v)


def forget_proposer(uow: Write, pid: bytes) -> None:
    """Nor does any, of a persona that is gone. Safe to repeat."""
    uow.run(_FORGET_PROPOSER, pid=pid)


def write_version(
    uow: Write,
    cid: bytes,
    text: str,
    audience: Audience,
    *,
    told: bool,
    proposed: bool = False,
    pid: bytes | None = None,
) -> None:
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
        proposed=int(proposed),
        pid=pid,
    )
    if told:
        uow.run(_CHANGED, cid=cid, day=clock.day())


def hold_versions(uow: Write, cid: bytes, audience: Audience) -> None:
    """What was agreed behind a narrower door is shown through no wider one later."""
    uow.run(_NARROW, cid=cid, new_audience=int(audience))


def forget_versions(uow: Write, cid: bytes) -> None:
    """A place that closes has agreed nothing. Safe to repeat."""
    uow.run(_FORGET, cid=cid)
