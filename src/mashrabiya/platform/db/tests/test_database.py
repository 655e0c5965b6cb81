"""Reading and writing, on both databases."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import psycopg
import pytest
from sqlalchemy import BigInteger, LargeBinary, Text, bindparam, func, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Busy
from mashrabiya.platform import house
from mashrabiya.platform.db import Database, Statement, pen
from mashrabiya.platform.db import turn as module
from mashrabiya.platform.db.transactions import begin_write
from mashrabiya.platform.house import GENERATION, Held


class Row(msgspec.Struct, frozen=True):
    name: str
    n: int


ALL = Statement(select(GENERATION.c.name, GENERATION.c.n).order_by(GENERATION.c.name), into=Row)
ONE = Statement(
    select(GENERATION.c.name, GENERATION.c.n).where(GENERATION.c.name == bindparam("key")), into=Row
)
ADD: Statement[None] = Statement(update(GENERATION).values(n=GENERATION.c.n + bindparam("by")))


def test_a_row_comes_back_in_its_shape(database: Database) -> None:
    with database.write() as uow:
        uow.insert(GENERATION, name="a", n=1)
        uow.insert(GENERATION, name="b", n=2)
    with database.read() as db:
        assert db.all(ALL) == [Row("a", 1), Row("b", 2)]
        assert db.first(ONE, key="b") == Row("b", 2)
        assert db.first(ONE, key="c") is None
        assert db.scalar(ONE, key="a") == "a"


def test_everything_in_a_write_happens_or_nothing(database: Database) -> None:
    def begin_and_fail() -> None:
        with database.write() as uow:
            uow.insert(GENERATION, name="a", n=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begin_and_fail()
    with database.read() as db:
        assert db.all(ALL) == []


def test_every_kind_of_value_comes_back_as_it_went(database: Database) -> None:
    for kind, value in (
        (LargeBinary, b"\x00\xff"),
        (Text, "ع' \\ %s $1"),
        (BigInteger, -(2**40)),
    ):
        asked: Statement[Any] = Statement(select(bindparam("value", type_=kind)))
        with database.read() as db:
            assert db.scalar(asked, value=value) == value
            assert db.scalar(asked, value=None) is None


def test_a_text_with_a_null_is_whole_or_an_error(database: Database) -> None:
    asked: Statement[Any] = Statement(select(bindparam("value", type_=Text)))
    with database.read() as db:
        if database.dialect == "sqlite":
            assert db.scalar(asked, value="a\0b") == "a\0b"
        else:
            with pytest.raises(psycopg.DataError):
                db.scalar(asked, value="a\0b")


def test_a_key_twice_is_the_drivers_own_error(database: Database) -> None:
    def twice() -> None:
        with database.write() as uow:
            uow.insert(GENERATION, name="a", n=1)
            uow.insert(GENERATION, name="a", n=1)

    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation)):
        twice()
    with database.write() as uow:  # and what was prepared meanwhile is still good
        uow.insert(GENERATION, name="a", n=1)
        assert uow.all(ALL) == [Row("a", 1)]


def test_a_connection_that_the_server_ended_is_replaced(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.read() as db:
        backend = db.scalar(Statement(select(func.pg_backend_pid())))
    with psycopg.connect(database.url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", (backend,))
    with database.read() as db, pytest.raises(psycopg.OperationalError):
        db.all(ALL)
    with database.read() as db:
        assert db.all(ALL) == []
    _write_nothing(database)
    database.close()


def test_changing_says_how_many(database: Database) -> None:
    with database.write() as uow:
        uow.insert(GENERATION, name="a", n=1)
        assert uow.run(ADD, by=4) == 1
        assert uow.first(ONE, key="a") == Row("a", 5)


def test_a_key_is_added_once(database: Database) -> None:
    with database.write() as uow:
        assert uow.insert_once(GENERATION, name="a", n=1)
        assert not uow.insert_once(GENERATION, name="a", n=2)


def test_settings_begin_with_their_defaults_and_are_seen_when_changed(database: Database) -> None:
    held = Held(database, {"house": house.load})
    assert held["house"].entry == "invitation"
    with database.write() as uow:
        house.save(uow, entry="open", name={"ar": "بيت", "en": "Home"})
    held.refresh()
    assert (held["house"].entry, held["house"].name_in("ar")) == ("open", "بيت")


def test_the_clock_is_not_moved_between_tests() -> None:
    assert clock.offset == 0


def test_what_is_undone_is_never_held(database: Database) -> None:
    held = Held(database, {"house": house.load})
    before = held["house"].entry

    def change_and_fail() -> None:
        with database.write() as uow:
            house.save(uow, entry="closed")
            held._checked = -1.0  # a second and more has gone by
            assert held["house"].entry == before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert held["house"].entry == before
    with database.write() as uow:
        house.save(uow, entry="invitation")
    held.refresh()
    assert held["house"].entry == "invitation"


def test_a_thread_that_ends_takes_its_connection_along(database: Database) -> None:
    left: list[Any] = []

    def visit() -> None:
        left.append(database.connection())

    for _ in range(3):
        thread = threading.Thread(target=visit)
        thread.start()
        thread.join()
    for connection in left:
        with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError)):
            connection.execute("SELECT 1")
    assert database.connection().execute("SELECT 1").fetchone()[0] == 1


def test_a_write_inside_a_write_is_an_error_and_no_endless_wait(database: Database) -> None:
    for inner in (database.write, database.outside):
        with database.write(), pytest.raises(RuntimeError, match="wait for itself"), inner():
            pass
    _write_nothing(database)


def test_nobody_waits_for_another_write_without_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    with database.write(), ThreadPoolExecutor(1) as another, pytest.raises(Busy):
        another.submit(_write_nothing, database).result(60)
    _write_nothing(database)


def test_who_waits_too_long_for_another_process_is_told_that_the_house_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = database._connect()
    monkeypatch.setattr(pen, "PATIENCE", 0.01)
    if database.dialect != "sqlite":
        with database.write():
            database.connection().execute("SET lock_timeout=1")
    begin_write(elsewhere, database.dialect)
    if database.dialect != "sqlite":
        elsewhere.come_up()
    try:
        with pytest.raises(Busy):
            _write_nothing(database)
    finally:
        elsewhere.execute("ROLLBACK")
        elsewhere.close()
    _write_nothing(database)


def test_all_threads_write_with_one_connection_and_read_with_their_own(database: Database) -> None:
    def writes(number: int) -> tuple[Any, Any, Any]:
        before = database.connection()
        with database.write() as uow:
            pen = database.connection()
            uow.insert(GENERATION, name=f"of {number}", n=number)
            with database.read() as db:
                assert db.first(ONE, key=f"of {number}") == Row(f"of {number}", number)
        return before, pen, database.connection()

    with ThreadPoolExecutor(3) as threads:
        each = list(threads.map(writes, range(30)))
    assert all(before is after for before, _, after in each)
    if database.dialect == "sqlite":
        assert len({id(pen) for _, pen, _ in each}) == 1
        assert all(pen is not before for before, pen, _ in each)
    with database.read() as db:
        assert len(db.all(ALL)) == 30


def test_who_reads_from_all_over_sees_one_moment_and_so_does_what_is_read_inside(database: Database) -> None:
    own = database.connection()
    with database.read(wide=True) as db:
        assert db.all(ALL) == []
        with ThreadPoolExecutor(1) as another:
            another.submit(_write_one, database).result(60)
        with database.read() as inside:
            seen = inside.all(ALL)
    # PostgreSQL reads plainly: each statement at its own moment.
    assert seen == ([] if database.dialect == "sqlite" else [Row("a", 1)])
    assert database.connection() is own
    with database.read(wide=True) as db:
        assert db.all(ALL) == [Row("a", 1)]


def test_a_write_that_failed_leaves_the_thread_its_own_connection(database: Database) -> None:
    before = database.connection()
    with pytest.raises(ZeroDivisionError), database.write():
        raise ZeroDivisionError
    assert database.connection() is before
    with ThreadPoolExecutor(1) as another:
        another.submit(_write_nothing, database).result(60)
    with database.read() as db:
        assert db.all(ALL) == []


def _write_one(database: Database) -> None:
    with database.write() as uow:
        uow.insert(GENERATION, name="a", n=1)


def _write_nothing(database: Database) -> None:
    with database.write():
        pass
