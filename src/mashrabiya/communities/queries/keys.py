"""Care keys: who of a care team could open, with another, what stands behind an unnamed post."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from mashrabiya.communities.queries.terms import holds
from mashrabiya.communities.tables import CARE_KEY, COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import KeyState, Role
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

_CID = bindparam("cid", type_=LargeBinary)
_PID = bindparam("which", type_=LargeBinary)
_SIBLINGS = sixteen("sibling")
# Whoever lost the role, is excluded or gone, holds nothing any more, whatever row may be left.
_HELD = (
    or_(
        CARE_KEY.c.house == literal_column("1"),
        exists().where(
            MEMBERSHIP.c.cid == CARE_KEY.c.cid,
            MEMBERSHIP.c.pid == CARE_KEY.c.pid,
            holds(Role.CARER),
        ),
    ),
    exists().where(PERSONA.c.id == CARE_KEY.c.pid),
    ~exists().where(
        GUARD.c.kind == literal_column("'comm'"),
        GUARD.c.scope == CARE_KEY.c.cid,
        GUARD.c.subject == CARE_KEY.c.pid,
        GUARD.c.until_day >= bindparam("today", type_=Integer),
    ),
    ~exists().where(
        GUARD.c.kind == literal_column("'site'"),
        GUARD.c.subject == CARE_KEY.c.pid,
        GUARD.c.until_day >= bindparam("today", type_=Integer),
    ),
)


def key_held(cid: ColumnElement[Any], pid: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether that persona holds a key there today: a condition of a larger question."""
    return exists().where(CARE_KEY.c.cid == cid, CARE_KEY.c.pid == pid, *_HELD)


def others_keys(cid: ColumnElement[Any]) -> ColumnElement[int]:
    """How many keys there are that are not the viewer's own, under whichever name."""
    held = select(func.count(CARE_KEY.c.pub)).where(
        CARE_KEY.c.cid == cid, CARE_KEY.c.pid.not_in(_SIBLINGS), *_HELD
    )
    return held.scalar_subquery()


_OTHERS: Statement[None] = Statement(
    select(CARE_KEY.c.pub).where(CARE_KEY.c.cid == _CID, CARE_KEY.c.pid.not_in(_SIBLINGS), *_HELD)
)
_COUNT: Statement[None] = Statement(select(func.count()).where(CARE_KEY.c.cid == _CID, *_HELD))
_HOLDS: Statement[None] = Statement(
    select(CARE_KEY.c.pid).where(CARE_KEY.c.cid == _CID, CARE_KEY.c.pid == _PID, *_HELD)
)
_OWN = exists().where(CARE_KEY.c.cid == _CID, CARE_KEY.c.pid == _PID)
_ANY_OWN = exists().where(CARE_KEY.c.cid == _CID, CARE_KEY.c.pid.in_(_SIBLINGS))
_STATE = Statement(
    select(
        COMMUNITY.c.anon_mode,
        select(func.count()).where(CARE_KEY.c.cid == _CID, *_HELD).scalar_subquery(),
        case((_OWN, literal_column("1")), else_=literal_column("0")),
        case((_ANY_OWN, literal_column("1")), else_=literal_column("0")),
    ).where(COMMUNITY.c.id == _CID),
    into=KeyState,
)


def care_keys(db: Read, viewer: Viewer, cid: bytes) -> list[bytes]:
    """The public halves that what the viewer writes unnamed is sealed for: everybody's but her own."""
    rows = db.tuples(_OTHERS, cid=cid, today=clock.day(), **sibling_values(viewer.siblings))
    return [bytes(pub) for (pub,) in rows]


def count_keys(db: Read, cid: bytes) -> int:
    """How many people hold a key there."""
    return int(db.scalar(_COUNT, cid=cid, today=clock.day()))


def holds_key(db: Read, cid: bytes, pid: bytes) -> bool:
    """Whether that persona holds a key there now."""
    return db.scalar(_HOLDS, cid=cid, which=pid, today=clock.day()) is not None


def key_state(db: Read, viewer: Viewer, cid: bytes) -> KeyState:
    """How unnamed writing is there now, and how the keys stand. Whether she may know, the desk has asked."""
    values = {"which": viewer.pid, "today": clock.day(), **sibling_values(viewer.siblings)}
    found = db.first(_STATE, cid=cid, **values)
    if found is None:
        raise NotFound
    return found
