"""A line in which nobody is sent away, whoever else stands in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from mashrabiya.platform import turns
from mashrabiya.platform.turns import Turns


class Door:
    """What is done, in the order in which it was; it stands still until it is let go on."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.open = threading.Event()
        self.fails = 0
        self.line = Turns(self._act)

    def _act(self, asked: str) -> None:
        assert self.open.wait(60)
        if self.fails:
            self.fails -= 1
            raise OSError
        self.done.append(asked)

    def finish(self) -> list[str]:
        self.open.set()
        for thread in threading.enumerate():
            if thread.name == "turns":
                thread.join(60)
        return self.done


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(turns, "PATIENCE", 0)
    monkeypatch.setattr(turns, "_REST", 0)
    made = Door()
    yield made
    made.open.set()


def test_alone_it_is_done_while_one_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 60)
    door = Door()
    door.open.set()
    assert door.line.take("hers", b"net")
    assert door.done == ["hers"]


def test_behind_another_network_it_comes_next(door: Door) -> None:
    for number in range(500):
        assert not door.line.take(f"flood {number}", b"flood")
    assert not door.line.take("hers", b"other")
    assert "hers" in door.finish()[:3]
    assert len(door.done) == 501


def test_behind_the_same_network_work_goes_ahead(door: Door) -> None:
    for number in range(500):
        door.line.take(f"flood {number}", b"net")
    door.line.take("hers", b"net", worked=True)
    assert "hers" in door.finish()[:4]


def test_those_who_cannot_work_have_every_third_turn(door: Door) -> None:
    door.line.take("first", b"x")
    for number in range(500):
        door.line.take(f"flood {number}", number.to_bytes(3, "big"), worked=True)
    door.line.take("hers", b"other")
    assert "hers" in door.finish()[:6]


def test_many_networks_take_turns(door: Door) -> None:
    for number in range(300):
        door.line.take(f"flood {number}", bytes([number % 3]))
    for network in (b"a", b"b"):
        door.line.take(network.decode(), network)
    assert {"a", "b"} <= set(door.finish()[:12])


def test_one_network_never_fills_the_line(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_OF_ONE", 10)
    door.line.take("hers", b"other")
    for number in range(100):
        door.line.take(f"flood {number}", b"flood")
    done = door.finish()
    assert "hers" in done
    assert len(done) <= 12


def test_memory_has_an_end(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST", 20)
    for number in range(100):
        door.line.take(str(number), number.to_bytes(3, "big"))
    assert len(door.finish()) <= 22


def test_what_fails_for_the_houses_reasons_is_tried_again(door: Door) -> None:
    door.fails = 3
    door.line.take("hers", b"net")
    assert door.finish() == ["hers"]


def test_what_always_fails_ends(door: Door) -> None:
    door.fails = 99
    door.line.take("hers", b"net")
    assert door.finish() == []
    door.fails = 0
    door.line.take("another", b"net")
    assert door.finish() == ["another"]


def test_where_no_thread_is_left_it_is_done_all_the_same(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    door.open.set()
    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", none_left)
        assert door.line.take("hers", b"net")
    door.line.take("another", b"net")
    assert door.finish() == ["hers", "another"]
