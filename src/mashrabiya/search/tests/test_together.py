"""What says all that is asked for in one breath stands before what says it here and there; of what is hers alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mashrabiya.discussions import commands as discussions
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.platform.db import Database
from mashrabiya.search import types
from mashrabiya.search.queries import asked, ordering, page
from mashrabiya.search.tests.test_finding import look, number
from mashrabiya.search.tests.test_index import post_ids, set_post
from mashrabiya.testing.house import TestHouse

_BETWEEN = "and many other things were said on that day by us and by them as well "
# As long, as many words of each, and none of them soon.
_APART = f"Apart, {_BETWEEN * 2} one willow, {_BETWEEN * 2} one ribbon. "
_TOGETHER = f"Together, {_BETWEEN * 3} one willow, one ribbon. {_BETWEEN}"


@pytest.fixture(params=[100, 2])
def scene(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Any:
    """All are asked for, or those that are shown."""
    monkeypatch.setattr(asked, "LOOKED", request.param)
    house = TestHouse(tmp_path, database)
    yield Scene(house)
    house.close()


def _say(scene: Scene, *texts: str) -> None:
    for text in texts:
        scene.say(scene.alice, text)
    number(scene)
    set_post(scene, "t = t - 90000", "")


def _order(scene: Scene, words: str, **fields: str) -> list[str]:
    return [
        "together" if "willow, one ribbon" in said else "apart"
        for said in look(scene.bob.browser, words, **fields)
    ]


@pytest.mark.parametrize("said", [(_APART, _TOGETHER), (_TOGETHER, _APART)])
def test_it_stands_first_whichever_is_newer(scene: Scene, said: tuple[str, str]) -> None:
    _say(scene, *said)
    assert _order(scene, "ribbon willow") == ["together", "apart"]


def test_what_holds_every_word_stands_before_it_still(scene: Scene) -> None:
    _say(scene, _TOGETHER, f"{_APART} And a lantern.")
    assert _order(scene, "willow ribbon lantern") == ["apart", "together"]


def test_newest_first_is_newest_first(scene: Scene) -> None:
    _say(scene, _TOGETHER)
    set_post(scene, "t = t - 900000", "Together")
    scene.say(scene.alice, _APART)
    scene.tell()
    assert _order(scene, "willow ribbon", s="new") == ["apart", "together"]
    assert _order(scene, "willow ribbon") == ["together", "apart"]


def test_what_is_closed_to_her_moves_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many that say it in one breath, hidden behind the index, take the place of none of hers."""
    for module in (ordering, page, types):
        monkeypatch.setattr(module, "PAGE", 2)
    _say(scene, _TOGETHER, _APART)
    assert _order(scene, "willow ribbon") == ["together", "apart"]
    _say(scene, *(f"Number {n}: one willow, one ribbon." for n in range(6)))
    assert _order(scene, "willow ribbon") == ["together"] * 2
    for post in post_ids(scene, "Number "):
        with scene.house.database.write() as uow:
            assert discussions.hide(uow, post)
    assert _order(scene, "willow ribbon") == ["together", "apart"]
