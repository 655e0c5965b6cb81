"""What waits in the background, for ``mashrabiya doctor``: kinds and numbers, never ids."""

from __future__ import annotations

import msgspec
from sqlalchemy import func, select

from mashrabiya.platform import due
from mashrabiya.platform.db import Database, Read, Statement
from mashrabiya.platform.outbox import OUTBOX
from mashrabiya.platform.queue import JOB
from mashrabiya.platform.schedules import Every, last_runs


class Backlog(msgspec.Struct, frozen=True):
    """``facts`` and ``jobs`` wait; the ``dead`` ones were given up; ``late`` rows are a day overdue.

    ``retention_hours`` is how long ago the hourly sweep last ran, or None if it never did.
    """

    facts: int
    jobs: int
    dead_facts: dict[str, int]
    dead_jobs: dict[str, int]
    late: int
    retention_hours: int | None

    @property
    def is_well(self) -> bool:
        """Whether nobody need look."""
        kept_up = self.retention_hours is not None and self.retention_hours <= _KEPT_UP
        return kept_up and not (self.dead_facts or self.dead_jobs or self.late)


_KEPT_UP = 3

_FACTS: Statement[None] = Statement(
    select(func.count()).select_from(OUTBOX).where(OUTBOX.c.dead_day.is_(None))
)
_JOBS: Statement[None] = Statement(select(func.count()).select_from(JOB).where(JOB.c.dead_day.is_(None)))
_DEAD_FACTS: Statement[None] = Statement(
    select(OUTBOX.c.kind, func.count()).where(OUTBOX.c.dead_day.is_not(None)).group_by(OUTBOX.c.kind)
)
_DEAD_JOBS: Statement[None] = Statement(
    select(JOB.c.kind, func.count()).where(JOB.c.dead_day.is_not(None)).group_by(JOB.c.kind)
)


def backlog(database: Database) -> Backlog:
    """How the background stands."""
    last = last_runs(database).get("retention")
    with database.read() as db:
        return Backlog(
            facts=int(db.scalar(_FACTS)),
            jobs=int(db.scalar(_JOBS)),
            dead_facts=_by_kind(db, _DEAD_FACTS),
            dead_jobs=_by_kind(db, _DEAD_JOBS),
            late=due.late(db),
            retention_hours=None if last is None else Every.HOUR.number() - last,
        )


def _by_kind(db: Read, statement: Statement[None]) -> dict[str, int]:
    return {str(kind): int(count) for kind, count in db.tuples(statement)}
