"""The hourly sweep."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import MetaData, Table, bindparam, delete, func, select, tuple_

from mashrabiya.kernel import clock
from mashrabiya.platform.db import ByRule, Database, Expires, Read, Statement, Write, metadata
from mashrabiya.platform.retention.files import after_sweep
from mashrabiya.platform.schedules import Every, scheduled
from mashrabiya.platform.trouble import note

Rule = Callable[[Write], int]
Overdue = Callable[[Read, int], int]

BATCH = 500
# A rule that never finds its end would hold up all others.
_MOST_BATCHES = 2000

_rules: dict[str, Rule] = {}
_overdue: dict[str, Overdue] = {}
_statements: dict[Table, Statement[None]] = {}

_NOW: dict[str, Callable[[], int]] = {
    "second": lambda: int(clock.now()),
    "hour": clock.hour,
    "day": clock.day,
    "month": clock.month,
    "quarter": clock.quarter,
}


class MissingRule(Exception):
    """A table leaves its retention to a rule that no domain has registered."""


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a rule: ``(uow) -> how many rows``, one batch at a time, zero when nothing is left to do.

    Rules also coarsen what must not stay as exact as it was written.
    """

    def register(carry_out: Rule) -> Rule:
        _rules[name] = carry_out
        return carry_out

    return register


def overdue(name: str) -> Callable[[Overdue], Overdue]:
    """Register how a rule is held to account: ``(db, days) -> how many rows should have gone so many days ago``."""

    def register(count: Overdue) -> Overdue:
        _overdue[name] = count
        return count

    return register


def overstayed(db: Read, table: Table, days: int) -> int | None:
    """How many rows of a table should have gone so many days ago; None where nobody can tell."""
    expire = table.info["expire"]
    if isinstance(expire, ByRule):
        count = _overdue.get(expire.name)
        return None if count is None else count(db, days)
    if not isinstance(expire, Expires):
        return 0
    before = _NOW[expire.unit]() - expire.after - max(1, days * _A_DAY[expire.unit])
    old = select(func.count()).select_from(table).where(table.c[expire.column] < bindparam("before"))
    counted: Statement[None] = Statement(old)
    return int(db.scalar(counted, before=before))


_A_DAY = {"second": clock.DAY, "hour": 24, "day": 1, "month": 0, "quarter": 0}


def check(tables: MetaData = metadata) -> None:
    """Raise MissingRule unless every rule that a table names is registered. Called before serving."""
    named = {expire.name for t in tables.tables.values() if isinstance(expire := t.info["expire"], ByRule)}
    missing = named - _rules.keys()
    if missing:
        raise MissingRule(", ".join(sorted(missing)))


def sweep(database: Database, tables: MetaData = metadata) -> int:
    """Delete what has expired everywhere; answers how many rows. One failure never stops the rest."""
    gone = 0
    for name, carry_out in _rules.items():
        gone += _until_done(database, carry_out, f"retention rule {name}")
    for table in reversed(tables.sorted_tables):
        expire = table.info["expire"]
        if isinstance(expire, Expires):
            gone += _until_done(database, _expiring(table, expire), f"retention of {table.name}")
    after_sweep(database, _sensitive(tables))
    return gone


@scheduled("retention", Every.HOUR)
def sweep_hourly(database: Database) -> None:
    """The sweep as the schedules know it."""
    sweep(database)


def _until_done(database: Database, carry_out: Rule, place: str) -> int:
    gone = 0
    try:
        for _ in range(_MOST_BATCHES):
            with database.write() as uow:
                rows = carry_out(uow)
            if not rows:
                break
            gone += rows
    except Exception as trouble:
        note(trouble, place)
    return gone


def _expiring(table: Table, expire: Expires) -> Rule:
    before = _NOW[expire.unit]() - expire.after
    statement = _deletion(table, expire)
    return lambda uow: uow.run(statement, before=before)


def _deletion(table: Table, expire: Expires) -> Statement[None]:
    found = _statements.get(table)
    if found is None:
        keys = list(table.primary_key.columns)
        old = select(*keys).where(table.c[expire.column] < bindparam("before")).limit(BATCH)
        # One column or several: a row value works on both databases, but one column is quicker.
        key = keys[0] if len(keys) == 1 else tuple_(*keys)
        found = _statements[table] = Statement(delete(table).where(key.in_(old)))
    return found


def _sensitive(tables: MetaData) -> Sequence[str]:
    """Tables whose rows come and go, or name a persona."""
    return [t.name for t in tables.tables.values() if isinstance(t.info["expire"], (Expires, ByRule))]
