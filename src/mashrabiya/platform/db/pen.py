"""What writes on SQLite."""

from __future__ import annotations

from typing import Any

from mashrabiya.platform.db.transactions import begin_write

_WAITS = {True: "PRAGMA busy_timeout=10000", False: "PRAGMA busy_timeout=0"}
_MOVES = {True: "PRAGMA wal_autocheckpoint=1000", False: "PRAGMA wal_autocheckpoint=0"}


class Pen:
    """One connection for all threads, for whoever has the turn.

    What a connection has read of the file it keeps until another one writes: with one for each thread nobody would
    keep anything.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._waits = self._moves = True

    def begin(self, *, waits: bool = True, moves: bool = True) -> None:
        """Begin to write, or Busy.

        ``waits`` for another process that writes. ``moves`` the log into the file when it has grown, which waits for the disk.
        """
        if waits is not self._waits:
            self.connection.execute(_WAITS[waits]).close()
            self._waits = waits
        if moves is not self._moves:
            self.connection.execute(_MOVES[moves]).close()
            self._moves = moves
        begin_write(self.connection, "sqlite")
