"""Hearing that something was written, here or by another process of the house."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from mashrabiya.platform.db import Database
from mashrabiya.platform.db.transactions import CHANNEL
from mashrabiya.platform.trouble import note

_HEARS, _REST = 5.0, 1.0


class Bell:
    """Rings after a write. Within this process it is told of each; on SQLite another's shows in a counter of the
    file, on PostgreSQL each write notifies. That something was written is all that is ever said."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rung = asyncio.Event()
        self._waits = False
        self._version: Any = None
        self._listener: _Listener | None = None
        database.after_commit.append(lambda _uow: self.ring())

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on somebody waits for it."""
        self._loop, self._rung = loop, asyncio.Event()
        self._rung.set()
        if self._database.dialect != "sqlite":
            self._listener = _Listener(self._database.url, self.ring)

    def end(self) -> None:
        """Nobody waits any more."""
        self._loop = None
        if self._listener is not None:
            self._listener.end()
            self._listener = None

    def ring(self) -> None:
        """From any thread; costs next to nothing where nobody waits, or where it has rung already."""
        loop = self._loop
        if loop is not None and self._waits and not loop.is_closed():
            self._waits = False
            loop.call_soon_threadsafe(self._rung.set)

    async def wait(self, seconds: float) -> bool:
        """Whether something was written since; answers after so many seconds in any case."""
        if not self._rung.is_set():
            try:
                await asyncio.wait_for(self._rung.wait(), seconds)
            except TimeoutError:
                return self._is_written_elsewhere()
        self._waits = True
        self._rung.clear()
        self._is_written_elsewhere()
        return True

    def _is_written_elsewhere(self) -> bool:
        """SQLite counts, for each connection, the commits of others."""
        if self._database.dialect != "sqlite":
            return False
        before = self._version
        self._version = self._database.connection().execute("PRAGMA data_version").fetchone()[0]
        return bool(before != self._version)


class _Listener:
    """A thread that hears what PostgreSQL's other clients notify."""

    def __init__(self, url: str, ring: Any) -> None:
        self._url, self._ring = url, ring
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()

    def _run(self) -> None:
        import psycopg

        while not self._over.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    self._hear(connection)
            except psycopg.Error as trouble:
                if not self._over.wait(_REST):
                    note(trouble, "listening to the database")

    def _hear(self, connection: Any) -> None:
        """Until it is over; what came before somebody listened counts as heard now."""
        connection.execute(f"LISTEN {CHANNEL}".encode())
        self._ring()
        while not self._over.is_set():
            for _ in connection.notifies(timeout=_HEARS, stop_after=1):
                self._ring()
