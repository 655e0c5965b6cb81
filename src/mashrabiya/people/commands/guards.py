"""Closing something to somebody, and opening it again. Who may decide so is care's matter."""

from __future__ import annotations

from sqlalchemy import bindparam, delete

from mashrabiya.kernel import clock
from mashrabiya.people.queries.guards import GENERATION
from mashrabiya.people.tables import GUARD
from mashrabiya.platform import house
from mashrabiya.platform.db import Statement, Write

_LIFT: Statement[None] = Statement(
    delete(GUARD).where(
        GUARD.c.kind == bindparam("which"),
        GUARD.c.scope == bindparam("where"),
        GUARD.c.subject == bindparam("whom"),
    )
)
_LIFT_ALL: Statement[None] = Statement(delete(GUARD).where(GUARD.c.scope == bindparam("where")))


def set_guard(uow: Write, kind: str, subject: bytes, *, scope: bytes = b"", days: int, case: bytes) -> None:
    """From now on, and within a second everywhere. ``subject`` is a persona, or thread and token."""
    uow.run(_LIFT, which=kind, where=scope, whom=subject)
    until = clock.day() + days
    uow.insert(GUARD, kind=kind, scope=scope, subject=subject, until_day=until, case_id=case)
    house.bump(uow, GENERATION)


def lift_guard(uow: Write, kind: str, subject: bytes, *, scope: bytes = b"") -> bool:
    """Open it again; whether it was closed."""
    lifted = uow.run(_LIFT, which=kind, where=scope, whom=subject) > 0
    house.bump(uow, GENERATION)
    return lifted


def lift_guards_of(uow: Write, scope: bytes) -> None:
    """Whatever closed a place to somebody goes with the place. Safe to repeat."""
    uow.run(_LIFT_ALL, where=scope)
    house.bump(uow, GENERATION)
