"""Finding communities by hand: by words, by what narrows the list, and with a wicked hand."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from mashrabiya.communities import commands, forms
from mashrabiya.communities.tests.factories import MONA
from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.communities.tests.test_pages import found
from mashrabiya.communities.types import Audience, NewCommunity, Topic
from mashrabiya.kernel import clock
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse


def search(browser: Browser, words: str, **more: str) -> Page:
    """Ask as a person would, and look where it leads."""
    return browser.get(browser.submit("/c", "/c", q=words, **more).location)


def test_a_search_leads_to_an_address_that_does_not_say_it(house: TestHouse) -> None:
    found(house, Audience.PUBLIC, "Balcony plants")
    found(house, Audience.PUBLIC, "Night kitchen")
    browser = house.browser()
    sent = browser.submit("/c", "/c", q="balcony")
    assert sent.status == 303
    assert set(parse_qs(urlsplit(sent.location).query)) == {"k"}
    page = browser.get(sent.location)
    assert "Balcony plants" in page.text
    assert "Night kitchen" not in page.text
    assert 'value="balcony"' in page.text
    assert "balcony" not in page.text[page.text.index("<title>") : page.text.index("</title>")].lower()


def test_two_searches_of_different_length_look_alike(house: TestHouse) -> None:
    browser = house.browser()
    places = [browser.submit("/c", "/c", q=words).location for words in ("a", "a much longer question", "a")]
    assert len({len(place) for place in places}) == 1
    assert len(set(places)) == 3


def test_a_sealed_search_opens_today_and_tomorrow(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = forms.sealed(house.keys, "مثلية")
    for days, words in ((0, "مثلية"), (1, "مثلية"), (2, "")):
        monkeypatch.setattr(clock, "offset", days * clock.DAY)
        assert forms.opened(house.keys, shown) == words


@pytest.mark.parametrize("shown", ["x", "A" * 379, "%00", "ü", "=" * 400])
def test_an_address_that_was_made_up_asks_for_everything(house: TestHouse, shown: str) -> None:
    found(house, Audience.PUBLIC)
    assert forms.opened(house.keys, shown) == ""
    assert "Night kitchen" in house.browser().get(f"/c?k={shown.encode('ascii', 'ignore').decode()}").text


@pytest.mark.parametrize(
    "asked", ["t=99", "t=0", "t=x", "g=9", "g=-1", "l=xx", "l=%27", "p=2", "after=zz", "t=٣"]
)
def test_what_an_address_may_hold_never_fails(house: TestHouse, asked: str) -> None:
    assert house.browser().get(f"/c?{asked}").status == 200


def test_open_words_in_the_address_answer_too(house: TestHouse) -> None:
    found(house, Audience.PUBLIC)
    browser = house.browser()
    assert "Night kitchen" in browser.get("/c?q=kitchen").text
    page = browser.get("/c?q=garden").text
    assert "Night kitchen" not in page
    chips = re.findall(r'class="chip" href="([^"]*)"', page)
    assert chips
    assert not any("garden" in chip for chip in chips)


def test_narrowing_keeps_the_words_and_words_keep_the_narrowing(house: TestHouse) -> None:
    for name, topic in (("Night kitchen", Topic.FOOD), ("Night writing", Topic.WRITING)):
        new = NewCommunity(name=name, about="x", audience=Audience.PUBLIC, topics=int(topic))
        with house.database.write() as uow:
            commands.found(uow, MONA, new)
    browser = house.browser()
    page = search(browser, "night").text
    interests = unescape(re.findall(r'class="chip" href="([^"]*)"[^>]*>Interests', page)[0])
    page = browser.get(interests).text
    cooking = unescape(re.findall(r'class="chip" href="([^"]*)"[^>]*>Cooking', page)[0])
    page = browser.get(cooking).text
    assert ("Night kitchen" in page, "Night writing" in page) == (True, False)
    again = browser.submit(cooking, "/c", q="writing")
    assert set(parse_qs(urlsplit(again.location).query)) == {"k", "g", "t"}
    assert "No results" in browser.get(again.location).text


@pytest.mark.parametrize(
    ("language", "nothing", "on"),
    [("en", "No results", "All communities"), ("ar", "لا نتائج", "كل المجتمعات")],
)
def test_nothing_found_says_so_and_leads_on(house: TestHouse, language: str, nothing: str, on: str) -> None:
    page = search(house.browser(language), "شطرنج").text
    assert nothing in page
    assert on in page


@pytest.mark.parametrize("words", NAUGHTY)
def test_no_search_fails(house: TestHouse, words: str) -> None:
    browser = house.browser()
    sent = browser.submit("/c", "/c", q=words, t=words, l=words)
    assert sent.status == 303
    page = browser.get(sent.location)
    assert page.status == 200
    assert "<script>alert" not in page.text


def test_the_list_and_the_forms_take_few_statements(house: TestHouse) -> None:
    house.change(open=True)
    path = found(house, Audience.SIGNED_IN)
    browser = house.person("Alice").browser
    for page, most in (("/c", 3), ("/c?q=night", 3), ("/c/new", 3), (path, 6)):
        browser.get(page)
        house.database.trace = []
        assert browser.get(page).status == 200
        assert len(house.database.trace) <= most, (page, house.database.trace)
        house.database.trace = None
