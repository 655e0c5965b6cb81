"""Doors that write little: done by the loop's own thread where nobody writes, by another where that would take long."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.house import GENERATION
from mashrabiya.platform.web import at_once as module
from mashrabiya.platform.web.ask import Form
from mashrabiya.platform.web.at_once import AtOnce
from mashrabiya.platform.web.uploads import Upload
from mashrabiya.testing.browser import in_a_loop

ALL: Statement[Any] = Statement(select(GENERATION.c.name))


class _Asked:
    """As much of a request as is looked at."""

    def __init__(self, body: bytes = b"", form: Form | None = None) -> None:
        self.body, self.form = body, form

    @property
    def visit(self) -> _Asked:
        return self


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    opened.close()


def _door(database: Database) -> Callable[[Any, dict[str, Any]], int]:
    def write(_request: Any, places: dict[str, Any]) -> int:
        with database.write() as uow:
            uow.insert(GENERATION, name=str(places["n"]), n=1)
        return threading.get_ident()

    return write


def _run(at_once: AtOnce, door: Callable[..., Any], asked: _Asked | None = None, **places: Any) -> Any:
    request: Any = asked or _Asked()
    return at_once.run(door, request, places)


def test_it_is_done_in_the_loops_thread_once_each(sqlite: Database) -> None:
    at_once = AtOnce(sqlite)

    async def many() -> set[Any]:
        done = await asyncio.gather(*(_run(at_once, _door(sqlite), n=n) for n in range(40)))
        return {threading.get_ident(), *done}

    # In another loop too.
    assert len(in_a_loop(many())) == 1
    assert in_a_loop(_run(at_once, _door(sqlite), n=40)) is not None
    with sqlite.read() as db:
        assert len(db.tuples(ALL)) == 41


def test_while_another_writes_the_loop_waits_and_serves_others(sqlite: Database) -> None:
    at_once, held, go, served = AtOnce(sqlite), threading.Event(), threading.Event(), []

    def hold() -> None:
        with sqlite.write():
            held.set()
            assert go.wait(60)

    async def other() -> None:
        for _ in range(5):
            await asyncio.sleep(0.001)
            served.append(1)
        go.set()

    async def both() -> Any:
        return (await asyncio.gather(_run(at_once, _door(sqlite), n=1), other()))[0]

    writing = threading.Thread(target=hold)
    writing.start()
    assert held.wait(60)
    try:
        done = in_a_loop(both())
    finally:
        go.set()
        writing.join(60)
    assert len(served) == 5
    # On a machine that stood still in between it is a thread's: never lost, never done twice.
    assert done is not None or at_once._rests_until > 0


@pytest.fixture
def unfinished(sqlite: Database) -> Iterator[Database]:
    """A house in which another process writes, and goes on."""
    other = sqlite._connect()
    other.execute("BEGIN IMMEDIATE")
    yield sqlite
    other.execute("ROLLBACK")
    other.close()


def test_who_writes_on_and_on_is_left_to_a_thread(
    unfinished: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    monkeypatch.setattr(module, "_REST", 60.0)
    at_once = AtOnce(unfinished)
    opened: list[int] = []

    def door(_request: Any, _places: Any) -> bool:
        opened.append(1)
        return True

    assert in_a_loop(_run(at_once, door)) is None
    # And those that come then do not wait first.
    monkeypatch.setattr(module, "_PATIENCE", 3600.0)
    assert in_a_loop(_run(at_once, door)) is None
    assert not opened


def test_after_a_door_that_took_long_the_next_ones_have_threads(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LONG", 0.0)
    monkeypatch.setattr(module, "_REST", 60.0)
    at_once = AtOnce(sqlite)
    assert in_a_loop(_run(at_once, _door(sqlite), n=1)) is not None
    assert in_a_loop(_run(at_once, _door(sqlite), n=2)) is None
    at_once._rests_until = 0.0
    assert in_a_loop(_run(at_once, _door(sqlite), n=3)) is not None


@pytest.mark.parametrize(
    ("asked", "at_once"),
    [
        (_Asked(b"x" * 8_000), True),
        (_Asked(b"x" * 8_001), False),
        (_Asked(form=Form({"body": ["x" * 8_000]})), True),
        (_Asked(form=Form({"body": ["x" * 4_001], "other": ["x" * 4_000]})), False),
        (_Asked(form=Form({"body": ["short"]}, files=[Upload("picture_0", b"raw")])), False),
    ],
)
def test_what_is_long_or_brings_pictures_is_a_threads(sqlite: Database, asked: _Asked, at_once: bool) -> None:
    done = in_a_loop(_run(AtOnce(sqlite), lambda _request, _places: True, asked))
    assert (done is not None) == at_once


def test_what_a_door_raises_is_raised_and_nothing_is_left_open(sqlite: Database) -> None:
    at_once = AtOnce(sqlite)

    def fails(_request: Any, _places: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_a_loop(_run(at_once, fails))
    assert in_a_loop(_run(at_once, _door(sqlite), n=1)) is not None
