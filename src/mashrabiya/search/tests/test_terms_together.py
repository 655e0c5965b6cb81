"""A term of two words that are said all day means neither of them."""

from __future__ import annotations

from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.search.tests.test_finding import look, number
from mashrabiya.testing.house import TestHouse


def test_a_term_of_two_common_words_is_found_before_the_two_apart(house: TestHouse) -> None:
    scene = Scene(house)
    fill(house)
    for n in range(18):
        who = (scene.alice, scene.bob, scene.mallory)[n % 3]
        scene.say(
            who, f"They come by at noon, and we go out to the river; more come, some are out all day, {n}."
        )
    scene.say(scene.alice, "قررت الإفصاح في العمل.")
    scene.say(scene.alice, "Coming out at work went well.")
    number(scene)
    found = look(scene.bob.browser, "coming out")
    assert found[:2] == ["Coming out at work went well.", "قررت الإفصاح في العمل."]
    assert len(found) == 20, "what only holds the words is found behind them"
