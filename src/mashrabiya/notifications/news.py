"""Whether something is new for somebody, for one word beside a tab: known in memory, looked for beside her requests.

Every five minutes at most, and never in the request that shows it, so that no page asks one statement more. Of a session that is
due the viewer waits here for a second; what is kept then is its number and yes or no. The same look makes good the rows of
what she follows, and says that she is here: nothing need be told to her outside.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import suppress

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications import queries, rules
from mashrabiya.notifications.commands.stirs import Stirs
from mashrabiya.notifications.commands.subs import Subs
from mashrabiya.notifications.pushes import Pushes
from mashrabiya.notifications.seen import SeenKeys
from mashrabiya.platform.db import Database, Read

_EVERY = 300.0
_SOON = 1.0
_ROOM, _WAITING = 20_000, 500


class News:
    """One word for each open sign-in."""

    def __init__(
        self,
        database: Database,
        beside: tuple[Subs, Pushes, Stirs],
        soon: float = _SOON,
        every: float = _EVERY,
    ) -> None:
        self._database, self._soon, self._every = database, soon, every
        self._subs, self._pushes, self._stirs = beside
        self._known: OrderedDict[bytes, tuple[float, bool]] = OrderedDict()
        self._waiting: dict[bytes, Viewer] = {}
        self._lock = threading.Lock()

    def shows(self, viewer: Viewer) -> bool:
        """Whether the word stands on this page. It asks nothing; what is not known is looked for after it."""
        if not viewer.speaks:
            return False
        until, new = self._known.get(viewer.sid, (0.0, False))
        if until <= time.monotonic():
            self._ask(viewer)
        # Nobody beside her is told that somebody answered, nor is she when she wants quiet.
        return new and not viewer.discreet and not rules.is_quiet(viewer.hush, clock.now())

    def topic(self, viewer: Viewer) -> str:
        """What her page watches while it is open, to show the word when something comes; nothing where it shows it already."""
        watches = viewer.speaks and not viewer.discreet and not viewer.light
        return f"{self._stirs.topic(viewer)}.0" if watches else ""

    def found(self, db: Read, viewer: Viewer) -> bool:
        """Whether the word is to be shown on a page that is open and has heard something."""
        until, new = self._known.get(viewer.sid, (0.0, False))
        if not new or until <= time.monotonic():
            new = queries.new_for(db, viewer)
            self.keep(viewer, new=new)
        return new and not viewer.discreet and not rules.is_quiet(viewer.hush, clock.now())

    def keep(self, viewer: Viewer, *, new: bool) -> None:
        """As it was just found; of too many the oldest are forgotten."""
        with self._lock:
            self._known[viewer.sid] = (time.monotonic() + self._every, new)
            self._known.move_to_end(viewer.sid)
            while len(self._known) > _ROOM:
                self._known.popitem(last=False)

    def forget(self, viewer: Viewer) -> None:
        """She has changed what she wants or has read: looked for anew."""
        with self._lock:
            self._known.pop(viewer.sid, None)
            # What it was like before waits no longer.
            self._waiting.pop(viewer.sid, None)

    def look(self) -> None:
        """Look for all who wait."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        for viewer in waiting.values():
            # What cannot be looked for now is looked for at the next page.
            with suppress(Exception), self._database.read() as db:
                self._subs.set(queries.missing_subs(db, viewer))
                self._pushes.used(db, viewer)
                later = queries.renewal(db, viewer)
                if later and viewer.work is not None:
                    self._subs.keep(SeenKeys.of(viewer.work).tag, later)
                self.keep(viewer, new=queries.new_for(db, viewer))

    def followed(self, viewer: Viewer, tid: bytes, *, on: bool) -> None:
        """She follows a thread from now on, which her next page notices; or no longer, and the row beside it goes."""
        self.forget(viewer)
        place = None if on else queries.place_of(viewer, tid)
        if place is not None:
            self._subs.end(place)

    def _ask(self, viewer: Viewer) -> None:
        with self._lock:
            first = not self._waiting
            if len(self._waiting) < _WAITING:
                self._waiting[viewer.sid] = viewer
        if first and self._waiting:
            timer = threading.Timer(self._soon, self.look)
            timer.daemon = True
            timer.start()
