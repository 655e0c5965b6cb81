"""Staggered work: sealed, one object at a time, at moments that tell nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.kernel import clock
from mashrabiya.platform import due
from mashrabiya.platform.backlog import backlog
from mashrabiya.platform.db import Database, Statement, Write
from mashrabiya.platform.due import DUE, Staggered
from mashrabiya.platform.house import GENERATION

KEY = b"\x05" * 32
ROWS: Statement[None] = Statement(select(DUE.c.id, DUE.c.sealed, DUE.c.not_before))
NAMES: Statement[None] = Statement(select(GENERATION.c.name))


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    monkeypatch.setattr(due, "_handlers", {})
    done: list[bytes] = []
    due.when_due("erase")(lambda uow, ref: done.append(ref))
    return done


def add(database: Database, *refs: bytes, action: str = "erase", within: tuple[int, int] = (0, 0)) -> None:
    for ref in refs:
        with database.write() as uow:
            due.add(uow, KEY, action, ref, within=within)


def rows(database: Database) -> list[tuple[Any, ...]]:
    with database.read() as db:
        return db.tuples(ROWS)


def test_everything_ripe_is_handled_once(database: Database, handled: list[bytes]) -> None:
    add(database, b"a", b"b", b"c")
    assert Staggered(database, KEY).all_now() == 3
    assert sorted(handled) == [b"a", b"b", b"c"]
    assert rows(database) == []


def test_the_order_of_asking_does_not_show(database: Database, handled: list[bytes]) -> None:
    refs = [bytes([n]) for n in range(24)]
    add(database, *refs)
    Staggered(database, KEY).all_now()
    assert handled != refs
    assert sorted(handled) == refs


def test_nothing_is_done_before_its_time(
    database: Database, handled: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database, b"a", within=(3600, 7200))
    assert Staggered(database, KEY).all_now() == 0
    monkeypatch.setattr(clock, "offset", 7200.0)
    assert Staggered(database, KEY).all_now() == 1


def test_moments_are_steps_of_ten_minutes_within_what_was_asked(
    database: Database, handled: list[bytes]
) -> None:
    add(database, *[b"x"] * 40, within=(0, 3600))
    moments = {row[2] - clock.ten_minutes() for row in rows(database)}
    assert len(moments) > 2
    assert moments <= {n * 600 for n in range(-1, 7)}


def test_two_are_never_handled_without_a_pause(
    database: Database, handled: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    add(database, b"a", b"b")
    staggered = Staggered(database, KEY)
    assert staggered.step()
    assert not staggered.step()
    now[0] += 0.99
    assert not staggered.step()
    now[0] += 60
    assert staggered.step()


def test_the_disk_does_not_say_what_will_be_done_to_whom(database: Database, handled: list[bytes]) -> None:
    due.when_due("something quite different")(lambda uow, ref: None)
    add(database, b"persona-id-here!")
    add(database, b"", action="something quite different")
    sealed = [bytes(row[1]) for row in rows(database)]
    assert len({len(one) for one in sealed}) == 1
    assert not [one for one in sealed if b"persona" in one or b"erase" in one]


def test_a_large_write_is_kept_whole(database: Database, handled: list[bytes]) -> None:
    add(database, b"x" * 20_000)
    Staggered(database, KEY).all_now()
    assert handled == [b"x" * 20_000]


def test_what_fails_stays_and_stops_nobody(
    database: Database, handled: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(uow: Write, ref: bytes) -> None:
        uow.insert(GENERATION, name="half done", n=1)
        raise RuntimeError

    due.when_due("fail")(fail)
    add(database, b"", action="fail")
    add(database, b"a")
    Staggered(database, KEY).all_now()
    assert handled == [b"a"]
    assert len(rows(database)) == 1
    with database.read() as db:
        assert db.tuples(NAMES) == []
    assert backlog(database).late == 0
    monkeypatch.setattr(clock, "offset", 2.0 * clock.DAY)
    assert backlog(database).late == 1
    due.when_due("fail")(lambda uow, ref: None)
    assert Staggered(database, KEY).all_now() == 1


def test_with_another_key_nothing_happens(database: Database, handled: list[bytes]) -> None:
    add(database, b"a")
    Staggered(database, b"\x06" * 32).all_now()
    assert handled == []
    assert len(rows(database)) == 1
