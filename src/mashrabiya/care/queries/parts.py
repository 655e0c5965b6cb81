"""Who may decide where, as a condition."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
)

from mashrabiya.care.types import AS_HOST
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types import Role
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people.queries.guards import COMMUNITY, PAUSED, SITE, SLOWED
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import sixteen
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Thing

PID = bindparam("pid", type_=LargeBinary)
_CARER = bindparam("carer", type_=Integer)
_SIBLINGS = sixteen("sibling")


def constant(number: int) -> ColumnElement[int]:
    """A number written out in the statement."""
    return literal_column(str(int(number)))


def literal_role(role: str) -> ColumnElement[str]:
    """A role written out in the statement."""
    return literal_column(f"'{role}'")


YES, NO = constant(1), constant(0)
_CARES = community_queries.holds(Role.CARER)
_CLOSED: list[ColumnElement[str]] = [
    literal_column(f"'{kind}'") for kind in (SITE, COMMUNITY, PAUSED, SLOWED)
]
_SHUT = select(GUARD.c.scope).where(
    GUARD.c.kind == literal_column("'comm'"),
    GUARD.c.subject.in_(_SIBLINGS),
    GUARD.c.until_day >= bindparam("today", type_=Integer),
)


def runs(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """The persona in use runs that community, or cares for it, and is not excluded from it."""
    return and_(
        exists().where(MEMBERSHIP.c.cid == cid, MEMBERSHIP.c.pid == PID, _CARES),
        cid.not_in(_SHUT),
    )


def run_by_her() -> Select[Any]:
    """The communities that some persona of the person runs, or cares for."""
    return select(MEMBERSHIP.c.cid).where(MEMBERSHIP.c.pid.in_(_SIBLINGS), _CARES)


def any_name_runs(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """Some persona of the person runs that community, or cares for it."""
    return exists().where(MEMBERSHIP.c.cid == cid, MEMBERSHIP.c.pid.in_(_SIBLINGS), _CARES)


def of_own_place(decision: Any) -> ColumnElement[bool]:
    """It was decided on a community that the person runs, or cares for, by some persona."""
    return and_(decision.c.kind == constant(Thing.COMMUNITY), any_name_runs(decision.c.object))


def meets_a_name(decision: Any) -> ColumnElement[bool]:
    """It is about one of her names, closes something to one, or is about a community that one of them runs."""
    named = select(REPORT.c.id).where(
        REPORT.c.kind == constant(Thing.PERSONA), REPORT.c.object.in_(_SIBLINGS)
    )
    closed = select(GUARD.c.case_id).where(GUARD.c.kind.in_(_CLOSED), GUARD.c.subject.in_(_SIBLINGS))
    return or_(
        of_own_place(decision),
        and_(decision.c.kind == constant(Thing.PERSONA), decision.c.object.in_(_SIBLINGS)),
        decision.c.report.in_(named),
        decision.c.id.in_(closed),
    )


def may_decide(cid: ColumnElement[Any]) -> ColumnElement[bool]:
    """Those who run the community there; the house's care team everywhere, and alone for the house."""
    return or_(_CARER == YES, runs(cid))


def may_read_aside(aside: Any) -> ColumnElement[bool]:
    """Notes of those who run the place are read by all who may decide; those of the house's care team by it alone, but for what it wrote for both."""
    return or_(_CARER == YES, aside.c.role == literal_role(AS_HOST), aside.c.shared == YES)


def who(viewer: Viewer) -> dict[str, Any]:
    """Values for the conditions above."""
    sight = community_queries.sight(viewer)
    pid = viewer.pid if viewer.speaks else b""
    return {**sight, "pid": pid, "carer": int(viewer.has(CARE))}
