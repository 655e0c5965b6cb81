"""What comes round by itself: every hour, every night, every week.

A schedule remembers the last hour, day or week in which it ran, nothing finer.
A run that was missed, because nothing was running, is made up for once.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from sqlalchemy import BigInteger, Column, Text, bindparam, select, update

from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database, Forever, Statement, table
from mashrabiya.platform.memory import give_back
from mashrabiya.platform.trouble import note

SCHEDULE = table(
    "schedule",
    Column("name", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
    expire=Forever("one row per schedule, an hour, day or week in it"),
)

_NIGHT = 3 * clock.HOUR


class Every(Enum):
    """How often, with what it is offset by: nights begin at three, weeks on a Monday night, in UTC."""

    HOUR = (clock.HOUR, 0)
    NIGHT = (clock.DAY, _NIGHT)
    WEEK = (7 * clock.DAY, 4 * clock.DAY + _NIGHT + clock.HOUR)

    def number(self) -> int:
        """Which hour, night or week it is."""
        length, offset = self.value
        return int((clock.now() - offset) // length)


Run = Callable[[Database], None]

_schedules: dict[str, tuple[Every, Run]] = {}

_LAST: Statement[None] = Statement(select(SCHEDULE.c.name, SCHEDULE.c.last))
_RAN: Statement[None] = Statement(
    update(SCHEDULE).where(SCHEDULE.c.name == bindparam("which")).values(last=bindparam("new_last"))
)


def scheduled(name: str, every: Every) -> Callable[[Run], Run]:
    """Register what runs every so often: ``(database)``, safe to run twice."""

    def register(run: Run) -> Run:
        _schedules[name] = (every, run)
        return run

    return register


def last_runs(database: Database) -> dict[str, int]:
    """The hour, night or week in which each schedule last ran."""
    with database.read() as db:
        return {str(name): int(last) for name, last in db.tuples(_LAST)}


def step(database: Database) -> bool:
    """Run the first schedule whose time has come; False when there is none. For the leader only."""
    last = last_runs(database)
    for name, (every, run) in _schedules.items():
        number = every.number()
        if last.get(name, -1) < number:
            _run(database, name, run)
            _remember(database, name, number)
            return True
    return False


def _run(database: Database, name: str, run: Run) -> None:
    try:
        run(database)
    except Exception as trouble:
        note(trouble, f"schedule {name}")
    # What looks through the whole house needs much for a moment, and pages that are drawn meanwhile lie between.
    give_back()


def _remember(database: Database, name: str, number: int) -> None:
    with database.write() as uow:
        if not uow.run(_RAN, which=name, new_last=number):
            uow.insert_once(SCHEDULE, name=name, last=number)
