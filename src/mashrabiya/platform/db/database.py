"""Reading and writing, the same on both databases."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Table, bindparam, insert

from mashrabiya.kernel.errors import Busy
from mashrabiya.platform.db import sqlite
from mashrabiya.platform.db.statements import Statement, inserting_into
from mashrabiya.platform.db.transactions import begin_write, end_write, in_transaction

if TYPE_CHECKING:
    from mashrabiya.kernel.events import Event

T = TypeVar("T")
POSTGRES = ("postgresql:", "postgres:")
"""So an address of PostgreSQL begins; everything else is the path of a file."""
PATIENCE = 30.0
"""So long one write waits for another of this process: longer than SQLite and PostgreSQL wait for one elsewhere."""


class Read:
    """One snapshot of the house. Every query takes it first, and the viewer second."""

    __slots__ = ("_connection", "_database")

    def __init__(self, database: Database, connection: Any) -> None:
        self._database = database
        self._connection = connection

    @property
    def dialect(self) -> str:
        return self._database.dialect

    @property
    def folder(self) -> Path | None:
        """Where the files lie that rows name."""
        return self._database.folder

    def _execute(self, statement: Statement[Any], values: dict[str, Any]) -> Any:
        compiled = statement.on(self._database.dialect)
        trace = self._database.trace
        if trace is not None:
            trace.append(compiled.sql)
        if self._database.dialect == "sqlite":
            return self._connection.execute(compiled.sql, compiled.arguments(values))
        return self._connection.run(compiled, compiled.arguments(values))

    def all(self, statement: Statement[T], /, **values: Any) -> list[T]:
        """Every row, in the statement's shape."""
        into: Any = statement.into
        return [into(*row) for row in self._execute(statement, values)]

    def first(self, statement: Statement[T], /, **values: Any) -> T | None:
        """The first row in the statement's shape, or None."""
        row = self._execute(statement, values).fetchone()
        into: Any = statement.into
        return None if row is None else into(*row)

    def scalar(self, statement: Statement[Any], /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self._execute(statement, values).fetchone()
        return None if row is None else row[0]

    def tuples(self, statement: Statement[Any], /, **values: Any) -> list[tuple[Any, ...]]:
        """Every row as it comes."""
        return list(self._execute(statement, values))


class Write(Read):
    """One transaction. Commands change rows and record facts in it; none of them commits.

    ``recorded`` counts the facts, ``waiting`` those that the worker has to tell once it is committed, ``jobs`` what
    it has to run.
    """

    __slots__ = ("jobs", "recorded", "waiting")

    def __init__(self, database: Database, connection: Any) -> None:
        super().__init__(database, connection)
        self.recorded = self.waiting = self.jobs = 0

    def run(self, statement: Statement[Any], /, **values: Any) -> int:
        """Change rows; answers how many."""
        return int(self._execute(statement, values).rowcount)

    def insert(self, into: Table, /, **values: Any) -> None:
        """Add a row."""
        self._execute(self._database.inserting(into, tuple(values)), values)

    def insert_all(self, into: Table, rows: Sequence[dict[str, Any]], /) -> None:
        """Add rows, all of the same columns."""
        if not rows:
            return
        compiled = self._database.inserting(into, tuple(rows[0])).on(self._database.dialect)
        if self._database.trace is not None:
            self._database.trace += [compiled.sql] * len(rows)
        each = map(compiled.arguments, rows)
        if self._database.dialect == "sqlite":
            self._connection.executemany(compiled.sql, each)
            return
        for values in each:
            self._connection.run(compiled, values)

    def insert_once(self, into: Table, /, **values: Any) -> bool:
        """Add a row unless its key is there already; answers whether it was added."""
        adding = self._database.inserting(into, tuple(values), once=True)
        return int(self._execute(adding, values).rowcount) > 0

    def record(self, event: Event) -> None:
        """Keep a fact with this change, for its listeners."""
        self.recorded += 1
        self._database.recorder(self, event)


def _no_recorder(_uow: Write, event: Event) -> None:
    raise RuntimeError(f"no outbox keeps {event!r}")


class _Own:
    """A thread's connection, for as long as there is the thread.

    Web servers let idle threads end and start others: what they leave open would add up until
    no file can be opened any more, and no further connection is taken by PostgreSQL.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.close = weakref.finalize(self, connection.close)


class Database:
    """A house's database. ``url`` is a file path, or ``postgresql://…``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.dialect = "postgresql" if url.startswith(POSTGRES) else "sqlite"
        self.recorder: Callable[[Write, Event], None] = _no_recorder
        self.after_commit: list[Callable[[Write], None]] = []
        self.trace: list[str] | None = None
        # Where the files lie that rows name; main says it.
        self.folder: Path | None = None
        self._local = threading.local()
        self._writer = threading.Lock()
        self._writes_with: _Own | None = None
        self._inserts: dict[tuple[str, tuple[str, ...], bool], Statement[Any]] = {}
        self._open: weakref.WeakSet[_Own] = weakref.WeakSet()

    def connection(self) -> Any:
        """This thread's own connection; another one where the server has ended it."""
        connection = getattr(self._local, "connection", None)
        if connection is None or (self.dialect != "sqlite" and connection.closed):
            own = self._local.own = self._kept(self._connect())
            connection = self._local.connection = own.connection
        return connection

    def _kept(self, connection: Any) -> _Own:
        own = _Own(connection)
        self._open.add(own)
        return own

    def _connect(self) -> Any:
        if self.dialect == "sqlite":
            return sqlite.connect(self.url)
        from mashrabiya.platform.db import postgres

        return postgres.connect(self.url)

    @contextmanager
    def read(self, *, wide: bool = False) -> Iterator[Read]:
        """A snapshot: on SQLite a deferred transaction, on PostgreSQL plain reads.

        ``wide`` is for what reads from all over the house.
        """
        connection = self.connection()
        # A reader inside a reader (settings looked at again) shares its snapshot.
        if self.dialect != "sqlite" or connection.in_transaction:
            yield Read(self, connection)
            return
        with self._instead(self._wide() if wide else connection) as reading:
            reading.execute("BEGIN")
            try:
                yield Read(self, reading)
            finally:
                reading.execute("COMMIT")

    def _wide(self) -> Any:
        own = getattr(self._local, "wide", None)
        if own is None:
            own = self._local.wide = self._kept(sqlite.connect(self.url, wide=True))
        return own.connection

    @contextmanager
    def _instead(self, connection: Any) -> Iterator[Any]:
        """This connection as the thread's own, for a while."""
        own = self.connection()
        self._local.connection = connection
        try:
            yield connection
        finally:
            self._local.connection = own

    def glance(self) -> Read:
        """Statements of which each may see its own moment: they cost no transaction around them."""
        return Read(self, self.connection())

    @contextmanager
    def write(self) -> Iterator[Write]:
        """The one writing transaction of the moment; everything in it happens, or nothing."""
        with self._turn(), self._instead(self._pen()) as connection:
            try:
                begin_write(connection, self.dialect)
                self._local.writes = True
                uow = Write(self, connection)
                yield uow
                end_write(connection, self.dialect)
            except BaseException:
                if in_transaction(connection):
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._local.writes = False
        for told in self.after_commit:
            told(uow)

    def _pen(self) -> Any:
        """What writes. On SQLite one connection for all threads, for whoever has the turn.

        What a connection has read of the file it keeps until another one writes: with one for each thread nobody would
        keep anything.
        """
        if self.dialect != "sqlite":
            return self.connection()
        if self._writes_with is None:
            self._writes_with = self._kept(sqlite.connect(self.url))
        return self._writes_with.connection

    @property
    def writes_here(self) -> bool:
        """Whether this thread is in the middle of a write: what it reads now may never have happened."""
        return bool(getattr(self._local, "writes", False))

    @contextmanager
    def outside(self) -> Iterator[Any]:
        """A driver connection outside of any transaction, while no thread of this process writes.

        For what a transaction cannot hold: emptying logs, writing files anew.
        """
        connection = self._connect()
        try:
            with self._turn():
                yield connection
        finally:
            connection.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The one writer's place in this process. Nobody waits in it for herself, nor for anybody without end."""
        if self.writes_here:
            raise RuntimeError("a write inside a write would wait for itself")
        if not self._writer.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            self._writer.release()

    def inserting(self, into: Table, columns: tuple[str, ...], *, once: bool = False) -> Statement[Any]:
        """The INSERT for these columns, compiled once."""
        key = (into.name, columns, once)
        statement = self._inserts.get(key)
        if statement is None:
            named = {name: bindparam(name, type_=into.c[name].type) for name in columns}
            clause: Any = insert(into)
            if once:
                clause = inserting_into(into, self.dialect).on_conflict_do_nothing()
            statement = self._inserts[key] = Statement(clause.values(named))
        return statement

    def close(self) -> None:
        """Close every connection of this process."""
        for own in list(self._open):
            own.close()
        self._open.clear()
        self._writes_with = None
        self._local = threading.local()
