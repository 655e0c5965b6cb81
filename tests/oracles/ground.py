"""Where a house stands that is to begin again and again: a file that is copied, or a database of a server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from mashrabiya.platform.db import Database
from mashrabiya.platform.db.schema import create_all
from mashrabiya.testing.postgres import Postgres

_FILE = "house.db"


class Ground:
    """Its folder, and its database: on SQLite in it, on PostgreSQL on the server that is given."""

    def __init__(self, folder: Path, server: Postgres | None = None) -> None:
        self.folder, self._server = folder, server
        self._url = server.create() if server else str(folder / _FILE)

    def empty(self) -> Database:
        """With every table, and nothing in them."""
        database = Database(self._url)
        create_all(database)
        return database

    @contextmanager
    def again(self, folder: Path) -> Iterator[Database]:
        """A copy of all that stood there when it was put away, forgotten afterwards."""
        shutil.copytree(self.folder, folder)
        if self._server is None:
            yield Database(str(folder / _FILE))
            return
        url = self._server.create(urlsplit(self._url).path[1:])
        try:
            yield Database(url)
        finally:
            self._server.drop(url)
