"""How a write begins and ends, on either database."""

from __future__ import annotations

import sqlite3
from typing import Any

from mashrabiya.kernel.errors import Busy

# One writer for the house, as on SQLite: what a command reads is still true when it writes.
_TAKEN = ((sqlite3.SQLITE_BUSY, None), (None, "55P03"))
"""How SQLite and PostgreSQL say that somebody else has what was waited for."""
CHANNEL = "mashrabiya"
_COMMIT_AND_TELL = f"NOTIFY {CHANNEL}; COMMIT"
_ONE_WRITER = "BEGIN; SELECT pg_advisory_xact_lock(7305809155948310119)"


def begin_write(connection: Any, dialect: str) -> None:
    """Or Busy: another process writes, and for longer than the database waits for it."""
    try:
        if dialect == "sqlite":
            connection.execute("BEGIN IMMEDIATE")
        else:
            # Both at once: each asking is a way to the server and back.
            connection.execute(_ONE_WRITER, prepare=False)
    except Exception as trouble:
        told = getattr(trouble, "sqlite_errorcode", None), getattr(trouble, "sqlstate", None)
        if told in _TAKEN:
            raise Busy from None
        raise


def end_write(connection: Any, dialect: str) -> None:
    """Commit; on PostgreSQL the house's other processes hear, in the same way to the server, that something was written."""
    if dialect == "sqlite":
        connection.execute("COMMIT")
    else:
        connection.execute(_COMMIT_AND_TELL, prepare=False)


def in_transaction(connection: Any) -> bool:
    """Whether a transaction is open there."""
    if hasattr(connection, "in_transaction"):
        return bool(connection.in_transaction)
    return int(connection.info.transaction_status) != 0
