"""How a table is declared: random keys, no hidden row order, and how long its rows live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Index, MetaData, Table

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


@dataclass(frozen=True, slots=True)
class Expires:
    """Rows die when ``column`` (a number of ``unit``s since 1970) lies ``after`` units back."""

    column: str
    unit: Literal["second", "hour", "day", "month", "quarter"]
    after: int = 0


@dataclass(frozen=True, slots=True)
class Forever:
    """Rows stay until an act removes them; ``reason`` says which, for the reader of the schema."""

    reason: str


@dataclass(frozen=True, slots=True)
class ByRule:
    """Rows die by a rule that their domain registers with the retention engine under this name."""

    name: str


Retention = Expires | Forever | ByRule


def table(name: str, *parts: Any, expire: Retention, erases: str = "", files: str = "") -> Table:
    """A table without row numbers, since those would tell in which order rows were written.

    ``expire`` is its retention rule: no row type exists without one. ``erases``
    names the column that holds a persona, where there is one, so that a test can
    demand a listener which empties it when the persona goes. ``files`` names the column that
    holds the name of a picture in the store, so that none is left without a row, nor a row without it.
    """
    return Table(
        name,
        metadata,
        *parts,
        sqlite_with_rowid=False,
        info={"expire": expire, "erases": erases, "files": files},
    )


def index_of_some(name: str, *columns: Any, where: ColumnElement[bool]) -> Index:
    """An index of the rows of which something is true."""
    # Said to PostgreSQL here, it would have SQLAlchemy read all that it knows of that: three megabytes.
    return Index(name, *columns, sqlite_where=where, info={"where": where})


def tell_postgresql(tables: MetaData = metadata) -> None:
    """Say to PostgreSQL too of which rows these indexes are: before tables are made there, or compared. Safe to repeat."""
    for index in (one for made in tables.tables.values() for one in made.indexes):
        if "where" in index.info:
            index.dialect_kwargs["postgresql_where"] = index.info["where"]
