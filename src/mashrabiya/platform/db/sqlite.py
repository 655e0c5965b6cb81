"""A SQLite connection as the house wants it."""

from __future__ import annotations

import sqlite3

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "temp_store=MEMORY",
    "cache_size=-2048",
)
# The most that SQLite takes.
_WIDE = "mmap_size=2147418112"


def connect(path: str, *, wide: bool = False) -> sqlite3.Connection:
    """Open the file. Transactions are begun by hand; deleted rows are overwritten in the file.

    ``wide`` is for what reads from all over the file: pages are looked at where the system keeps them, and not copied.
    That is laid out anew whenever somebody has written, which costs more than a few pages do.
    """
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=512, timeout=10
    )
    for pragma in (*_PRAGMAS, _WIDE) if wide else _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    return connection
