"""What nobody waits for goes with the next statement on PostgreSQL, and is the same transaction on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy import bindparam, func, select, update

from mashrabiya.kernel.errors import Busy
from mashrabiya.platform.db import Database, Statement, Write
from mashrabiya.platform.db.transactions import begin_write, undo_write
from mashrabiya.platform.house import GENERATION, HOUSE

COUNT: Statement[Any] = Statement(select(func.count()).select_from(GENERATION))
NAMES: Statement[Any] = Statement(select(GENERATION.c.name).order_by(GENERATION.c.name))
TEXTS: Statement[Any] = Statement(
    select(HOUSE.c.name, HOUSE.c.value).where(func.length(HOUSE.c.name) == 1).order_by(HOUSE.c.name)
)
RAISE: Statement[None] = Statement(
    update(GENERATION).where(GENERATION.c.name == bindparam("key")).values(n=bindparam("new_n"))
)
NUMBER: Statement[Any] = Statement(select(GENERATION.c.n).where(GENERATION.c.name == bindparam("key")))


@pytest.fixture(name="postgresql")
def on_postgresql(database: Database) -> Database:
    if database.dialect == "sqlite":
        pytest.skip("no trip is saved on SQLite")
    return database


def count(database: Database) -> int:
    with database.read() as db:
        return int(db.scalar(COUNT))


def add(uow: Write, *names: str) -> None:
    for name in names:
        uow.insert(GENERATION, name=name, n=1)


def test_it_is_seen_by_what_is_asked_next(database: Database) -> None:
    with database.write() as uow:
        add(uow, "a", "b")
        uow.do(RAISE, key="a", new_n=7)
        assert uow.scalar(NUMBER, key="a") == 7
        assert uow.tuples(NAMES) == [("a",), ("b",)]
        uow.do(RAISE, key="a", new_n=8)
        assert uow.run(RAISE, key="b", new_n=9) == 1
        assert not uow.insert_once(GENERATION, name="a", n=1)
    with database.read() as db:
        assert [db.scalar(NUMBER, key=key) for key in ("a", "b")] == [8, 9]


def test_much_of_it_goes_in_parts(database: Database) -> None:
    names = [f"{number:03}" for number in range(333)]
    with database.write() as uow:
        add(uow, *names)
        uow.insert_all(GENERATION, [{"name": f"x{name}", "n": 1} for name in names])
    assert count(database) == 666


def test_large_values_go_as_well(database: Database) -> None:
    with database.write() as uow:
        for letter in "abcdefghijklmnopqrstuvwxyz":
            uow.insert(HOUSE, name=letter, value=letter * 300_000)
            add(uow, letter)
    with database.read() as db:
        assert [(name, len(value)) for name, value in db.tuples(TEXTS)] == [
            (letter, 300_000) for letter in "abcdefghijklmnopqrstuvwxyz"
        ]
    assert count(database) == 26


def test_what_is_wrong_with_it_is_said_at_the_end_at_the_latest(database: Database) -> None:
    def twice() -> None:
        with database.write() as uow:
            add(uow, "a", "a", "b")

    with pytest.raises(Exception, match=r"(?i)unique"):
        twice()
    assert count(database) == 0
    with database.write() as uow:
        add(uow, "a")
    assert count(database) == 1


def test_what_is_wrong_with_it_is_said_by_the_next_one(postgresql: Database) -> None:
    def twice() -> None:
        with postgresql.write() as uow:
            add(uow, "a", "a")
            uow.scalar(COUNT)
            pytest.fail("it was not said")

    with pytest.raises(psycopg.errors.UniqueViolation):
        twice()
    assert count(postgresql) == 0


def test_what_was_put_off_when_something_fails_never_happens(database: Database) -> None:
    def fail() -> None:
        with database.write() as uow:
            add(uow, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.write() as uow:
        add(uow, "b")
    with database.read() as db:
        assert db.tuples(NAMES) == [("b",)]


def test_a_write_that_only_puts_off_waits_for_its_turn_too(postgresql: Database) -> None:
    elsewhere = postgresql._connect()
    begin_write(elsewhere, "postgresql")
    elsewhere.come_up()
    done = threading.Event()

    def write() -> None:
        with postgresql.write() as uow:
            # More than the line takes: it waits without the interpreter, which whoever it waits for may need.
            uow.insert(HOUSE, name="a", value="a" * 20_000_000)
            add(uow, "a")
        done.set()

    with ThreadPoolExecutor(1) as another:
        told = another.submit(write)
        assert not done.wait(0.3)
        assert count(postgresql) == 0
        undo_write(elsewhere, "postgresql")
        told.result(60)
    elsewhere.close()
    assert count(postgresql) == 1


def test_who_waited_too_long_has_put_nothing_there(postgresql: Database) -> None:
    elsewhere = postgresql._connect()
    postgresql.connection().execute("SET lock_timeout=1")
    begin_write(elsewhere, "postgresql")
    elsewhere.come_up()

    def write() -> None:
        with postgresql.write() as uow:
            add(uow, "a")
            uow.scalar(COUNT)

    with pytest.raises(Busy):
        write()
    undo_write(elsewhere, "postgresql")
    elsewhere.close()
    assert count(postgresql) == 0
    with postgresql.write() as uow:
        add(uow, "b")
    assert count(postgresql) == 1


def test_a_server_that_went_halfway_is_said_and_the_next_write_has_another_connection(
    postgresql: Database,
) -> None:
    def write() -> None:
        with postgresql.write() as uow:
            assert uow.scalar(COUNT) == 0
            add(uow, "a", "b")
            mine = postgresql.connection().pgconn.backend_pid
            with ThreadPoolExecutor(1) as another:
                another.submit(_end, postgresql, mine).result(60)

    with pytest.raises(psycopg.OperationalError):
        write()
    with postgresql.write() as uow:
        add(uow, "c")
    assert count(postgresql) == 1


def _end(database: Database, server: int) -> None:
    connection = database._connect()
    connection.execute("SELECT pg_terminate_backend(%s, 10000)", (server,))
    connection.close()
