"""Reading decisions."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, func, select

from mashrabiya.care.tables import DECISION
from mashrabiya.platform.db import Read, Statement

_ON: Statement[None] = Statement(
    select(func.count())
    .select_from(DECISION)
    .where(DECISION.c.object == bindparam("object", type_=LargeBinary))
)


def decisions_on(db: Read, thing: bytes) -> int:
    """How many decisions were taken on this."""
    return int(db.scalar(_ON, object=thing) or 0)
