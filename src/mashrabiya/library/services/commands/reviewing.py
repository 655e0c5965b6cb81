"""What comes up for another check before its time."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, update

from mashrabiya.kernel import clock
from mashrabiya.library.services import queries
from mashrabiya.library.services.tables import SERVICE
from mashrabiya.library.services.types import WARNED_DAYS
from mashrabiya.platform.db import Statement, Write

_SOONER: Statement[None] = Statement(
    update(SERVICE)
    .where(SERVICE.c.id == bindparam("which", type_=LargeBinary))
    .values(next_day=bindparam("new_next_day"))
)


def look_again(uow: Write, country: str) -> int:
    """The law of a country is another: what serves it is due within the days of warning, and answers until then.

    How many; what was due sooner stays as it was. Safe to repeat.
    """
    until = clock.day() + WARNED_DAYS - 1
    due = [row for row in queries.all_open(uow) if row.next_day > until and country in row.record.countries]
    for row in due:
        uow.run(_SOONER, which=row.id, new_next_day=until)
    return len(due)
