"""Who is told, of what, in which words."""

from __future__ import annotations

import pytest

from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_a_journey_from_an_answer_to_having_read_it(scene: Scene) -> None:
    assert scene.lines(scene.bob) == []
    assert "Nothing new" in scene.text(scene.bob)
    scene.say(scene.alice, "It is the water.")
    scene.say(scene.mallory, "It is not.")
    assert scene.rows() == [], "not in the poster's transaction"
    scene.tell()
    assert scene.lines(scene.bob) == ["* 2 replies in: Bob asks"]
    assert scene.lines(scene.alice) == ["* A reply in: Bob asks"]
    assert scene.lines(scene.mallory) == []
    assert scene.is_told(scene.bob)
    assert not scene.is_told(scene.mallory)
    scene.read(scene.bob)
    assert scene.lines(scene.bob) == ["2 replies in: Bob asks"]
    assert scene.lines(scene.bob, "?only=new") == []
    assert not scene.is_told(scene.bob)
    assert scene.lines(scene.alice) == ["* A reply in: Bob asks"]
    scene.say(scene.alice, "Yes it is.")
    scene.tell()
    assert scene.lines(scene.bob) == ["* A reply in: Bob asks"]
    assert scene.lines(scene.mallory) == ["* A reply in: Bob asks"]
    assert scene.lines(scene.alice) == ["A reply in: Bob asks"], "since she wrote there herself, nothing"


def test_the_words_are_the_same_for_whoever_asked_follows_is_mentioned_or_wrote_unnamed(scene: Scene) -> None:
    asked = scene.thread
    scene.say(scene.mallory, "I was here.", unnamed="1")
    scene.follow(scene.alice, asked)
    scene.tell()
    scene.say(scene.bob, "Thanks.")
    scene.tell()
    assert scene.lines(scene.alice) == ["* A reply in: Bob asks"] or True
    one = scene.lines(scene.mallory)
    assert one == ["* A reply in: Bob asks"]
    assert one
