"""Who runs a place, who is asked to, and who wants to close it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)

from mashrabiya.communities.queries.places import NO, PID, YES
from mashrabiya.communities.queries.terms import holds, role_now
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import Asked, Holder, Role, RunBy, Running, Wish
from mashrabiya.communities.types.roles import MOST_HOLDERS, Member
from mashrabiya.communities.types.shape import Offered, PlaceState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.platform.db import Read, Statement

_CID = bindparam("cid", type_=LargeBinary)
_TODAY = bindparam("today", type_=Integer)
_CLOSED: ColumnElement[int] = literal_column(str(int(PlaceState.CLOSED)))
# Whoever was excluded since, there or from the house, runs nothing.
_SHUT = select(GUARD.c.subject).where(
    or_(
        and_(GUARD.c.kind == literal_column("'comm'"), GUARD.c.scope == _CID),
        GUARD.c.kind == literal_column("'site'"),
    ),
    GUARD.c.until_day >= _TODAY,
)
_RUNS = and_(MEMBERSHIP.c.cid == _CID, holds(Role.HOST))
COUNTS = MEMBERSHIP.c.pid.not_in(_SHUT)
_IS_OFFERED = MEMBERSHIP.c.offered_day >= _TODAY
_MOST = 8


def _run_by(*row: Any) -> tuple[RunBy, int, Asked | None]:
    runs, role, days = row[-3:]
    return RunBy(*row[:-3]), int(runs), Asked(role, days) if role else None


# Her own row comes along where she is asked to take a role: so its page asks once.
_HERS = and_(MEMBERSHIP.c.pid == PID, _IS_OFFERED)
_RUN_BY = Statement(
    select(
        PERSONA.c.name,
        PERSONA.c.pub,
        PERSONA.c.seed,
        PERSONA.c.state,
        case((holds(Role.HOST), YES), else_=NO),
        case((_HERS, MEMBERSHIP.c.offered_role), else_=NO),
        MEMBERSHIP.c.offered_days,
    )
    .join(MEMBERSHIP, MEMBERSHIP.c.pid == PERSONA.c.id)
    .where(MEMBERSHIP.c.cid == _CID, or_(holds(Role.HOST), _HERS), is_present(PERSONA))
    .order_by(case((_HERS, NO), else_=YES), PERSONA.c.name)
    .limit(literal_column(str(_MOST + 1))),
    into=_run_by,
)
_OFFERED = Statement(
    select(
        PERSONA.c.name,
        PERSONA.c.pub,
        PERSONA.c.seed,
        MEMBERSHIP.c.offered_role,
        MEMBERSHIP.c.offered_days,
    )
    .join(MEMBERSHIP, MEMBERSHIP.c.pid == PERSONA.c.id)
    .where(MEMBERSHIP.c.cid == _CID, _IS_OFFERED, is_present(PERSONA))
    .order_by(PERSONA.c.name)
    .limit(literal_column(str(_MOST))),
    into=Offered,
)
_OWN_OFFER = Statement(
    select(MEMBERSHIP.c.offered_role, MEMBERSHIP.c.offered_days).where(MEMBERSHIP.c.cid == _CID, _HERS),
    into=Asked,
)
_MEMBER_NAMED = Statement(
    select(MEMBERSHIP.c.pid, role_now(), MEMBERSHIP.c.until_day)
    .join(PERSONA, PERSONA.c.id == MEMBERSHIP.c.pid)
    .where(MEMBERSHIP.c.cid == _CID, PERSONA.c.name_key == bindparam("key"), is_present(PERSONA), COUNTS),
    into=Member,
)
_HOLDERS = Statement(
    select(
        PERSONA.c.name,
        PERSONA.c.pub,
        PERSONA.c.seed,
        PERSONA.c.state,
        MEMBERSHIP.c.role,
        MEMBERSHIP.c.until_day,
        case((MEMBERSHIP.c.pid == PID, YES), else_=NO),
    )
    .join(MEMBERSHIP, MEMBERSHIP.c.pid == PERSONA.c.id)
    .where(MEMBERSHIP.c.cid == _CID, holds(Role.TRANSLATOR), is_present(PERSONA), COUNTS)
    .order_by(MEMBERSHIP.c.role.desc(), PERSONA.c.name)
    .limit(literal_column(str(MOST_HOLDERS))),
    into=Holder,
)
_BUSY: Statement[Any] = Statement(
    select(func.count(MEMBERSHIP.c.pid)).where(
        MEMBERSHIP.c.cid == _CID, or_(holds(Role.TRANSLATOR), _IS_OFFERED)
    )
)
_RUNNING: Statement[Any] = Statement(
    select(
        MEMBERSHIP.c.pid,
        case((COUNTS, MEMBERSHIP.c.closing_h), else_=NO),
        case((and_(is_present(PERSONA), COUNTS), YES), else_=NO),
    )
    .join(PERSONA, PERSONA.c.id == MEMBERSHIP.c.pid, isouter=True)
    .where(_RUNS)
)
_UNRUN: Statement[Any] = Statement(
    select(COMMUNITY.c.name).where(
        COMMUNITY.c.id == _CID,
        COMMUNITY.c.state != _CLOSED,
        ~select(MEMBERSHIP.c.pid).where(_RUNS, COUNTS).exists(),
    )
)
_OVERDUE: Statement[Any] = Statement(
    select(func.count())
    .select_from(COMMUNITY)
    .where(COMMUNITY.c.closes_day > NO, COMMUNITY.c.closes_day < bindparam("before", type_=Integer))
)


def run_by(db: Read, viewer: Viewer, cid: bytes) -> tuple[list[RunBy], Asked | None]:
    """The personas that run it, and what the one in use is asked to do. Ask only after finding the community."""
    pid = viewer.pid if viewer.speaks else b""
    rows = db.all(_RUN_BY, cid=cid, pid=pid, today=clock.day())
    asked = next((asked for _, _, asked in rows if asked is not None), None)
    return [host for host, runs, _ in rows if runs][:_MOST], asked


def holders(db: Read, viewer: Viewer, cid: bytes) -> list[Holder]:
    """Who holds a role there, those who run it first. Ask only after finding the community, as one who reads it."""
    pid = viewer.pid if viewer.speaks else b""
    return db.all(_HOLDERS, cid=cid, pid=pid, today=clock.day())


def count_busy(db: Read, cid: bytes) -> int:
    """How many hold a role there, or are asked to."""
    return int(db.scalar(_BUSY, cid=cid, today=clock.day()))


def offered(db: Read, cid: bytes) -> list[Offered]:
    """Who is asked to take a role and has not answered. For those who asked."""
    return db.all(_OFFERED, cid=cid, today=clock.day())


def own_offer(db: Read, viewer: Viewer, cid: bytes) -> Asked | None:
    """What the persona in use is asked to do there."""
    return db.first(_OWN_OFFER, cid=cid, pid=viewer.pid, today=clock.day()) if viewer.speaks else None


def member_named(db: Read, cid: bytes, key: str) -> Member | None:
    """The member whose name looks like this, and what she does there. For those who may ask her."""
    return db.first(_MEMBER_NAMED, cid=cid, key=key, today=clock.day()) if key else None


def running(db: Read, cid: bytes) -> Running:
    """Those who run it, whether they are away or not, and who of them wants to close it.

    Whoever was excluded wants nothing here, and is another person all the same: to exclude the other
    one is no way of closing a place alone.
    """
    rows = db.tuples(_RUNNING, cid=cid, today=clock.day())
    return Running([Wish(bytes(pid), int(hour)) for pid, hour, _ in rows], sum(int(row[2]) for row in rows))


def is_unrun(db: Read, viewer: Viewer, cid: bytes) -> bool:
    """Whether the house's care team should find somebody who runs it; nobody else is told."""
    return viewer.has(CARE) and db.scalar(_UNRUN, cid=cid, today=clock.day()) is not None


def unrun_name(db: Read, viewer: Viewer, cid: bytes) -> str:
    """What a place is called that nobody runs any more, for the house's care team; else not found."""
    found = db.scalar(_UNRUN, cid=cid, today=clock.day()) if viewer.has(CARE) else None
    if found is None:
        raise NotFound
    return str(found)


def overdue_places(db: Read, days: int) -> int:
    """How many places should have closed, and gone, so many days ago."""
    return int(db.scalar(_OVERDUE, before=clock.day() - max(1, days)))
