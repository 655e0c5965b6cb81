"""Making the tables at once: for tests and samples. Real houses go through migrations/."""

from __future__ import annotations

from typing import Any

from sqlalchemy.schema import CreateIndex, CreateTable

from mashrabiya.platform.db.database import Database
from mashrabiya.platform.db.statements import dialect_of
from mashrabiya.platform.db.tables import metadata, tell_postgresql


def create_all(database: Database) -> None:
    """Every table and index that the imported domains declare."""
    dialect: Any = dialect_of(database.dialect)
    if database.dialect == "postgresql":
        tell_postgresql()
    connection = database.connection()
    for table in metadata.sorted_tables:
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
