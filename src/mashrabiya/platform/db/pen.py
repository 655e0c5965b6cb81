"""What writes on SQLite."""

from __future__ import annotations

import time
from typing import Any

from mashrabiya.kernel.errors import Busy
from mashrabiya.platform.db.transactions import begin_write

PATIENCE = 10.0
"""So long a write waits for another process, in seconds."""
_LOOK = 0.001
_MOVES = {True: "PRAGMA wal_autocheckpoint=1000", False: "PRAGMA wal_autocheckpoint=0"}


class Pen:
    """One connection for all threads, for whoever has the turn.

    What a connection has read of the file it keeps until another one writes: with one for each thread nobody would
    keep anything.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._moves = True
        # SQLite's own waiting sleeps longer each time, up to a tenth of a second: of two busy processes one starves.
        connection.execute("PRAGMA busy_timeout=0").close()

    def begin(self, *, waits: float | None = None, moves: bool = True) -> None:
        """Begin to write, or Busy.

        ``waits`` for another process that writes, so many seconds. ``moves`` the log into the file when it has grown,
        which waits for the disk.
        """
        if moves is not self._moves:
            self.connection.execute(_MOVES[moves]).close()
            self._moves = moves
        until = time.monotonic() + (PATIENCE if waits is None else waits)
        while not self._begins(until):
            time.sleep(_LOOK)

    def _begins(self, until: float) -> bool:
        try:
            begin_write(self.connection, "sqlite")
        except Busy:
            if time.monotonic() >= until:
                raise
            return False
        return True
