"""What queries and commands are handed: a snapshot to read, a transaction to write in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Table

from mashrabiya.platform.db.statements import Statement

if TYPE_CHECKING:
    from mashrabiya.kernel.events import Event
    from mashrabiya.platform.db.database import Database

T = TypeVar("T")


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

    def _execute(self, statement: Statement[Any], values: dict[str, Any], *, waits: bool = True) -> Any:
        compiled = statement.on(self._database.dialect)
        trace = self._database.trace
        if trace is not None:
            trace.append(compiled.sql)
        if self._database.dialect == "sqlite":
            return self._connection.execute(compiled.sql, compiled.arguments(values))
        run = self._connection.run if waits else self._connection.later
        return run(compiled, compiled.arguments(values))

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

    def do(self, statement: Statement[Any], /, **values: Any) -> None:
        """Change rows, nobody asks how many: on PostgreSQL with the next statement, which raises what is wrong with it."""
        self._execute(statement, values, waits=False)

    def drop_put_off(self) -> None:
        """What ``do`` put off never happens."""
        if self._database.dialect != "sqlite":
            self._connection.forget()

    def insert(self, into: Table, /, **values: Any) -> None:
        """Add a row."""
        self.do(self._database.inserting(into, tuple(values)), **values)

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
            self._connection.later(compiled, values)

    def insert_once(self, into: Table, /, **values: Any) -> bool:
        """Add a row unless its key is there already; answers whether it was added."""
        adding = self._database.inserting(into, tuple(values), once=True)
        return int(self._execute(adding, values).rowcount) > 0

    def record(self, event: Event) -> None:
        """Keep a fact with this change, for its listeners."""
        self.recorded += 1
        self._database.recorder(self, event)
