"""One process of the house leads: it alone keeps the schedules and the staggered work.

What it holds is a lock of the operating system or of PostgreSQL, so that it is
free again the moment the process dies, and no row says when anybody was alive.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from mashrabiya.platform.db import Database

_LOCK = 7305809155948310120


class Leader:
    """Whether this process leads. Asking takes the lead when it is free."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: Any = None

    def leads(self) -> bool:
        """True while the lead is ours."""
        if self._database.dialect == "sqlite":
            return self._held is not None or self._lock_file()
        return self._still_connected() or self._lock_in_postgres()

    def resign(self) -> None:
        """Let another process lead."""
        held, self._held = self._held, None
        if isinstance(held, int):
            os.close(held)
        elif held is not None:
            # Closing alone frees the lock only when the server notices.
            with suppress(Exception):
                held.execute("SELECT pg_advisory_unlock_all()")
            held.close()

    def _lock_file(self) -> bool:
        try:
            import fcntl
        except ImportError:  # Windows: a house there has one process
            return True
        handle = os.open(f"{self._database.url}-leader", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._held = handle
        return True

    def _still_connected(self) -> bool:
        if self._held is None:
            return False
        try:
            self._held.execute("SELECT 1")
        except Exception:
            self.resign()
            return False
        return True

    def _lock_in_postgres(self) -> bool:
        from mashrabiya.platform.db import postgres

        connection = postgres.connect(self._database.url)
        row = connection.execute("SELECT pg_try_advisory_lock(%s::bigint)", (_LOCK,)).fetchone()
        if row is None or not row[0]:
            connection.close()
            return False
        self._held = connection
        return True
