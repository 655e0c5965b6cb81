"""How people stand, remembered for a while in memory: one for each process, lost at a restart.

Pages ask only what is remembered already, and let it be looked for meanwhile: so no page waits
for it. Whoever writes is looked for at once.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import SLOTS, mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Read
from mashrabiya.platform.house import Held
from mashrabiya.platform.limits import Limits
from mashrabiya.safety.trust.bursts import Bursts
from mashrabiya.safety.trust.types import FREE, Allowance, Level, Standing

Look = Callable[[Read, Viewer], Standing]

SETTLED = Standing(Level.SETTLED, (Level.SETTLED,) * SLOTS)
_SECONDS = {True: 12 * clock.HOUR, False: 10 * 60}
_MANY = 50_000
_MOST_WAITING = 200


class Newcomers:
    """``look`` finds out how somebody stands; ``limits`` count what she writes in a day, in memory as all they count.

    ``held`` says whether the whole house is protected. Where limits are off, nobody is held back: for sample houses and tests.
    """

    def __init__(self, database: Database, look: Look, limits: Limits, held: Held) -> None:
        self.on = limits.on
        self.bursts = Bursts()
        self._limits = limits
        self._held = held
        self._database = database
        self._look = look
        self._key = secrets.token_bytes(32)
        self._known: dict[bytes, tuple[float, Standing]] = {}
        self._looking: set[bytes] = set()
        self._lock = threading.Lock()
        # One at a time: in a raid hundreds are unknown at once, and each further thread would hold a connection.
        self._beside = ThreadPoolExecutor(1, "newcomers")

    def known(self, viewer: Viewer) -> Standing | None:
        """What is remembered of her; None where that is nothing, or too old."""
        if not self.on or not viewer.is_member:
            return SETTLED
        until, standing = self._known.get(self._tag(viewer), (0.0, None))
        return standing if until > clock.now() else None

    def allowance(self, viewer: Viewer) -> Allowance:
        """What she may write now: for whoever writes. Looked for, where it is not remembered."""
        known = self.known(viewer)
        if known is None:
            with self._database.read() as db:
                known = self.again(db, viewer)
        return self.allowance_of(viewer, known)

    def allowance_known(self, viewer: Viewer) -> Allowance:
        """For a page: as far as it is remembered. Where nothing is, nothing is said, and it is looked for beside."""
        known = self.known(viewer)
        if known is None:
            self.look_later(viewer)
            return FREE
        return self.allowance_of(viewer, known)

    def allowance_of(self, viewer: Viewer, standing: Standing) -> Allowance:
        """What somebody who stands so may write now."""
        shows = viewer.work is None or standing.under(viewer.slot) > Level.NEW
        if viewer.work is None:
            return Allowance(shows=shows, protected=self._is_protected())
        person = viewer.work.budget_key()

        def slow_left(place: bytes) -> int:
            return self._limits.left("slow_reply", person + place)

        def wrote_slowly(place: bytes) -> None:
            self._limits.count("slow_reply", person + place)

        wait, answered = self._paced(person)
        usual = Allowance(
            shows=shows,
            protected=self._is_protected(),
            slow_left=slow_left,
            wrote_slowly=wrote_slowly,
            wait=wait,
            answered=answered,
        )
        if standing.best > Level.NEW:
            return usual

        def wrote(what: str, place: bytes, text: str) -> None:
            # What was remembered is looked for anew: this may have been the last step.
            self._limits.count(what, person)
            self.forget(viewer)
            self.bursts.wrote(place, viewer, text)

        return replace(
            usual,
            new=True,
            threads=self._limits.left("first_thread", person),
            replies=self._limits.left("first_reply", person),
            shows_unnamed=False,
            wrote=wrote,
        )

    def _paced(self, person: bytes) -> tuple[Callable[[bytes, int], int], Callable[[bytes, int], None]]:
        """How long she waits between two answers in a thread where everybody does."""

        def wait(thread: bytes, minutes: int) -> int:
            return self._limits.wait("pace", person + thread, minutes)

        def answered(thread: bytes, minutes: int) -> None:
            self._limits.began("pace", person + thread, minutes)

        return wait, answered

    def again(self, db: Read, viewer: Viewer) -> Standing:
        """How she stands now, whatever is remembered. Only who is settled under every name in use is kept long."""
        standing = self._look(db, viewer)
        settled = standing.best > Level.NEW and standing.under(viewer.slot) > Level.NEW
        with self._lock:
            if len(self._known) >= _MANY:
                self._known.clear()
            self._known[self._tag(viewer)] = (clock.now() + _SECONDS[settled], standing)
        return standing

    def forget(self, viewer: Viewer) -> None:
        """Something happened that may have changed it."""
        with self._lock:
            self._known.pop(self._tag(viewer), None)

    def _is_protected(self) -> bool:
        return bool(self._held["house"].protected_hours)

    def look_later(self, viewer: Viewer) -> None:
        """Find out beside the request, so that her next page knows."""
        if self.known(viewer) is not None or not viewer.is_member:
            return
        tag = self._tag(viewer)
        with self._lock:
            if tag in self._looking or len(self._looking) >= _MOST_WAITING:
                return
            self._looking.add(tag)
        self._beside.submit(self._look_beside, tag, viewer)

    def _look_beside(self, tag: bytes, viewer: Viewer) -> None:
        # What cannot be found out now is found out when she writes.
        with suppress(Exception), self._database.read() as db:
            self.again(db, viewer)
        with self._lock:
            self._looking.discard(tag)

    def _tag(self, viewer: Viewer) -> bytes:
        """The persona in use belongs to it: a name that is new must not wait for half a day."""
        assert viewer.work is not None
        return mac(self._key, viewer.work.budget_key(), bytes([viewer.slot]))[:16]
