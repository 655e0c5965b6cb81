"""The worker hears of changes at once, ends gracefully, and keeps up by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mashrabiya.kernel.events import Event
from mashrabiya.platform import queue, schedules
from mashrabiya.platform import worker as background
from mashrabiya.platform.backlog import backlog
from mashrabiya.platform.db import Database
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.outbox import delivery, listens_to
from mashrabiya.platform.retention import engine
from mashrabiya.platform.worker import Worker


@dataclass(frozen=True, slots=True)
class BellRung(Event):
    n: int


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(delivery, "_listeners", {})
    monkeypatch.setattr(queue, "_handlers", {})
    monkeypatch.setattr(engine, "check", lambda: None)
    told: list[int] = []
    listens_to(BellRung)(lambda uow, event: told.append(event.n))
    return told


@pytest.fixture
def worker(database: Database, heard: list[int], monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setattr("mashrabiya.platform.retention.check", lambda: None)
    made = Worker(database, ServerKeys(b"\x07" * 32))
    yield made
    made.stop()


def ring(database: Database, n: int) -> None:
    with database.write() as uow:
        uow.record(BellRung(n))


def soon(holds: object, limit: float = 60.0) -> bool:
    assert callable(holds)
    until = time.monotonic() + limit
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.005)
    return False


def test_it_hears_of_a_change_at_once(
    database: Database, worker: Worker, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # It would look by itself in an hour: what it hears sooner, the change has told it.
    monkeypatch.setattr("mashrabiya.platform.worker._POLL", 3600.0)
    worker.start()
    ring(database, 1)
    assert soon(lambda: heard == [1])
    ring(database, 2)
    assert soon(lambda: heard == [1, 2])


def test_it_hears_of_changes_of_other_processes(database: Database, worker: Worker, heard: list[int]) -> None:
    worker.start()
    other = Database(database.url)
    other.recorder = database.recorder
    ring(other, 2)
    other.close()
    assert soon(lambda: heard == [2])


def test_what_was_left_is_told_at_start(database: Database, worker: Worker, heard: list[int]) -> None:
    ring(database, 3)
    worker.start()
    assert soon(lambda: heard == [3])


def test_stopping_lets_a_job_end(database: Database, worker: Worker, heard: list[int]) -> None:
    begun = threading.Event()

    def slow(database: Database, ref: bytes) -> None:
        begun.set()
        time.sleep(0.3)
        heard.append(4)

    queue.job("slow")(slow)
    with database.write() as uow:
        queue.add(uow, "slow")
    worker.start()
    assert begun.wait(60)
    worker.stop()
    assert heard == [4]
    assert backlog(database).jobs == 0


def test_trouble_does_not_end_it(
    database: Database, worker: Worker, heard: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [RuntimeError(), RuntimeError()]

    def step(self: object) -> bool:
        if steps:
            raise steps.pop()
        return True

    monkeypatch.setattr(delivery.Delivery, "step", step)
    worker.start()
    ring(database, 5)
    ring(database, 6)
    assert soon(lambda: not steps)


def test_schedules_run_by_themselves(database: Database, worker: Worker) -> None:
    worker.start()
    assert soon(lambda: len(schedules.last_runs(database)) == len(schedules._schedules))
    assert backlog(database).is_well


def test_draining_tells_everything_now(database: Database, worker: Worker, heard: list[int]) -> None:
    for n in range(5):
        ring(database, n)
    worker.drain()
    assert heard == [0, 1, 2, 3, 4]


def test_draining_ends_where_a_job_always_makes_another(
    database: Database, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(house: Database, ref: bytes) -> None:
        with house.write() as uow:
            queue.add(uow, "again", ref)

    monkeypatch.setattr(queue, "_handlers", {"again": again})
    monkeypatch.setattr(background, "_MOST_STEPS", 20)
    with database.write() as uow:
        queue.add(uow, "again")
    with pytest.raises(RuntimeError, match="no end"):
        worker.drain()
