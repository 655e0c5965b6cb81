"""The worker: tells facts, runs jobs, keeps the schedules. A thread pair, inside the web process or alone.

Nothing is lost when it is killed: a fact or job that was not finished is still a
row. ``stop`` lets what is running come to its end.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

from mashrabiya.platform import queue, retention, schedules
from mashrabiya.platform.db import Database, Write
from mashrabiya.platform.due import Staggered
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.leader import Leader
from mashrabiya.platform.outbox import Delivery
from mashrabiya.platform.trouble import note

_POLL = 1.0
_GATHER = 0.05
"""So long a fact that was just recorded waits for others: together they cost one transaction."""
_PATIENCE = 20.0
_MOST_STEPS = 100_000


class Worker:
    """The background of one process. Several may run; one of them leads."""

    def __init__(self, database: Database, keys: ServerKeys) -> None:
        self._database = database
        self._leader = Leader(database)
        self._delivery = Delivery(database)
        self._staggered = Staggered(database, keys.of("field"))
        self._stopping = threading.Event()
        self._to_tell, self._to_run = threading.Event(), threading.Event()
        self._threads: list[threading.Thread] = []
        database.after_commit.append(self._ring)

    def start(self) -> None:
        """Begin, after the process has forked if it forks at all."""
        retention.check()
        both = (("facts", self._tell, self._to_tell), ("jobs", self._work, self._to_run))
        for name, step, bell in both:
            thread = threading.Thread(target=self._run, args=(step, bell), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, patience: float = _PATIENCE) -> None:
        """Let what is running end, begin nothing more."""
        self._stopping.set()
        self._to_tell.set()
        self._to_run.set()
        for thread in self._threads:
            thread.join(patience)
        self._leader.resign()

    def serve(self) -> None:
        """Run until the process is told to end (SIGTERM or SIGINT)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopping.set())
        self.start()
        while not self._stopping.wait(_POLL):
            pass
        self.stop()

    def drain(self) -> None:
        """Tell every fact and run every ripe job now, in this thread; for tests and short commands."""
        for _ in range(_MOST_STEPS):
            if not (self._delivery.step() or queue.step(self._database)):
                return
        raise RuntimeError("one job or fact always makes another: there is no end to them")

    def _ring(self, uow: Write) -> None:
        if uow.waiting:
            self._to_tell.set()
        if uow.jobs:
            self._to_run.set()

    def _run(self, step: Callable[[], bool], bell: threading.Event) -> None:
        while True:
            # In this order: a stop that rings before the bell is cleared is still seen.
            bell.clear()
            if self._stopping.is_set():
                return
            try:
                busy = step()
            except Exception as trouble:
                note(trouble, "the worker")
                busy = False
            if not busy and bell.wait(_POLL):
                self._stopping.wait(_GATHER)

    def _tell(self) -> bool:
        return self._delivery.step()

    def _work(self) -> bool:
        if queue.step(self._database):
            return True
        if not self._leader.leads():
            return False
        return schedules.step(self._database) or self._staggered.step()
