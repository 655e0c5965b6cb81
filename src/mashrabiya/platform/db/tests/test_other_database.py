"""A house on SQLite reads nothing of PostgreSQL; and where it is one, PostgreSQL is told the same."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table
from sqlalchemy.schema import CreateIndex

from mashrabiya.platform.db.statements import dialect_of, upserting
from mashrabiya.platform.db.tables import index_of_some, metadata, tell_postgresql

_SERVED = """
import sys
from mashrabiya import main
from mashrabiya.platform.hosting import serve
print([name for name in sys.modules if "postgresql" in name or name.split(".")[0] in {"psycopg", "segno"}])
"""
_MADE = Table("made_up", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer))


def _putting(adding: Any) -> Any:
    adding = adding.values(id=1, n=2)
    return adding.on_conflict_do_update(index_elements=["id"], set_={"n": adding.excluded.n})


def test_who_serves_on_sqlite_has_not_read_it() -> None:
    said = subprocess.run([sys.executable, "-c", _SERVED], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_an_index_of_some_rows_is_one_on_both() -> None:
    index_of_some("made_up_some", _MADE.c.n, where=_MADE.c.n > 0)
    tell_postgresql(_MADE.metadata)
    tell_postgresql(_MADE.metadata)
    for name in ("sqlite", "postgresql"):
        (made,) = (str(CreateIndex(one).compile(dialect=dialect_of(name))) for one in _MADE.indexes)
        assert made == "CREATE INDEX made_up_some ON made_up (n) WHERE n > 0"


def test_every_index_of_some_rows_is_told() -> None:
    tell_postgresql()
    some = [one for table in metadata.tables.values() for one in table.indexes if "where" in one.info]
    for index in some:
        assert "WHERE" in str(CreateIndex(index).compile(dialect=dialect_of("postgresql"))), index.name


def test_a_row_is_put_in_the_words_of_either() -> None:
    put = upserting(_MADE, _putting)
    for name in ("sqlite", "postgresql"):
        said = put.on(name).sql
        assert "ON CONFLICT (id) DO UPDATE SET n = excluded.n" in said
        assert said.startswith("INSERT INTO made_up")
