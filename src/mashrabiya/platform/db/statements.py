"""A SQLAlchemy statement, compiled once per database and run on the raw driver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, LargeBinary, bindparam
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.elements import ClauseElement

from mashrabiya.kernel.keys import SLOTS

T = TypeVar("T")
Arguments = Callable[[dict[str, Any]], Any]

_DIALECTS = {
    "sqlite": SQLiteDialect_pysqlite(),
    "postgresql": PGDialect_psycopg(paramstyle="numeric_dollar"),  # type: ignore[no-untyped-call]
}


class Compiled:
    """The text for one driver, how named values become its arguments, and which of these are bytes."""

    __slots__ = ("arguments", "binary", "key", "sql")

    def __init__(self, clause: ClauseElement, dialect: str) -> None:
        compiled: Any = clause.compile(
            dialect=_DIALECTS[dialect], compile_kwargs={"render_postcompile": True}
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
    planner needs them.
    """

    __slots__ = ("_compiled", "clause", "into", "postgresql")

    def __init__(
        self,
        clause: ClauseElement,
        into: Callable[..., T] | None = None,
        *,
        postgresql: ClauseElement | None = None,
    ) -> None:
        self.clause = clause
        self.into = into
        self.postgresql = clause if postgresql is None else postgresql
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: str) -> Compiled:
        """The compiled text for that database."""
        compiled = self._compiled.get(dialect)
        if compiled is None:
            clause = self.postgresql if dialect == "postgresql" else self.clause
            compiled = self._compiled[dialect] = Compiled(clause, dialect)
        return compiled


def sixteen(name: str) -> list[BindParameter[bytes]]:
    """Sixteen parameters for the ids of a person's slots: always all of them, used or not."""
    return [bindparam(f"{name}{slot}", type_=LargeBinary) for slot in range(SLOTS)]


def sibling_values(siblings: Iterable[bytes], name: str = "sibling") -> dict[str, bytes]:
    """The values for ``sixteen``; a visitor has none, which is sixteen empty ids."""
    values = list(siblings) or [b""] * SLOTS
    return {f"{name}{slot}": value for slot, value in enumerate(values)}
