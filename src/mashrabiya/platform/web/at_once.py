"""Doors that write so little that the loop's own thread does it, where nobody else is writing.

Another thread costs a fifth of a reply: what it touches is fetched to another core, and whoever holds the interpreter
is waited for at each statement. What would wait for long, for a writer, another process or a slow disk, goes to one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from mashrabiya.platform.db import Database

if TYPE_CHECKING:
    from mashrabiya.platform.web.ask import Ask

T = TypeVar("T")
_TYPED = 8_000
"""So many characters are shown and written in a few milliseconds."""
_LOOK = 0.001
_PATIENCE = 0.1
"""So long the loop looks again whether nobody writes. Meanwhile it answers others."""
_LONG = 0.03
_REST = 1.0
"""After a door that took long the next ones have threads for so long: they may take long too."""


class AtOnce:
    """Those doors of one house, one after the other."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rests_until = 0.0
        self._line: asyncio.Lock | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(
        self, door: Callable[[Ask, dict[str, Any]], T], request: Ask, places: dict[str, Any]
    ) -> T | None:
        """What the door answers; None where it was not opened, since that would take long."""
        if not self._database.goes_ahead or time.monotonic() < self._rests_until or not _is_short(request):
            return None
        async with self._in_line():
            until = time.monotonic() + _PATIENCE
            while time.monotonic() < until:
                done = self._try(door, request, places)
                if done is not None:
                    return done
                await asyncio.sleep(_LOOK)
        self._rests_until = time.monotonic() + _REST
        return None

    def _try(
        self, door: Callable[[Ask, dict[str, Any]], T], request: Ask, places: dict[str, Any]
    ) -> T | None:
        began = time.monotonic()
        with self._database.ahead() as mine:
            done = door(request, places) if mine else None
        if (now := time.monotonic()) - began > _LONG:
            self._rests_until = now + _REST
        return done

    def _in_line(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        if self._line is None or self._loop is not loop:
            self._line, self._loop = asyncio.Lock(), loop
        return self._line


def _is_short(request: Ask) -> bool:
    form = request.visit.form
    return len(request.visit.body) <= _TYPED and (form is None or (not form.files and form.size <= _TYPED))
