"""The one door that answers without an end. It stands beside the others, under the same roof."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any

from mashrabiya.kernel.errors import TooMany
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.live.hub import Hub
from mashrabiya.platform.live.streams import Stream
from mashrabiya.platform.live.topics import Kind, Known, read_topics

if TYPE_CHECKING:
    from collections.abc import Callable

    from mashrabiya.platform.web.ask import Visit

PATH = "/live"
LONGEST, SHORTEST = 3600.0, 2700.0
"""Seconds after which a stream ends and its browser asks anew, drawn between these."""
_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    # A proxy that gathers answers before it hands them on would hand on nothing.
    (b"x-accel-buffering", b"no"),
)


class Live:
    """Lets browsers listen. ``opens`` looks who asks, without counting that as use of her session."""

    def __init__(self, hub: Hub, kinds: dict[str, Kind], opens: Callable[[Visit], Viewer | None]) -> None:
        self._kinds = kinds
        self._opens = opens
        self.hub = hub

    async def serve(self, visit: Visit, scope: Any, receive: Any, send: Any) -> bool:
        """Answer until one end goes. False, and nothing said, where nothing is to be listened to here."""
        if scope["method"] != "GET" or self.hub.is_full:
            return False
        excluded = self.hub.excluded
        # Reads on SQLite stay on the loop's thread, as pages do (docs/decisions/0002).
        if visit.site.database.dialect == "sqlite":
            found = self._admit(visit, _said(scope))
        else:
            found = await visit.site.threads.run(self._admit, visit, _said(scope))
        if found is None:
            return False
        sid, idles, known = found
        until = asyncio.get_running_loop().time() + random.uniform(SHORTEST, LONGEST)  # noqa: S311
        stream = Stream(send, sid, until=until, idles=idles)
        await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
        self.hub.add(stream, known)
        try:
            stream.beat()
            if self.hub.excluded is not excluded:
                # It may have been she, after she was looked at.
                stream.end()
            await _until_gone(receive)
        except asyncio.CancelledError:
            if not stream.ended:
                raise
            # This was the hub's word, not the server's.
            if stream.task is not None:
                stream.task.uncancel()
            # It has no place any more, whether or not its last words are taken.
            self.hub.drop(stream)
            await stream.take_leave()
        finally:
            self.hub.drop(stream)
        return True

    def _admit(self, visit: Visit, said: str) -> tuple[bytes, bool, Known] | None:
        """The session, whether it may lie idle, and what is listened to: nothing else of her is kept."""
        viewer = self._opens(visit)
        if viewer is None or viewer.work is None:
            return None
        try:
            visit.site.spend("live", viewer.work.budget_key(), None)
        except TooMany:
            return None
        asked = read_topics(said, {name: kind.size for name, kind in self._kinds.items()})
        known: Known = {}
        with visit.site.database.read() as db:
            for name, kind in self._kinds.items():
                keys = [key for one, key in asked if one == name]
                known.update({(name, key): asked[name, key] for key in kind.readable(db, viewer, keys)})
        return (viewer.sid, bool(viewer.lock_minutes), known) if known else None


def _said(scope: Any) -> str:
    """The topics with the numbers she knows: as she said them last, if she was here before."""
    for name, value in scope["headers"]:
        if name == b"last-event-id" and value:
            return str(value.decode("latin-1"))
    query = scope["query_string"].decode("latin-1")
    return next((part[2:] for part in query.split("&") if part.startswith("t=")), "")


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
