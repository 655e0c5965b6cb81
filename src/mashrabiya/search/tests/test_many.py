"""Of many that hold the words only those that are shown are asked for: nothing that is closed comes in by that, or moves anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mashrabiya.discussions import commands as discussions
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.people.flows.reaching import block
from mashrabiya.platform.db import Database
from mashrabiya.search import types
from mashrabiya.search.queries import asked, finding, ordering, page
from mashrabiya.search.tests.test_finding import look, number
from mashrabiya.search.tests.test_index import post_ids, set_post
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

_PAGE = 3


@pytest.fixture
def scene(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sixteen posts, pages of three, and six of which each is asked for."""
    for module, name, number_ in (
        (asked, "LOOKED", 6),
        (ordering, "PAGE", _PAGE),
        (ordering, "_AT_ONCE", _PAGE),
        (page, "PAGE", _PAGE),
        (types, "PAGE", _PAGE),
    ):
        monkeypatch.setattr(module, name, number_)
    house = TestHouse(tmp_path, database)
    scene = Scene(house)
    for n in range(16):
        who = scene.mallory if n % 5 == 4 else scene.alice
        scene.say(who, f"Hazel, number {n}. " + "hazel " * (n % 3) + "and bread" * (n % 2))
    number(scene)
    set_post(scene, "t = t - 90000", "Hazel, number")
    scene.say(scene.alice, "Hazel, new.")
    scene.tell()
    yield scene
    house.close()


def pages(browser: Browser, words: str, **fields: str) -> list[str]:
    """What stands on all pages, one after another."""
    found: list[str] = []
    address = browser.post("/q", {"q": words, **fields}).location
    for n in range(1, 12):
        text = browser.get(f"{address}&p={n}").text
        found += [part.split("</p>")[0] for part in text.split('<p dir="auto"')[1:]]
        if f"p={n + 1}" not in text.replace("&amp;", "&"):
            return found
    raise AssertionError("no last page")


def said(browser: Browser, words: str) -> str:
    """How many were found, as the page says it."""
    text = browser.get(f"/q?q={words}").text
    return text.split('role="status">')[1].split("</p>")[0]


@pytest.mark.parametrize("newest", ["", "new"])
@pytest.mark.parametrize("words", ["hazel", "hazel nowhere", "bread nowhere"])
def test_every_page_has_what_the_one_before_had_not(scene: Scene, words: str, newest: str) -> None:
    found = pages(scene.bob.browser, words, s=newest)
    assert len(found) == len(set(found)) == (8 if words.startswith("bread") else 17)
    first = look(scene.bob.browser, words, s=newest)
    assert len(first) == _PAGE
    if newest and words == "hazel":
        assert first[0] == "Hazel, new."


def test_how_many_is_said_as_far_as_it_is_known(scene: Scene) -> None:
    assert "At least" in said(scene.bob.browser, "hazel")
    assert "At least" not in said(scene.bob.browser, '"number 7"')
    assert "17 found" in scene.bob.browser.get("/q?q=hazel&p=9").text, "who read to the end has asked for all"


def test_what_is_hidden_counts_nowhere(scene: Scene) -> None:
    """Hidden behind the index, which was not told yet: on all pages stands what stands there without it."""
    before = pages(scene.bob.browser, "hazel")
    hidden = [one for n in (3, 6) for one in post_ids(scene, f"Hazel, number {n}.")]
    for post in hidden:
        with scene.house.database.write() as uow:
            assert discussions.hide(uow, post)
    behind = pages(scene.bob.browser, "hazel")
    assert len(behind) == 15
    assert "15 found" in scene.bob.browser.get("/q?q=hazel&p=9").text
    assert set(behind) < set(before)
    scene.tell()
    assert set(pages(scene.bob.browser, "hazel")) == set(behind)


def test_whom_she_keeps_away_stands_on_no_page(scene: Scene) -> None:
    block(scene.house.site, scene.bob.viewer, scene.mallory.viewer.pid, shared=False)
    found = pages(scene.bob.browser, "hazel")
    assert len(found) == 14
    assert not [one for one in found if any(f"number {n}." in one for n in (4, 9, 14))]


def test_phrases_and_what_is_left_out_hold_on_every_page(scene: Scene) -> None:
    assert len(pages(scene.bob.browser, "hazel -bread")) == 9
    assert len(pages(scene.bob.browser, '"number 7"')) == 1
    assert len(pages(scene.bob.browser, '"hazel hazel"')) == 5


def test_what_is_older_than_she_asks_stands_on_no_page(scene: Scene) -> None:
    set_post(scene, "t = t - 9000000", "Hazel, number 1")
    assert len(pages(scene.bob.browser, "hazel", w="30")) == 10
    assert len(pages(scene.bob.browser, "hazel", w="30", s="new")) == 10


def test_where_not_all_that_hold_some_words_are_ranked_it_stays_at_least(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_SOME", 8)
    assert len(pages(scene.bob.browser, "hazel nowhere")) == 9, "and the one that is new"
    assert "At least 9" in scene.bob.browser.get("/q?q=hazel+nowhere&p=9").text


def test_who_keeps_the_writer_of_the_newest_away_finds_the_others(scene: Scene) -> None:
    block(scene.house.site, scene.bob.viewer, scene.alice.viewer.pid, shared=False)
    found = pages(scene.bob.browser, "hazel")
    assert len(found) == 3
    assert all(any(f"number {n}." in one for n in (4, 9, 14)) for one in found)
