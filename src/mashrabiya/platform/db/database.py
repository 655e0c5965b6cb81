"""Reading and writing, the same on both databases."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, insert

from mashrabiya.kernel.errors import Busy
from mashrabiya.platform.db import sqlite
from mashrabiya.platform.db.pen import Pen
from mashrabiya.platform.db.statements import Statement, inserting_into
from mashrabiya.platform.db.transactions import begin_write, end_write, undo_write
from mashrabiya.platform.db.turn import Turn
from mashrabiya.platform.db.units import Read, Write

if TYPE_CHECKING:
    from mashrabiya.kernel.events import Event

POSTGRES = ("postgresql:", "postgres:")
"""So an address of PostgreSQL begins; everything else is the path of a file."""
_WAITS_AHEAD = 1.0
"""So many seconds a second write waits for another process where the first one waited for nobody."""
MOST_AHEAD = 200
"""So many writes that wait for nothing may follow one another: SQLite's log grows by them alone."""


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
        self._turn = Turn()
        self._own_pen: _Own | None = None
        self._pen: Pen | None = None
        self._ahead = 0
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
        self._not_inside()
        with self._turn.waited_for(), self._instead(self._written_with()) as connection:
            try:
                self._begin(connection)
                self._local.writes = True
                uow = Write(self, connection)
                yield uow
                end_write(connection, self.dialect)
            except BaseException:
                undo_write(connection, self.dialect)
                raise
            finally:
                self._local.writes = False
        for told in self.after_commit:
            told(uow)

    def _begin(self, connection: Any) -> None:
        if self._pen is None:
            begin_write(connection, self.dialect)
        elif getattr(self._local, "begun", False):
            self._local.begun = False
            self._ahead += 1
        else:
            here = self._turn.is_mine
            self._pen.begin(waits=_WAITS_AHEAD if here else None, moves=not here)
            self._ahead = self._ahead if here else 0

    @contextmanager
    def ahead(self) -> Iterator[bool]:
        """Whether a write can begin without waiting for anybody. Then it has, and the next ``write`` inside is that one.

        For a thread that has to be elsewhere: SQLite's log is not moved into the file, as other writes do when it
        has grown. Never so on PostgreSQL, where every statement waits.
        """
        if not self.goes_ahead:
            yield False
            return
        with self._turn.at_once() as mine:
            self._local.begun = mine and self._begins_at_once()
            try:
                yield self._local.begun
            finally:
                if self._local.begun:
                    self._local.begun = False
                    self._written_with().execute("ROLLBACK")

    @property
    def goes_ahead(self) -> bool:
        """Whether ``ahead`` ever answers yes now, whoever writes."""
        return self.dialect == "sqlite" and self._ahead < MOST_AHEAD

    def _begins_at_once(self) -> bool:
        self._written_with()
        assert self._pen is not None
        try:
            self._pen.begin(waits=0.0, moves=False)
        except Busy:
            return False
        return True

    def _written_with(self) -> Any:
        if self.dialect != "sqlite":
            return self.connection()
        if self._pen is None:
            self._own_pen = self._kept(sqlite.connect(self.url))
            self._pen = Pen(self._own_pen.connection)
        return self._pen.connection

    def _not_inside(self) -> None:
        if self.writes_here:
            raise RuntimeError("a write inside a write would wait for itself")

    @property
    def writes_here(self) -> bool:
        """Whether this thread is in the middle of a write: what it reads now may never have happened."""
        return bool(getattr(self._local, "writes", False))

    @contextmanager
    def outside(self) -> Iterator[Any]:
        """A driver connection outside of any transaction, while no thread of this process writes.

        For what a transaction cannot hold: emptying logs, writing files anew.
        """
        self._not_inside()
        if self._turn.is_mine:
            raise RuntimeError("a write was begun ahead here")
        connection = self._connect()
        try:
            with self._turn.waited_for():
                yield connection
        finally:
            connection.close()

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
        self._pen = self._own_pen = None
        self._local = threading.local()
