"""Rows that name pictures, and the pictures themselves: neither stays without the other.

A picture is kept before its row is written, and dropped after its row is gone. So
whatever ends a process in between leaves at worst a file that no row names. Those
are found by night, once they are so old that no row can be on its way any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import LargeBinary, Table, bindparam, delete, select

from mashrabiya.platform.db import Database, Read, Statement, metadata
from mashrabiya.platform.media.store import SMALL, Store

FOLDER = "media"
SETTLED = 3600.0
"""Seconds after which a file without a row is on its way nowhere."""


@dataclass(frozen=True, slots=True)
class Strays:
    """What has lost its other half: files without a row, and rows without a file, by name."""

    files: tuple[str, ...]
    rows: tuple[str, ...]
    is_folder_gone: bool
    """Rows, and not one file: the folder lies elsewhere, and nothing should be deleted for that."""


def store_of(folder: Path | None) -> Store:
    """The pictures of the house whose files lie there."""
    if folder is None:
        raise RuntimeError("nobody said where the files of this house lie")
    return Store(folder / FOLDER)


def strays(database: Database, store: Store) -> Strays:
    """Files are read first, rows then, and each file that is missing is looked for once more."""
    kept, settled = set(store.names()), set(store.names(settled=SETTLED))
    with database.read() as db:
        named = {bytes(name).hex() for table in _tables() for (name,) in db.tuples(_named(table))}
    missing = tuple(sorted(name for name in named - kept if store.open(name, SMALL) is None))
    return Strays(tuple(sorted(settled - named)), missing, bool(named) and not kept)


def sweep(database: Database) -> int:
    """Drop files without a row and rows without a file; answers how many. Safe to run twice."""
    store = store_of(database.folder)
    found = strays(database, store)
    for name in found.files:
        store.drop(name)
    rows = () if found.is_folder_gone else found.rows
    for name in rows:
        with database.write() as uow:
            for table in _tables():
                uow.run(_gone(table), name=bytes.fromhex(name))
    return len(found.files) + len(rows)


def drop(db: Read, name: bytes) -> None:
    """The picture of that name is gone. To drop twice is to drop once."""
    store_of(db.folder).drop(name.hex())


def _tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.info.get("files")]


@cache
def _named(table: Table) -> Statement[None]:
    return Statement(select(table.c[table.info["files"]]))


@cache
def _gone(table: Table) -> Statement[None]:
    column = table.c[table.info["files"]]
    return Statement(delete(table).where(column == bindparam("name", type_=LargeBinary)))
