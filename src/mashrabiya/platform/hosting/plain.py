"""One plain copy of a house in one file, the same for both databases.

The copy is a SQLite file with every table, those of EXCLUDED empty: what is
delivered, sealed for a session or meant to be gone soon is not carried into
copies. It is written to memory where the machine has some, never beside the
house, and whoever made it unlinks it as soon as it is sealed.
"""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from mashrabiya.platform.db import Database, Statement, metadata, migrations
from mashrabiya.platform.hosting.household import HostingTrouble

EXCLUDED = (
    "session",
    "answerable",
    "proposal",
    "notice",
    "mail",
    "boxkey",
    "due",
    "once",
    "outbox",
    "job",
    "submission",
)
VERSION = "alembic_version"
_RAM = Path("/dev/shm")  # noqa: S108 - memory, not a folder for everybody's files
_PREFIX = "mashrabiya-"
_LIVES = "lives"
_AT_ONCE = 1000


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder for its owner alone, in memory where the machine offers it; gone after the block.

    Of one that was killed inside its block, readable rows stay: the next one forgets them.
    """
    base = _RAM if _RAM.is_dir() else Path(tempfile.gettempdir())
    forget_left(base)
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=base) as folder,
        (Path(folder) / _LIVES).open("w") as lives,
    ):
        fcntl.flock(lives, fcntl.LOCK_EX)
        yield Path(folder)


def forget_left(base: Path) -> None:
    """Remove the folders of ours whose process has ended: its lock ended with it."""
    for folder in base.glob(f"{_PREFIX}*"):
        with suppress(OSError), (folder / _LIVES).open() as lives:
            fcntl.flock(lives, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


def write_plain(database: Database, path: Path) -> None:
    """Write the copy to ``path``. It holds no free page and no excluded row."""
    if database.dialect == "sqlite":
        database.connection().execute("VACUUM INTO ?", (str(path),))
        _leave_out(path)
    else:
        migrations.upgrade(str(path))
        _leave_out(path)
        _copy_out(database, path)
    path.chmod(0o600)


def _leave_out(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=MEMORY")
        copy.execute("PRAGMA secure_delete=ON")
        for name in tables_of(copy) & set(EXCLUDED):
            copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 - the name comes from the list above
        copy.execute("VACUUM")


def tables_of(copy: sqlite3.Connection) -> set[str]:
    """The names of all tables."""
    return {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def kept_tables() -> list[Table]:
    """The tables that a copy carries, those that are pointed at first."""
    return [table for table in metadata.sorted_tables if table.name not in EXCLUDED]


def _copy_out(database: Database, path: Path) -> None:
    """PostgreSQL's rows, all as of one moment, in the order of their random keys."""
    source = database.connection()
    target = Database(str(path))
    try:
        source.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in kept_tables():
            with source.cursor(name="rows") as rows:
                rows.execute(_everything(table).on(database.dialect).sql)
                _fill(target, table, rows)
    finally:
        source.execute("ROLLBACK")
        target.close()


def copy_in(path: Path, database: Database) -> None:
    """Put the rows of a plain copy into an empty database that has all tables already."""
    source = Database(str(path))
    try:
        for table in kept_tables():
            _fill(database, table, source.connection().execute(_everything(table).on("sqlite").sql))
    finally:
        source.close()


def _everything(table: Table) -> Statement[Any]:
    return Statement(select(*table.c).order_by(*table.primary_key.columns))


def _fill(database: Database, table: Table, rows: Any) -> None:
    names = [column.name for column in table.c]
    while batch := rows.fetchmany(_AT_ONCE):
        with database.write() as uow:
            for row in batch:
                uow.insert(table, **dict(zip(names, row, strict=True)))


def check_plain(path: Path) -> None:
    """Refuse what is no whole copy of a house."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            complete = {"house", VERSION} <= tables_of(copy)
    except sqlite3.DatabaseError:
        sound = complete = False
    if not sound or not complete:
        raise HostingTrouble("terminal.not_whole")
