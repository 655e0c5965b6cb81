"""Numbers under which the index knows posts: when they are given, and what they do not say."""

from __future__ import annotations

import pytest

from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.search import commands
from mashrabiya.search.commands import numbering
from mashrabiya.search.tables import INDEXED, PENDING
from mashrabiya.search.tests.test_finding import number, rows
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_numbers_say_nothing_of_order(scene: Scene) -> None:
    """Those of the same six hours are numbered by their ids, which are chance; until then they have none at all."""
    for n in range(9):
        scene.say(scene.alice, f"Elder, number {n}.", unnamed="1" if n % 2 else "")
    scene.tell()
    ask = scene.house.database.connection().execute
    assert ask(f"SELECT count(*) FROM {INDEXED.name}").fetchone()[0] == 0
    assert set(PENDING.c.keys()) == {"id", "words", "marks", "sought"}
    number(scene)
    ordered = [bytes(row[0]) for row in ask(f"SELECT id FROM {INDEXED.name} ORDER BY num").fetchall()]
    assert ordered == sorted(ordered)
    named, unnamed = (
        {bytes(row[0]) for row in ask(f"SELECT marks FROM indexed JOIN post ON post.id = indexed.id WHERE body LIKE 'Elder%' AND tok IS {null}")}
        for null in ("NULL", "NOT NULL")
    )  # fmt: skip
    assert named == unnamed, "nothing by which an unnamed one could be told apart"


def test_a_crowd_of_new_posts_is_numbered_at_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood, or a house that was brought in as a whole, does not make each question look through all of it."""
    for n in range(5):
        scene.say(scene.alice, f"Lovage, number {n}.")
    scene.tell()
    ask, database = scene.house.database.connection().execute, scene.house.database
    waiting = ask(f"SELECT count(*) FROM {PENDING.name}").fetchone()[0]
    for renew in (commands.number_ripe, commands.rebuild):
        monkeypatch.setattr(numbering, "CROWD", waiting)
        renew(database)
        assert ask(f"SELECT count(*) FROM {INDEXED.name}").fetchone()[0] == 0
        monkeypatch.setattr(numbering, "CROWD", waiting - 1)
        renew(database)
        assert ask(f"SELECT count(*) FROM {PENDING.name}").fetchone()[0] == 0
        assert len(rows(scene.bob.browser, "lovage")) == 5
