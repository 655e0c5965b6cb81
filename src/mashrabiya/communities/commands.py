"""Changing communities: one function per intention."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, update

from mashrabiya.communities import queries, rules
from mashrabiya.communities.events import (
    CommunityEdited,
    CommunityFounded,
    PersonaJoined,
    PersonaLeft,
)
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import (
    ID_SIZE,
    SEED_SIZE,
    AnonMode,
    Entry,
    NewCommunity,
    Role,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write

_EDIT: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == bindparam("cid"))
    .values(
        name=bindparam("new_name"),
        about=bindparam("new_about"),
        language=bindparam("new_language"),
        audience=bindparam("new_audience"),
        retention_days=bindparam("new_retention_days"),
        agreements=bindparam("new_agreements"),
    )
)
_LEAVE: Statement[Any] = Statement(
    delete(MEMBERSHIP).where(MEMBERSHIP.c.cid == bindparam("cid"), MEMBERSHIP.c.pid == bindparam("pid"))
)
_CAP: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.retention_days > bindparam("days"))
    .values(retention_days=bindparam("days"))
)
_FORGET: Statement[Any] = Statement(delete(MEMBERSHIP).where(MEMBERSHIP.c.pid == bindparam("pid")))


def found(uow: Write, viewer: Viewer, new: NewCommunity) -> bytes:
    """Start a community; the persona in use runs it."""
    rules.may_found(viewer).or_raise()
    cid = new_id(ID_SIZE)
    uow.insert(
        COMMUNITY,
        id=cid,
        name=new.name,
        about=new.about,
        seed=new_id(SEED_SIZE),
        language=new.language,
        audience=int(new.audience),
        entry=int(Entry.OPEN),
        retention_days=new.retention_days,
        agreements=new.agreements,
        anon_mode=int(AnonMode.SEALED),
        topics=0,
        wants=63,
        folded="",
        month=clock.month(),
    )
    _enter(uow, viewer, cid, Role.HOST)
    uow.record(CommunityFounded(cid))
    return cid


def edit(uow: Write, viewer: Viewer, cid: bytes, new: NewCommunity) -> None:
    """Change its words, its audience and its retention. Threads begun before keep their own."""
    community = queries.get_community(uow, viewer, cid)
    rules.may_edit(viewer, community).or_raise()
    uow.run(
        _EDIT,
        cid=cid,
        new_name=new.name,
        new_about=new.about,
        new_language=new.language,
        new_audience=int(new.audience),
        new_retention_days=new.retention_days,
        new_agreements=new.agreements,
    )
    uow.record(CommunityEdited(cid))


def join(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Enter with the persona in use. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    rules.may_join(viewer, community).or_raise()
    if _enter(uow, viewer, cid, Role.MEMBER):
        uow.record(PersonaJoined(cid, viewer.pid))


def leave(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Leave with the persona in use. What was written stays until its author deletes it."""
    community = queries.get_community(uow, viewer, cid)
    rules.may_leave(viewer, community).or_raise()
    uow.run(_LEAVE, cid=cid, pid=viewer.pid)
    uow.record(PersonaLeft(cid, viewer.pid))


def keep_at_most(uow: Write, days: int) -> None:
    """No community keeps its threads longer than the house allows."""
    uow.run(_CAP, days=days)


def forget_persona(uow: Write, pid: bytes) -> None:
    """Take a deleted persona out of every community. Safe to repeat."""
    uow.run(_FORGET, pid=pid)


def _enter(uow: Write, viewer: Viewer, cid: bytes, role: Role) -> bool:
    return uow.insert_once(MEMBERSHIP, cid=cid, pid=viewer.pid, role=int(role), month=clock.month())
