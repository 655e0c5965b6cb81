"""Giving a role at the desk, taking it away, laying it down."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, delete

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import rules
from mashrabiya.library.desk.tables import DESK_DUTY
from mashrabiya.library.desk.types import NewDuty
from mashrabiya.library.guides.types import Role
from mashrabiya.people import queries as people
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write

_WHOSE = (
    DESK_DUTY.c.pid == bindparam("which_pid", type_=LargeBinary),
    DESK_DUTY.c.role == bindparam("which_role", type_=Integer),
)
_TAKE: Statement[Any] = Statement(delete(DESK_DUTY).where(*_WHOSE))
_FORGET: Statement[Any] = Statement(
    delete(DESK_DUTY).where(DESK_DUTY.c.pid == bindparam("which_pid", type_=LargeBinary))
)


def give(uow: Write, viewer: Viewer, new: NewDuty) -> None:
    """The persona of that name holds a role from today, for so many days; given again, from today anew."""
    rules.may_give(viewer).or_raise()
    wrong, found = rules.wrong_duty(new), people.find_bearer_named(uow, new.name)
    if found is None:
        wrong["name"] = "library.desk.nobody_named"
    if wrong or found is None:
        raise Invalid(wrong)
    uow.run(_TAKE, which_pid=found.id, which_role=new.role)
    uow.insert(DESK_DUTY, pid=found.id, role=new.role, until_day=clock.day() + new.days)
    audit.record(uow, "desk:role_given", role="house", rule=Role(new.role).code)


def take(uow: Write, viewer: Viewer, name: str, role: int) -> None:
    """The persona of that name holds it no more. Twice is once."""
    rules.may_give(viewer).or_raise()
    found = people.find_bearer_named(uow, name)
    if found is not None and uow.run(_TAKE, which_pid=found.id, which_role=role):
        audit.record(uow, "desk:role_ended", role="house", rule=Role(role).code)


def lay_down(uow: Write, viewer: Viewer, role: int) -> None:
    """Hold one's own role no more, by one's own wish. Twice is once."""
    if uow.run(_TAKE, which_pid=viewer.pid, which_role=role):
        audit.record(uow, "desk:role_back", role="desk", rule=Role(role).code)


def forget_person(uow: Write, pid: bytes) -> None:
    """A persona that is gone holds nothing, however often this is told."""
    uow.run(_FORGET, which_pid=pid)
