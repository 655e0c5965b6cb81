"""Who is to be told outside the site, and when: gathered in memory, some minutes after what happened, and never in its transaction.

What waits is known to one process and lies nowhere. What a process that dies had not sent is not sent: the notice stands in
the list. Only what lies under a name itself is told; what is followed or was written unnamed would be tied to a browser.
"""

from __future__ import annotations

import random
import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from msgspec.structs import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications import queries
from mashrabiya.notifications.commands.push import drop_push, keep_push
from mashrabiya.notifications.pushed import Pushed, PushKeys, quiet_of, until_day
from mashrabiya.notifications.rules import is_unnamed
from mashrabiya.notifications.types import SORT_OF, Kind, Sort
from mashrabiya.platform.db import Database, Read, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.push import DISMISSED, Endpoint, Outward, Vapid
from mashrabiya.platform.trouble import note

_secure = random.SystemRandom()
_SOON, _LATE = 60.0, 600.0
_EVERY = 20.0
_ROOM = 20_000
# A page of hers is noticed every five minutes at most.
_LATELY = 360.0
_APART = float(clock.HOUR)
_LIVES = 4 * clock.HOUR
_TRIES = 3


@dataclass(slots=True)
class _Due:
    """What there is for a name, and not before when it is told; how often that failed."""

    sorts: Sort
    at: float
    tries: int = 0


class Pushes:
    """One process's memory of who is to be told."""

    def __init__(
        self, database: Database, keys: ServerKeys, outward: Outward | None = None, every: float = _EVERY
    ) -> None:
        self._database, self._keys = database, PushKeys(keys.of("push"))
        self._vapid, self._outward, self._every = Vapid(keys.of("push")), outward or Outward(), every
        self._due: dict[bytes, _Due] = {}
        self._later: dict[bytes, tuple[Pushed | None, float]] = {}
        self._sent: OrderedDict[bytes, float] = OrderedDict()
        self._used: OrderedDict[bytes, float] = OrderedDict()
        self._held: set[bytes] = set()
        self._lock = threading.Lock()
        self._armed = False

    @property
    def public(self) -> str:
        """By what a browser knows this house."""
        return self._vapid.public

    # From her own doors.

    def find(self, db: Read, pid: bytes) -> Pushed | None:
        """The browser that is told of this name."""
        found = queries.find_push(db, self._keys, pid)
        return found[0] if found is not None and not self._ends(pid) else None

    def read(self, endpoint: str) -> Endpoint | None:
        """The endpoint, where it is of a service that is known here."""
        return self._outward.read(endpoint)

    def switch_on(self, uow: Write, pid: bytes, pushed: Pushed) -> None:
        """This browser is told of that name; whichever was before is not."""
        with self._lock:
            self._later.pop(pid, None)
        keep_push(uow, self._keys, pid, pushed)

    def switch_off(self, uow: Write, pid: bytes) -> None:
        """No browser is told of that name."""
        with self._lock:
            self._later.pop(pid, None)
        self.forget(uow, pid)

    def alter(self, pid: bytes, pushed: Pushed) -> None:
        """What she wants has changed: written some minutes later, apart from what she wrote herself."""
        with self._lock:
            if pid not in self._later and len(self._later) < _ROOM:
                self._later[pid] = (pushed, _in_minutes())
        self._arm()

    def end(self, pids: Iterable[bytes]) -> None:
        """These names are told of nothing from now on; their rows go some minutes later, each by itself."""
        with self._lock:
            for pid in pids:
                self._due.pop(pid, None)
                self._held.discard(pid)
                if len(self._later) < _ROOM:
                    self._later[pid] = (None, _in_minutes())
        self._arm()

    def hold(self, pid: bytes) -> None:
        """Her session is locked: nothing until she is back."""
        with self._lock:
            if len(self._held) < _ROOM:
                self._held.add(pid)
            self._due.pop(pid, None)

    def used(self, db: Read, viewer: Viewer) -> None:
        """She reads under this name at this moment."""
        found = queries.find_push(db, self._keys, viewer.pid)
        with self._lock:
            self._held.discard(viewer.pid)
            if found is not None:
                _remember(self._used, viewer.pid, _LATELY)
        if found is not None and (found[0].quiet != quiet_of(viewer.hush) or found[1] < until_day()):
            self.alter(viewer.pid, replace(found[0], quiet=quiet_of(viewer.hush)))

    # From what happens.

    def heard(self, told: Iterable[tuple[bytes, int]]) -> None:
        """A notice was written for each of these."""
        with self._lock:
            for addr, kind in told:
                if is_unnamed(kind) or addr in self._held:
                    continue
                known = self._due.get(addr)
                if known is not None:
                    known.sorts |= SORT_OF[Kind(kind)]
                elif len(self._due) < _ROOM:
                    self._due[addr] = _Due(SORT_OF[Kind(kind)], _in_minutes())
        self._arm()

    def forget(self, uow: Write, pid: bytes) -> None:
        """The name is gone, or wants to be told no longer."""
        with self._lock:
            self._due.pop(pid, None)
        drop_push(uow, self._keys, pid)

    # By itself.

    def step(self, *, whole: bool = False) -> None:
        """Do what it is time for; ``whole``: everything."""
        now = clock.now()
        with self._lock:
            self._armed = False
            rows = [pid for pid, (_, at) in self._later.items() if whole or at <= now]
            ripe = [pid for pid, due in self._due.items() if whole or due.at <= now]
            later = [(pid, self._later.pop(pid)[0]) for pid in rows]
            dues = [(pid, self._due.pop(pid)) for pid in ripe]
        _secure.shuffle(later)
        _secure.shuffle(dues)
        for pid, pushed in later:
            with suppress(Exception):
                self._write(pid, pushed)
        for pid, due in dues:
            try:
                self._tell(pid, due)
            except Exception as trouble:
                note(trouble, "a push")
        self._arm()

    def _write(self, pid: bytes, pushed: Pushed | None) -> None:
        with self._database.write() as uow:
            if pushed is None:
                drop_push(uow, self._keys, pid)
            elif self._stands(uow, pid, pushed):
                keep_push(uow, self._keys, pid, pushed)

    def _tell(self, pid: bytes, due: _Due) -> None:
        now = clock.now()
        if pid in self._held or self._ends(pid) or now - self._used.get(pid, -_LATELY) < _LATELY:
            return
        with self._database.read() as db:
            found = queries.find_push(db, self._keys, pid)
            if found is None:
                return
            there = queries.is_there(db, pid)
            standing = queries.standing(db, pid, clock.day() - 1)
        if not there:
            self._write(pid, None)
        elif due.sorts & standing & ~found[0].off:
            self._send(pid, due, found[0])

    def _send(self, pid: bytes, due: _Due, pushed: Pushed) -> None:
        now = clock.now()
        before, left = self._sent.get(pid, -_APART), pushed.left(now)
        endpoint = self.read(pushed.endpoint)
        if endpoint is None:
            return
        if now - before < _APART or not left:
            self._again(pid, due, max(now, before + _APART))
            return
        status = self._outward.send(endpoint, self._vapid, pushed.site, lives=min(_LIVES, left))
        if status in DISMISSED:
            self._dismiss(pid, pushed)
        elif 200 <= status < 300:
            with self._lock:
                _remember(self._sent, pid, _APART)
        elif (not status or status == 429 or status >= 500) and due.tries < _TRIES:
            due.tries += 1
            self._again(pid, due, now + _LATE * 2**due.tries)

    def _dismiss(self, pid: bytes, pushed: Pushed) -> None:
        """That browser is there no longer; another that took its place meanwhile stays."""
        with self._database.write() as uow:
            if self._stands(uow, pid, pushed):
                drop_push(uow, self._keys, pid)

    def _stands(self, db: Read, pid: bytes, pushed: Pushed) -> bool:
        """Whether it is still this browser that is told, and not another since."""
        found = queries.find_push(db, self._keys, pid)
        return found is not None and found[0].endpoint == pushed.endpoint

    def _again(self, pid: bytes, due: _Due, after: float) -> None:
        """Not now: some minutes after that moment."""
        with self._lock:
            newer = self._due.get(pid)
            sorts = due.sorts | newer.sorts if newer else due.sorts
            self._due[pid] = _Due(sorts, after + _secure.uniform(_SOON, _LATE), due.tries)

    def _ends(self, pid: bytes) -> bool:
        with self._lock:
            return pid in self._later and self._later[pid][0] is None

    def _arm(self) -> None:
        with self._lock:
            if self._armed or not (self._due or self._later):
                return
            self._armed = True
        timer = threading.Timer(self._every, self.step)
        timer.daemon = True
        timer.start()


def _in_minutes() -> float:
    return clock.now() + _secure.uniform(_SOON, _LATE)


def _remember(known: OrderedDict[bytes, float], pid: bytes, seconds: float) -> None:
    """Now, and for so long: what is older is forgotten, and of too many the oldest."""
    now = known[pid] = clock.now()
    known.move_to_end(pid)
    while len(known) > _ROOM or now - next(iter(known.values())) > seconds:
        known.popitem(last=False)
