"""Writing without waiting for anybody: begun at once or not at all, and never past those who wait."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.kernel.errors import Busy
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.db import database as module
from mashrabiya.platform.db.transactions import begin_write
from mashrabiya.platform.house import GENERATION

NAMES: Statement[Any] = Statement(select(GENERATION.c.name).order_by(GENERATION.c.name))


@pytest.fixture(name="sqlite")
def in_a_file(sqlite_url: str) -> Iterator[Database]:
    """A house's file. What is said here of SQLite is nothing on PostgreSQL, where no write is ahead."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


def _names(database: Database) -> list[str]:
    with database.read() as db:
        return [name for (name,) in db.tuples(NAMES)]


def _add(database: Database, name: str) -> None:
    with database.write() as uow:
        uow.insert(GENERATION, name=name, n=1)


def _elsewhere(database: Database, call: Any, *given: Any) -> Any:
    with ThreadPoolExecutor(1) as another:
        return another.submit(call, *given).result(60)


def _goes_ahead(database: Database) -> bool:
    with database.ahead() as mine:
        return mine


def test_on_postgresql_no_write_is_ahead(database: Database) -> None:
    with database.ahead() as mine:
        assert mine == (database.dialect == "sqlite")
        _add(database, "a")
    assert _names(database) == ["a"]


def test_it_is_one_write_like_any_other(sqlite: Database) -> None:
    told: list[bool] = []
    sqlite.after_commit.append(lambda _uow: told.append(sqlite.writes_here))
    with sqlite.ahead() as mine:
        before = sqlite.writes_here
        with sqlite.write() as uow:
            assert (mine, before, sqlite.writes_here) == (True, False, True)
            uow.insert(GENERATION, name="a", n=1)
            assert _elsewhere(sqlite, _names, sqlite) == []
        assert _elsewhere(sqlite, _names, sqlite) == ["a"]
    assert told == [False]


def _fail(database: Database) -> None:
    with database.ahead(), database.write() as uow:
        uow.insert(GENERATION, name="a", n=1)
        raise ZeroDivisionError


def _fail_before(database: Database) -> None:
    with database.ahead():
        raise ZeroDivisionError


@pytest.mark.parametrize("fails", [_fail, _fail_before])
def test_what_fails_in_it_never_happened_and_the_next_one_begins(
    sqlite: Database, fails: Callable[[Database], None]
) -> None:
    with pytest.raises(ZeroDivisionError):
        fails(sqlite)
    assert _names(sqlite) == []
    _elsewhere(sqlite, _add, sqlite, "b")
    assert _names(sqlite) == ["b"]


def test_where_nothing_was_written_nothing_is_left_open(sqlite: Database) -> None:
    assert _goes_ahead(sqlite)
    other = sqlite._connect()
    begin_write(other, "sqlite")
    other.execute("ROLLBACK")
    other.close()
    _elsewhere(sqlite, _add, sqlite, "a")


def test_a_second_write_inside_is_a_write_of_its_own(sqlite: Database) -> None:
    with sqlite.ahead():
        _add(sqlite, "a")
        with pytest.raises(sqlite3.IntegrityError):
            _add(sqlite, "a")
        _add(sqlite, "c")
    assert _names(sqlite) == ["a", "c"]


def test_nobody_is_waited_for(sqlite: Database) -> None:
    with sqlite.write():
        assert not _elsewhere(sqlite, _goes_ahead, sqlite)
    other = sqlite._connect()
    begin_write(other, "sqlite")
    try:
        began = time.monotonic()
        assert not _goes_ahead(sqlite)
        # SQLite itself would wait ten seconds for another process.
        assert time.monotonic() - began < 5
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert _goes_ahead(sqlite)


def test_another_process_is_waited_for_by_those_who_may_wait(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite._connect()
    begin_write(other, "sqlite")
    waiting = threading.Thread(target=_add, args=(sqlite, "waited"))
    waiting.start()
    time.sleep(0.02)
    assert waiting.is_alive()
    other.execute("COMMIT")
    waiting.join(60)
    assert _names(sqlite) == ["waited"]
    monkeypatch.setattr(module, "_WAITS_AHEAD", 0.01)
    with sqlite.ahead():
        _add(sqlite, "first")
        begin_write(other, "sqlite")
        with pytest.raises(Busy):
            _add(sqlite, "second")
        other.execute("COMMIT")
    other.close()
    assert _names(sqlite) == ["first", "waited"]


def test_whoever_waits_stands_in_line_and_nobody_goes_past(sqlite: Database) -> None:
    turn = sqlite._turn
    with sqlite.write():
        waiting = threading.Thread(target=_add, args=(sqlite, "waited"))
        waiting.start()
        while not turn._line:
            time.sleep(0.001)
    waiting.join(60)
    assert _names(sqlite) == ["waited"]
    turn._line.append(None)  # somebody who waits, and has not yet seen that nobody writes
    assert not _goes_ahead(sqlite)
    turn._line.pop()
    assert _goes_ahead(sqlite)


def test_the_log_is_moved_by_other_writes_alone_and_never_grows_without_end(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_AHEAD", 3)
    for number in range(3):
        with sqlite.ahead() as mine:
            assert mine
            _add(sqlite, f"{number}")
            assert _moves(sqlite) == 0
            _add(sqlite, f"{number} again")
            assert _moves(sqlite) == 0
    assert not sqlite.goes_ahead
    assert not _goes_ahead(sqlite)
    _add(sqlite, "by another way")
    assert _moves(sqlite) > 0
    assert _goes_ahead(sqlite)


def _moves(database: Database) -> int:
    assert database._pen is not None
    found: int = database._pen.connection.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
    return found


def test_the_file_is_not_written_anew_inside(sqlite: Database) -> None:
    with sqlite.ahead(), pytest.raises(RuntimeError, match="begun ahead"):
        _write_anew(sqlite)
    _write_anew(sqlite)
    assert Path(sqlite.url).exists()


def _write_anew(database: Database) -> None:
    with database.outside() as connection:
        connection.execute("VACUUM")
