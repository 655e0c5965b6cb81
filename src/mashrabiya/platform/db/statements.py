"""A SQLAlchemy statement, compiled once per database and run on the raw driver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, LargeBinary, Table, bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import ClauseElement

from mashrabiya.kernel.keys import SLOTS

T = TypeVar("T")
Arguments = Callable[[dict[str, Any]], Any]
Adding = sqlite.Insert
"""An INSERT that may say what happens where the row is there already; PostgreSQL's says it in the same words."""


@cache
def dialect_of(name: str) -> Dialect:
    """How statements are put into words for that database."""
    if name == "sqlite":
        return SQLiteDialect_pysqlite()
    # Three megabytes that a house on SQLite never needs.
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    return PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


def inserting_into(table: Table, dialect: str) -> Any:
    """An INSERT that may say what happens where the row is there already, in the words of that database."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


class Compiled:
    """The text for one driver, how named values become its arguments, and which of these are bytes."""

    __slots__ = ("arguments", "binary", "key", "sql")

    def __init__(self, clause: ClauseElement, dialect: str) -> None:
        compiled: Any = clause.compile(
            dialect=dialect_of(dialect), compile_kwargs={"render_postcompile": True}
        )
        self.sql = str(compiled)
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        names = compiled.positiontup or ()
        self.arguments: Arguments = _positional(names, fixed)
        self.binary = [isinstance(compiled.binds[name].type, LargeBinary) for name in names]
        # The same words with other kinds of values are another statement to PostgreSQL.
        self.key = self.sql + "".join("01"[binary] for binary in self.binary)


def _positional(names: Sequence[str], fixed: dict[str, Any]) -> Arguments:
    if not fixed:
        return lambda values: [values[name] for name in names]
    return lambda values: [values[name] if name in values else fixed[name] for name in names]


class Statement(Generic[T]):
    """What is asked of the database, and the shape of what comes back.

    ``into`` is a class called with the columns in order (a frozen msgspec
    Struct). Values are passed by the names of the statement's bind parameters.
    ``postgresql`` asks the same in words that only PostgreSQL knows, where its
    planner needs them; or makes it, when it is first asked there.
    """

    __slots__ = ("_compiled", "clause", "into", "postgresql")

    def __init__(
        self,
        clause: ClauseElement,
        into: Callable[..., T] | None = None,
        *,
        postgresql: ClauseElement | Callable[[], ClauseElement] | None = None,
    ) -> None:
        self.clause = clause
        self.into = into
        self.postgresql = clause if postgresql is None else postgresql
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: str) -> Compiled:
        """The compiled text for that database."""
        compiled = self._compiled.get(dialect)
        if compiled is None:
            compiled = self._compiled[dialect] = Compiled(self._clause(dialect), dialect)
        return compiled

    def _clause(self, dialect: str) -> ClauseElement:
        if dialect != "postgresql":
            return self.clause
        return self.postgresql if isinstance(self.postgresql, ClauseElement) else self.postgresql()


def upserting(table: Table, made: Callable[[Adding], ClauseElement]) -> Statement[None]:
    """What adds a row or changes it: ``made`` of an INSERT of either database. PostgreSQL's is made where it is one."""
    return Statement(
        made(inserting_into(table, "sqlite")),
        postgresql=lambda: made(inserting_into(table, "postgresql")),
    )


def sixteen(name: str) -> list[BindParameter[bytes]]:
    """Sixteen parameters for the ids of a person's slots: always all of them, used or not."""
    return list(_sixteen(name))


@cache
def _sixteen(name: str) -> tuple[BindParameter[bytes], ...]:
    # The same ones in every statement that names them so: nothing in a parameter changes.
    return tuple(bindparam(f"{name}{slot}", type_=LargeBinary) for slot in range(SLOTS))


def sibling_values(siblings: Iterable[bytes], name: str = "sibling") -> dict[str, bytes]:
    """The values for ``sixteen``; a visitor has none, which is sixteen empty ids."""
    values = list(siblings) or [b""] * SLOTS
    return {f"{name}{slot}": value for slot, value in enumerate(values)}
