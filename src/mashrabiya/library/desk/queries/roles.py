"""Who holds which role. That the persona in use holds one is read with every page of the desk."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, literal_column, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.desk import rules
from mashrabiya.library.desk.tables import DESK_DUTY
from mashrabiya.library.desk.types import MOST_HOLDERS, Desk, Holder
from mashrabiya.library.guides.types import Role
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_TODAY = bindparam("today", type_=Integer)
_OWN: Statement[Any] = Statement(
    select(DESK_DUTY.c.role).where(
        DESK_DUTY.c.pid == bindparam("pid", type_=LargeBinary), DESK_DUTY.c.until_day >= _TODAY
    )
)
_HOLDERS = Statement(
    select(DESK_DUTY.c.pid, PERSONA.c.name, PERSONA.c.seed, DESK_DUTY.c.role, DESK_DUTY.c.until_day)
    .join(PERSONA, PERSONA.c.id == DESK_DUTY.c.pid)
    .where(DESK_DUTY.c.until_day >= _TODAY)
    .order_by(DESK_DUTY.c.role, PERSONA.c.name)
    .limit(literal_column(str(MOST_HOLDERS))),
    into=Holder,
)


def find_desk(db: Read, viewer: Viewer) -> Desk:
    """What the persona in use is at the desk; nothing, for everybody else."""
    if not viewer.speaks:
        return Desk(frozenset(), host=False)
    held = db.tuples(_OWN, pid=viewer.pid, today=clock.day())
    return Desk(frozenset(Role(role) for (role,) in held), host=viewer.has(HOST))


def get_desk(db: Read, viewer: Viewer) -> Desk:
    """The same for whoever may enter; to others there is no desk."""
    desk = find_desk(db, viewer)
    rules.may_enter(desk).or_raise()
    return desk


def holders(db: Read, viewer: Viewer) -> list[Holder]:
    """Everybody who holds a role: for hosts."""
    rules.may_give(viewer).or_raise()
    return db.all(_HOLDERS, today=clock.day())
