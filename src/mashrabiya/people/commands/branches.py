"""Branches of invitations that have stood their time go."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, update

from mashrabiya.kernel import clock
from mashrabiya.people.sealed.persona import open_flags, seal_flags
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Statement, Write

_SWAP: Statement[None] = Statement(
    update(PERSONA)
    .where(
        PERSONA.c.id == bindparam("which", type_=LargeBinary),
        PERSONA.c.flags == bindparam("old_flags", type_=LargeBinary),
    )
    .values(flags=bindparam("new_flags", type_=LargeBinary))
)


def let_lapse(uow: Write, pid: bytes, sealed: bytes, *, field_key: bytes) -> bool:
    """The persona carries no branch any more. Where it was changed meanwhile, the next night sees to it."""
    flags = open_flags(field_key, sealed, pid).now(clock.quarter())
    return uow.run(_SWAP, which=pid, old_flags=sealed, new_flags=seal_flags(field_key, flags, pid)) > 0
