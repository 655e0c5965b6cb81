"""The queue of jobs: work that a change asks for and that need not, or must not, happen in its transaction.

``add`` keeps a job with the change. A worker leases it, runs it without a
transaction, and deletes it in one of its own: a job runs at least once and must
be safe to run twice. A row holds an id and no clock finer than ten minutes.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database, Expires, Statement, Write, table
from mashrabiya.platform.trouble import note

JOB = table(
    "job",
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("ref", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False),
    # Both are steps of ten minutes: not before the one, and not while somebody has it until the other.
    Column("not_before", BigInteger),
    Column("leased", BigInteger),
    Column("dead_day", Integer),
    expire=Expires("dead_day", "day", 30),
)

Handler = Callable[[Database, bytes], None]

MOST_TRIES = 8
LEASE = 2 * clock.TEN_MINUTES
_LONGEST_REST = clock.DAY

_handlers: dict[str, Handler] = {}


class Job(msgspec.Struct, frozen=True):
    """A job that a worker has taken."""

    n: int
    kind: str
    ref: bytes
    tries: int


_ONE: ColumnElement[int] = literal_column("1")
_ZERO: ColumnElement[int] = literal_column("0")
_ADD: Statement[None] = Statement(
    insert(JOB).from_select(
        ["n", "kind", "ref", "tries", "not_before"],
        select(
            func.coalesce(func.max(JOB.c.n), _ZERO) + _ONE,
            bindparam("kind", type_=Text),
            bindparam("ref", type_=LargeBinary),
            _ZERO,
            bindparam("not_before", type_=BigInteger),
        ),
    )
)
_NOW = bindparam("now", type_=BigInteger)
_RIPE = Statement(
    select(JOB.c.n, JOB.c.kind, JOB.c.ref, JOB.c.tries)
    .where(
        JOB.c.dead_day.is_(None),
        or_(JOB.c.not_before.is_(None), JOB.c.not_before <= _NOW),
        or_(JOB.c.leased.is_(None), JOB.c.leased <= _NOW),
    )
    .order_by(JOB.c.n)
    .limit(1)
    .with_for_update(skip_locked=True),
    into=Job,
)
_AT = JOB.c.n == bindparam("at")
_LEASE: Statement[None] = Statement(
    update(JOB).where(_AT).values(leased=bindparam("until"), tries=JOB.c.tries + _ONE)
)
# Numbers are used again: after a lease has run out, ours may be another job's.
_OURS = (_AT, JOB.c.kind == bindparam("of_kind"), JOB.c.ref == bindparam("of_ref"))
_DONE: Statement[None] = Statement(delete(JOB).where(*_OURS))
_FAILED: Statement[None] = Statement(
    update(JOB)
    .where(*_OURS)
    .values(leased=literal_column("NULL"), not_before=bindparam("rest"), dead_day=bindparam("new_dead_day"))
)


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register what runs jobs of a kind: ``(database, ref)``, safe to run twice, done within ten minutes."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def add(uow: Write, kind: str, ref: bytes = b"", *, after: int = 0) -> None:
    """Keep a job with this change, to be run after so many seconds, counted in steps of ten minutes."""
    not_before = clock.ten_minutes() + after if after else None
    uow.run(_ADD, kind=kind, ref=ref, not_before=not_before)
    uow.jobs += 1


def step(database: Database) -> bool:
    """Run the next ripe job; False when there is none."""
    taken = _take(database)
    if taken is None:
        return False
    try:
        _handlers[taken.kind](database, taken.ref)
    except Exception as trouble:
        note(trouble, f"job {taken.kind}")
        _put_back(database, taken)
        return True
    with database.write() as uow:
        uow.run(_DONE, at=taken.n, of_kind=taken.kind, of_ref=taken.ref)
    return True


def _take(database: Database) -> Job | None:
    now = clock.ten_minutes()
    with database.read() as db:
        if db.first(_RIPE, now=now) is None:
            return None
    with database.write() as uow:
        found = uow.first(_RIPE, now=now)
        if found is not None:
            uow.run(_LEASE, at=found.n, until=now + LEASE)
    return found


def _put_back(database: Database, taken: Job) -> None:
    tries = taken.tries + 1
    rest = min(clock.TEN_MINUTES << min(tries - 1, 10), _LONGEST_REST)
    with database.write() as uow:
        uow.run(
            _FAILED,
            at=taken.n,
            of_kind=taken.kind,
            of_ref=taken.ref,
            rest=clock.ten_minutes() + rest,
            new_dead_day=clock.day() if tries >= MOST_TRIES else None,
        )
