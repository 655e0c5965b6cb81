"""The rows beside the threads that somebody follows: written some minutes later, each by itself."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy import LargeBinary, bindparam, delete, update
from sqlalchemy.sql.elements import ClauseElement

from mashrabiya.notifications.tables import SEEN, SUB
from mashrabiya.platform.db import Adding, Database, Statement, upserting

_secure = random.SystemRandom()
_SOON, _LATE = 60.0, 600.0
_EVERY = 20.0
_ROOM = 20_000


def _setting(adding: Adding) -> ClauseElement:
    columns = ("scope", "addr", "until_q")
    adding = adding.values({name: bindparam(name, type_=SUB.c[name].type) for name in columns})
    return adding.on_conflict_do_update(
        index_elements=list(SUB.primary_key), set_={"until_q": adding.excluded.until_q}
    )


_SET: Statement[None] = upserting(SUB, _setting)
_DROP: Statement[None] = Statement(
    delete(SUB).where(
        SUB.c.scope == bindparam("which_scope", type_=LargeBinary),
        SUB.c.addr == bindparam("which_addr", type_=LargeBinary),
    )
)
_PUT_OFF: Statement[None] = Statement(
    update(SEEN)
    .where(SEEN.c.tag == bindparam("which", type_=LargeBinary), SEEN.c.until_q < bindparam("new_until_q"))
    .values(until_q=bindparam("new_until_q"))
)

Place = tuple[bytes, bytes]


class Subs:
    """What is to be written: where, until when (nought: to be deleted), and not before which moment. No key.

    The sealed list of a persona is written when she presses; these rows name a thread, so they stand in no
    transaction with it, nor with each other. What a process that dies had not written is missing, and noticed when she comes by.
    """

    def __init__(self, database: Database, every: float = _EVERY) -> None:
        self._database = database
        self._every = every
        self._waiting: dict[Place, tuple[int, float]] = {}
        self._seen: dict[bytes, int] = {}
        self._lock = threading.Lock()

    def set(self, subs: Iterable[tuple[bytes, bytes, int]]) -> None:
        """These should stand."""
        self._add({(scope, addr): until for scope, addr, until in subs})

    def end(self, place: Place) -> None:
        """This one should stand no longer."""
        self._add({place: 0})

    def keep(self, tag: bytes, until_q: int) -> None:
        """The row in which somebody keeps what she has read stays for longer."""
        with self._lock:
            self._seen[tag] = until_q

    def _add(self, places: dict[Place, int]) -> None:
        with self._lock:
            first = not self._waiting
            for place, until in places.items():
                if len(self._waiting) >= _ROOM:
                    break
                known = self._waiting.get(place)
                if known is None or known[0] != until:
                    self._waiting[place] = (until, time.monotonic() + _secure.uniform(_SOON, _LATE))
            start = first and bool(self._waiting)
        if start:
            self._later()

    def _later(self) -> None:
        timer = threading.Timer(self._every, self.write)
        timer.daemon = True
        timer.start()

    def write(self, *, whole: bool = False) -> None:
        """Write what it is time for, one in a transaction; ``whole``: everything."""
        now = time.monotonic()
        with self._lock:
            ripe = [(place, until) for place, (until, at) in self._waiting.items() if whole or at <= now]
            for place, _ in ripe:
                del self._waiting[place]
            left, seen = bool(self._waiting), list(self._seen.items())
            self._seen = {}
        _secure.shuffle(ripe)
        for (scope, addr), until in ripe:
            with suppress(Exception), self._database.write() as uow:
                if until:
                    uow.run(_SET, scope=scope, addr=addr, until_q=until)
                else:
                    uow.run(_DROP, which_scope=scope, which_addr=addr)
        for tag, until in seen:
            with suppress(Exception), self._database.write() as uow:
                uow.run(_PUT_OFF, which=tag, new_until_q=until)
        if left:
            self._later()
