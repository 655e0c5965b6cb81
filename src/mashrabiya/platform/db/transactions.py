"""How a write begins and ends, on either database."""

from __future__ import annotations

import sqlite3
from typing import Any

from mashrabiya.kernel.errors import Busy

CHANNEL = "mashrabiya"
_OPEN = (1, 2, 3)
"""So PostgreSQL's library says that something runs, that more may follow, and that something failed. Where the server has
gone, nothing is open."""


def begin_write(connection: Any, dialect: str) -> None:
    """Or Busy: another process writes, and for longer than the database waits for it.

    On PostgreSQL it begins with the first statement that is waited for, on one trip to the server, and Busy is raised there.
    """
    if dialect != "sqlite":
        connection.begin()
        return
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as trouble:
        if trouble.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise Busy from None
        raise


def end_write(connection: Any, dialect: str) -> None:
    """Commit; on PostgreSQL the house's other processes hear, on the same trip to the server, that something was written."""
    if dialect == "sqlite":
        connection.execute("COMMIT")
    else:
        connection.commit_and_tell()


def undo_write(connection: Any, dialect: str) -> None:
    """Nothing of it happened, whether it had begun or not."""
    if dialect != "sqlite":
        connection.forget()
    if in_transaction(connection):
        connection.execute("ROLLBACK")


def in_transaction(connection: Any) -> bool:
    """Whether a transaction is open there."""
    if hasattr(connection, "in_transaction"):
        return bool(connection.in_transaction)
    return int(connection.info.transaction_status) in _OPEN
