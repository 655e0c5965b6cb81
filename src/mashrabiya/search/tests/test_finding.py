"""What is found, by whom, and from when on; and what is not found any more."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.search import commands
from mashrabiya.testing.house import Person, TestHouse

_ROW = re.compile(r'<li class="row">(.*?)</li>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def look(who: Person, words: str, **fields: str) -> list[str]:
    """The passages of what she finds."""
    asked = who.browser.post("/q", {"q": words, **fields})
    assert asked.status == 303
    page = who.browser.get(asked.location)
    assert page.status == 200
    return [
        " ".join(unescape(_TAG.sub("", row[row.index("<p dir") : row.rindex('<div class="meta"')])).split())
        for row in _ROW.findall(page.text)
    ]


def test_a_journey_from_writing_to_finding_to_deleting(scene: Scene) -> None:
    scene.say(scene.alice, "The kettle sings at dawn.")
    scene.tell()
    assert look(scene.bob, "kettles") == ["The kettle sings at dawn."]
    commands.number_ripe(scene.house.database, all_of_them=True)
    assert look(scene.bob, "singing kettle") == ["The kettle sings at dawn."]
    assert look(scene.bob, "teapot") == []
