"""What deleting leaves behind in the files, and how it goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from mashrabiya.platform.db import Database, Write
from mashrabiya.platform.schedules import Every, scheduled
from mashrabiya.platform.trouble import note

Nightly = Callable[[Write], None]

_IN_MEMORY = 256 * 1024 * 1024
_CHECKPOINT_TRIES = 20

_nightly: list[Nightly] = []


def nightly(tidy: Nightly) -> Nightly:
    """Register ``(uow)`` for every night, before the log is emptied: a search index, to drop words of
    deleted posts, which it keeps until it is put in order."""
    if tidy not in _nightly:
        _nightly.append(tidy)
    return tidy


def after_sweep(database: Database, tables: Sequence[str]) -> None:
    """Deleted words leave the log, or on PostgreSQL the dead rows."""
    if database.dialect == "sqlite":
        empty_log(database)
    else:
        _vacuum(database, [f'VACUUM "{name}"' for name in tables])


@scheduled("nightly", Every.NIGHT)
def tidy_nightly(database: Database) -> None:
    """Put search indexes in order, then empty the log."""
    for tidy in _nightly:
        try:
            with database.write() as uow:
                tidy(uow)
        except Exception as trouble:
            note(trouble, f"nightly {tidy.__module__}")
    if database.dialect == "sqlite":
        empty_log(database)


@scheduled("weekly", Every.WEEK)
def tidy_weekly(database: Database) -> None:
    """Write the file anew without its gaps; on PostgreSQL sweep every table."""
    if database.dialect == "sqlite":
        _write_anew(database)
        empty_log(database)
    else:
        _vacuum(database, ["VACUUM (ANALYZE)"])


def empty_log(database: Database) -> bool:
    """Move SQLite's log into the file and cut it to nothing; False when readers held it all the time."""
    for _ in range(_CHECKPOINT_TRIES):
        with database.outside() as connection:
            # Writers must not wait long for our waiting: a short time, and then again.
            connection.execute("PRAGMA busy_timeout=50")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            return True
        time.sleep(0.05)
    return False


def _write_anew(database: Database) -> None:
    with database.outside() as connection:
        if Path(database.url).stat().st_size > _IN_MEMORY:
            connection.execute("PRAGMA temp_store=FILE")
        connection.execute("VACUUM")


def _vacuum(database: Database, commands: Sequence[str]) -> None:
    # Its own lock and PostgreSQL's suffice: writers go on meanwhile.
    from mashrabiya.platform.db import postgres

    connection = postgres.connect(database.url)
    try:
        connection.execute("SET statement_timeout = 0")
        for command in commands:
            connection.execute(command.encode())
    finally:
        connection.close()
