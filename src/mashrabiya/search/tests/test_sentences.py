"""What a page says where it cannot do all that was asked: in a sentence."""

from __future__ import annotations

import re
from html import unescape

import msgspec
import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.test_commands import NEW
from mashrabiya.communities.types import Audience
from mashrabiya.kernel import clock
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.search import forms
from mashrabiya.search.queries import asked, finding, leaves
from mashrabiya.search.tests.asking import tell
from mashrabiya.search.tests.test_finding import number
from mashrabiya.search.types import Part
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

_CUT = "Only the beginning of what was typed was looked for."
_OPENS_NO_MORE = "This address no longer opens."


def said(browser: Browser, address: str) -> str:
    """What stands as the state of the page."""
    page = browser.get(address)
    assert page.status == 200
    found = re.search(r'role="status">(.*?)</(?:p|div)>', page.text, re.DOTALL)
    return unescape(found[1]) if found else ""


@pytest.mark.parametrize(
    "words",
    ["kettle " * 60, " ".join(f"w{n}" for n in range(40)), "ภาษาไทย " * 30, "🌈 " * 200, "zanzibar" * 60],
)
def test_what_is_too_long_says_that_it_was_cut(house: TestHouse, words: str) -> None:
    browser = house.browser()
    assert _CUT in said(browser, browser.post("/q", {"q": words}).location)
    assert _CUT not in said(browser, browser.post("/q", {"q": words[:20]}).location)


def test_it_says_so_in_every_part(house: TestHouse) -> None:
    browser = house.browser()
    asked = browser.post("/q", {"q": "zanzibar " * 60}).location
    for part in range(9):
        assert _CUT in said(browser, f"{asked}&a={part}"), part


def test_an_address_that_opens_no_more_says_so(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = house.browser()
    asked = browser.post("/q", {"q": "kettle"}).location
    assert "kettle" in said(browser, asked)
    for address in (asked[:-1], asked[:40] + "A" + asked[41:], "/q?k=x", f"/q?k={'A' * 1403}"):
        assert _OPENS_NO_MORE in said(browser, address), address
    assert said(browser, "/q") == ""
    assert said(browser, "/q?k=") == ""
    later = clock.now() + 2 * clock.DAY
    monkeypatch.setattr(clock, "now", lambda: later)
    assert _OPENS_NO_MORE in said(house.browser(), asked)


def test_another_house_opens_nothing_of_it(house: TestHouse) -> None:
    other = forms.sealed(ServerKeys(b"o" * 32), {"q": "kettle"})
    assert forms.opened(ServerKeys(b"o" * 32), other) == {"q": "kettle"}
    assert _OPENS_NO_MORE in said(house.browser(), f"/q?k={other}")


def test_the_neutral_look_says_no_word_that_is_not_opened(house: TestHouse) -> None:
    """The field lies closed, and where nothing is found the sentence does not say for what."""
    alice = house.person("Alice").browser
    alice.submit("/me", "/me/look", discreet="1")
    page = alice.get(alice.post("/q", {"q": "zanzibar"}).location).text
    closed = re.findall(r'<details class="note my4" name="note">(.*?)</details>', page, re.DOTALL)
    assert sum("zanzibar" in part for part in closed) == page.count("zanzibar") == 1
    assert "Nothing found." in page
    assert 'name="note" open' in alice.get("/q").text


def test_of_more_than_are_ranked_the_page_says_so(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(house)
    for n in range(3):
        scene.say(scene.alice, f"Medlar, {n}.")
    number(scene)
    bob = scene.bob.browser
    assert "3 found" in said(bob, "/q?q=medlar")
    for module in (asked, finding):
        monkeypatch.setattr(module, "RANKED", 2)
    assert "There are more than" in said(bob, "/q?q=medlar")
    assert "There are more than" not in said(scene.charlie.browser, "/q?q=nothing")


def test_the_library_says_so_too(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house.change(open=True)
    for n in range(3):
        dana = house.person(f"Dana {n}")
        with house.database.write() as uow:
            new = msgspec.structs.replace(NEW, name=f"Harbour {n}", audience=Audience.PUBLIC)
            communities.found(uow, dana.viewer, new)
    tell(house)
    browser = house.browser()
    asked = browser.post("/q", {"q": "harbour", "a": str(int(Part.COMMUNITIES))}).location
    assert "3 found" in said(browser, asked)
    monkeypatch.setattr(leaves, "MOST", 2)
    assert "There are many" in said(browser, asked)
