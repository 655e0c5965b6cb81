"""Where somebody is, as far as whoever decides may know it."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.care.queries.parts import NO, constant, who
from mashrabiya.care.types import PAGE, Case, Place
from mashrabiya.communities.queries import role_now, visible
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_present
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_BELONGS = MEMBERSHIP.alias("belongs")
_WHOSE = bindparam("whose", type_=LargeBinary)
_ROLE: Statement[None] = Statement(
    select(role_now()).where(
        MEMBERSHIP.c.cid == bindparam("cid", type_=LargeBinary),
        MEMBERSHIP.c.pid == _WHOSE,
    )
)
# A carer reads of no community here that she could not open herself, and of none where the name is away.
_PLACES = Statement(
    select(
        COMMUNITY.c.id,
        COMMUNITY.c.name,
        COMMUNITY.c.seed,
        COMMUNITY.c.language,
        COMMUNITY.c.agreements,
        NO,
    )
    .select_from(COMMUNITY)
    .join(_BELONGS, _BELONGS.c.cid == COMMUNITY.c.id)
    .join(PERSONA, PERSONA.c.id == _BELONGS.c.pid)
    .where(
        _BELONGS.c.pid == _WHOSE,
        is_present(PERSONA),
        visible(COMMUNITY.c.audience, cid=COMMUNITY.c.id),
    )
    .order_by(COMMUNITY.c.name, COMMUNITY.c.id)
    .limit(constant(PAGE)),
    into=Place,
)


def role_in(db: Read, cid: bytes, pid: bytes) -> int | None:
    """What a persona does in a community; None outside."""
    found = db.scalar(_ROLE, cid=cid, whose=pid, today=clock.day())
    return None if found is None else int(found)


def places_of(db: Read, viewer: Viewer, case: Case) -> list[Place]:
    """Where a reported persona is a member and the viewer may read: it can be excluded there."""
    return db.all(_PLACES, whose=case.object, **who(viewer)) if case.is_persona else []
