"""Telling the listeners."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import text

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Busy
from mashrabiya.kernel.events import Event
from mashrabiya.platform.db import Database, Read, Statement, Write
from mashrabiya.platform.outbox import rows
from mashrabiya.platform.outbox.facts import kind_of, pack, unpack
from mashrabiya.platform.outbox.rows import Waiting
from mashrabiya.platform.trouble import note

E = TypeVar("E", bound=Event)
Listener = Callable[[Write, Any], None]

MOST_TRIES = 12
_LONGEST_REST = 600
_TOGETHER = 0.005

_listeners: dict[str, list[Listener]] = {}

_MARK: Statement[None] = Statement(text("SAVEPOINT listener"))
_FORGET: Statement[None] = Statement(text("ROLLBACK TO SAVEPOINT listener"))
_KEEP: Statement[None] = Statement(text("RELEASE SAVEPOINT listener"))


def listens_to(event_type: type[E]) -> Callable[[Callable[[Write, E], None]], Callable[[Write, E], None]]:
    """Register a listener: ``(uow, event)``, safe to run twice for the same event."""

    def register(listener: Callable[[Write, E], None]) -> Callable[[Write, E], None]:
        told = _listeners.setdefault(kind_of(event_type), [])
        if listener not in told:
            told.append(listener)
        return listener

    return register


def append(uow: Write, event: Event) -> None:
    """Keep an event with the change that made it true, for whoever listens.

    What nobody listens to was told to everybody already: it leaves no row, and wakes no worker.
    """
    kind, ref = kind_of(type(event)), pack(event)
    if kind in _listeners:
        rows.append(uow, kind, ref)
        uow.waiting += 1


class Delivery:
    """Tells facts in their order, some in one transaction. A kind whose listener failed rests, and the others go on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._resting: dict[str, float] = {}

    def step(self) -> bool:
        """Tell the next facts; False when none can be told now.

        What their listeners change and that they are told are one transaction, so a
        process that dies in between has done nothing yet. Whoever writes meanwhile waits no
        longer than for some milliseconds, and for the fact that was begun.
        """
        with self._database.read() as db:
            if not self._next(db, 1):
                return False
        if not self._tell_boldly():
            self._tell_some(self._tell)
        return True

    def _tell_boldly(self) -> bool:
        """As if no listener ever failed, which is so nearly always. Where one does, nothing of it happened."""
        try:
            self._tell_some(_tell_all)
        except Busy:
            raise
        except Exception:  # it is said of whom when each is told by itself
            return False
        return True

    def _tell_some(self, tell: Callable[[Write, Waiting], None]) -> None:
        with self._database.write() as uow:
            until = time.monotonic() + _TOGETHER
            for fact in self._next(uow, rows.PAGE):
                # One of this kind may just have failed.
                if not self._rests(fact):
                    tell(uow, fact)
                if time.monotonic() > until:
                    break

    def _next(self, db: Read, most: int) -> list[Waiting]:
        after = 0
        while True:
            page = rows.waiting(db, after, most)
            found = [fact for fact in page if not self._rests(fact)]
            if found or len(page) < most:
                return found
            after, most = page[-1].n, rows.PAGE

    def _rests(self, fact: Waiting) -> bool:
        return self._resting.get(fact.kind, 0.0) > time.monotonic()

    def _tell(self, uow: Write, fact: Waiting) -> None:
        if tell(uow, fact.kind, fact.ref):
            rows.delivered(uow, fact.n)
            self._resting.pop(fact.kind, None)
            return
        tries = fact.tries + 1
        if tries >= MOST_TRIES:
            rows.failed(uow, fact.n, tries, clock.day())
            self._resting.pop(fact.kind, None)
            return
        rows.failed(uow, fact.n, tries, None)
        rest = min(2.0**tries, _LONGEST_REST) * random.uniform(0.7, 1.0)  # noqa: S311 (no secret)
        self._resting[fact.kind] = time.monotonic() + rest


def _tell_all(uow: Write, fact: Waiting) -> None:
    event = unpack(fact.kind, fact.ref)
    for listener in _listeners.get(fact.kind, ()):
        listener(uow, event)
    rows.delivered(uow, fact.n)


def tell(uow: Write, kind: str, ref: bytes) -> bool:
    """Run every listener of a fact; whether all of them could.

    One that fails takes back its own changes only, so that a broken notice
    never holds up an erasure.
    """
    try:
        event = unpack(kind, ref)
    except Exception as trouble:
        note(trouble, f"outbox, {kind}")
        return False
    told = [_run(uow, listener, event) for listener in _listeners.get(kind, ())]
    return all(told)


def _run(uow: Write, listener: Listener, event: Event) -> bool:
    uow.run(_MARK)
    try:
        listener(uow, event)
        uow.run(_KEEP)
    except Exception as trouble:
        uow.drop_put_off()
        uow.run(_FORGET)
        uow.run(_KEEP)
        note(trouble, f"listener {listener.__module__}.{listener.__name__}")
        return False
    return True
