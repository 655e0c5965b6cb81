"""A job runs at least once, whoever dies meanwhile; one that keeps failing is given up where it is seen."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.kernel import clock
from mashrabiya.platform import queue
from mashrabiya.platform.backlog import backlog
from mashrabiya.platform.db import Database, Statement

ROWS: Statement[None] = Statement(
    select(
        queue.JOB.c.n, queue.JOB.c.kind, queue.JOB.c.tries, queue.JOB.c.leased, queue.JOB.c.dead_day
    ).order_by(queue.JOB.c.n)
)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    monkeypatch.setattr(queue, "_handlers", {})
    done: list[bytes] = []
    queue.job("polish")(lambda database, ref: done.append(ref))
    return done


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda seconds: monkeypatch.setattr(clock, "offset", clock.offset + seconds)


def add(database: Database, kind: str = "polish", ref: bytes = b"", after: int = 0) -> None:
    with database.write() as uow:
        queue.add(uow, kind, ref, after=after)


def rows(database: Database) -> list[tuple[Any, ...]]:
    with database.read() as db:
        return db.tuples(ROWS)


def test_jobs_run_in_their_order_and_are_gone(database: Database, ran: list[bytes]) -> None:
    for ref in (b"a", b"b", b"c"):
        add(database, ref=ref)
    while queue.step(database):
        pass
    assert ran == [b"a", b"b", b"c"]
    assert rows(database) == []


def test_a_change_taken_back_asks_for_nothing(database: Database, ran: list[bytes]) -> None:
    def change_and_fail() -> None:
        with database.write() as uow:
            queue.add(uow, "polish")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert not queue.step(database)


def test_a_job_waits_until_its_time(database: Database, ran: list[bytes], pass_time: Any) -> None:
    add(database, after=3600)
    assert not queue.step(database)
    pass_time(3600)
    assert queue.step(database)
    assert ran == [b""]


def test_a_job_that_fails_rests_and_is_given_up_in_the_end(
    database: Database, ran: list[bytes], pass_time: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(database: Database, ref: bytes) -> None:
        raise RuntimeError("secret words")

    queue.job("spoil")(fail)
    add(database, "spoil")
    add(database, ref=b"next")
    assert queue.step(database)
    assert queue.step(database)
    assert ran == [b"next"]
    assert not queue.step(database)
    for tries in range(2, queue.MOST_TRIES + 1):
        pass_time(clock.DAY)
        assert queue.step(database)
        assert rows(database)[0][2] == tries
    pass_time(clock.DAY)
    assert not queue.step(database)
    assert backlog(database).dead_jobs == {"spoil": 1}
    assert not backlog(database).is_well
    assert "secret" not in caplog.text


def test_a_worker_that_dies_leaves_its_job_to_another(
    database: Database, ran: list[bytes], pass_time: Any
) -> None:
    def die(database: Database, ref: bytes) -> None:
        raise KeyboardInterrupt

    queue.job("die")(die)
    add(database, "die")
    with pytest.raises(KeyboardInterrupt):
        queue.step(database)
    assert not queue.step(database)
    queue.job("die")(lambda database, ref: ran.append(b"saved"))
    pass_time(queue.LEASE)
    assert queue.step(database)
    assert (ran, rows(database)) == ([b"saved"], [])


def test_who_finishes_late_deletes_no_other_job(database: Database, ran: list[bytes], pass_time: Any) -> None:
    def dawdle(database: Database, ref: bytes) -> None:
        pass_time(queue.LEASE)
        queue.job("dawdle")(lambda database, ref: None)
        assert queue.step(database)
        add(database, ref=b"other")

    queue.job("dawdle")(dawdle)
    add(database, "dawdle")
    assert queue.step(database)
    assert [(row[0], row[1]) for row in rows(database)] == [(1, "polish")]


def test_rows_hold_no_time_finer_than_ten_minutes(database: Database, ran: list[bytes]) -> None:
    seen: list[Any] = []
    queue.job("look")(lambda database, ref: seen.extend(rows(database)))
    add(database, "look", after=0)
    queue.step(database)
    assert seen[0][3] % clock.TEN_MINUTES == 0


def test_no_job_is_done_twice_by_two_workers(database: Database, ran: list[bytes]) -> None:
    for n in range(40):
        add(database, ref=bytes([n]))

    def work() -> None:
        while queue.step(database):
            pass

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ran) == [bytes([n]) for n in range(40)]
