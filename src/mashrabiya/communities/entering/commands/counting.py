"""Counts of a week, from which the log of a place is made."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, literal_column, update

from mashrabiya.communities.entering.tables import WAY_COUNT
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Statement, Write

_WEEK, _MONDAY = 7, 4
_MORE: Statement[Any] = Statement(
    update(WAY_COUNT)
    .where(
        WAY_COUNT.c.cid == bindparam("of_cid", type_=LargeBinary),
        WAY_COUNT.c.day == bindparam("of_day", type_=Integer),
        WAY_COUNT.c.what == bindparam("of_what"),
    )
    .values(n=WAY_COUNT.c.n + literal_column("1"))
)


def count(uow: Write, cid: bytes, what: str) -> None:
    """Once more in this week, for the log of the place."""
    today = clock.day()
    monday = today - (today - _MONDAY) % _WEEK
    if not uow.run(_MORE, of_cid=cid, of_day=monday, of_what=what):
        uow.insert(WAY_COUNT, cid=cid, day=monday, what=what, n=1)
