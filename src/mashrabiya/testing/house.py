"""A real house in a temporary folder, with its fixed people."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from mashrabiya import main
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform import house as settings
from mashrabiya.platform.db import Database
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.settings import Config
from mashrabiya.testing.browser import Browser

CHEAP = {"argon_memory": 8192, "argon_time": 1}


class TestHouse:
    """A house on an empty database. ``browser()`` is a visitor's."""

    __test__ = False

    def __init__(self, folder: Path, database: Database, **changes: Any) -> None:
        self.folder = folder
        self.database = database
        self.keys = ServerKeys(b"\x07" * 32)
        self._set({**CHEAP, "entry": "open", **changes})
        self.site = main.make_site(Config(data=folder), keys=self.keys, database=database)
        self.app = main.build(self.site)
        self._runner = asyncio.Runner()

    def _set(self, changes: dict[str, Any]) -> None:
        self.database.recorder = lambda uow, event: None
        with self.database.write() as uow:
            settings.save(uow, **changes)

    def change(self, **changes: Any) -> None:
        """Change settings, seen at once."""
        with self.database.write() as uow:
            settings.save(uow, **changes)
        self.site.held.refresh()

    def browser(self, language: str = "en") -> Browser:
        """A new visitor."""
        return Browser(self.app, self._runner, language)

    def visitor(self, language: str = "en") -> Viewer:
        return Viewer.visitor(Tongue.of(language))

    def close(self) -> None:
        self._runner.close()
        self.database.close()
