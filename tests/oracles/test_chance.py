"""Chance is held for the house, and for the house alone."""

from __future__ import annotations

import os
import random
import secrets
import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from tests.oracles import chance as chances
from tests.oracles.chance import Chance


@pytest.fixture
def bell() -> Iterator[Callable[[], None]]:
    """Somebody who was here before, and asks for chance when the bell is rung."""
    asked, ring, over = threading.Event(), threading.Event(), threading.Event()

    def stranger() -> None:
        while ring.wait() and not over.is_set():
            ring.clear()
            secrets.token_bytes(8)
            asked.set()

    def pull() -> None:
        asked.clear()
        ring.set()
        asked.wait()

    thread = threading.Thread(target=stranger)
    thread.start()
    yield pull
    over.set()
    ring.set()
    thread.join()


@pytest.fixture
def chance(bell: object, monkeypatch: pytest.MonkeyPatch) -> Chance:
    return chances.hold(monkeypatch)


def _some() -> tuple[object, ...]:
    items = list(range(9))
    random.shuffle(items)
    return secrets.token_bytes(8), secrets.choice(range(10**9)), os.urandom(4), items, random.sample(items, 3)


def test_a_step_begun_again_has_the_same_chance(chance: Chance) -> None:
    chance.begin("one")
    first, second = _some(), _some()
    assert first != second
    chance.begin("one")
    assert (_some(), _some()) == (first, second)
    chance.begin("other")
    assert _some() != first


def test_whoever_was_here_before_changes_nothing(chance: Chance, bell: Callable[[], None]) -> None:
    chance.begin("one")
    first, second = _some(), _some()
    chance.begin("one")
    again = _some()
    bell()
    assert (again, _some()) == (first, second)


def test_two_places_of_the_house_do_not_change_each_other(chance: Chance) -> None:
    chance.begin("one")
    first = _some()
    chance.begin("one")
    other = uuid4()
    assert (_some(), other == uuid4()) == (first, False)
