"""Reading reports."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, func, select

from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.tables import REPORT

_OF: Statement[None] = Statement(
    select(func.count()).select_from(REPORT).where(REPORT.c.object == bindparam("object", type_=LargeBinary))
)


def reports_of(db: Read, thing: bytes) -> int:
    """How many people reported this."""
    return int(db.scalar(_OF, object=thing) or 0)
