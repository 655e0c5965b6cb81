"""The library in the neutral look: lists of numbers and letters; what anything is called waits to be opened by hand."""

from __future__ import annotations

import json
import re

import pytest

from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

from .sight import Sight, telling
from .test_crawl import NAMES, Full

LISTS = ("/y", "/y/w", "/y/s", "/y/e", "/y/d")
# What each room is about, in the usual look: a heading or a label in sight would tell.
ROOMS = {
    "en": re.compile(r"guide to|service|experience|law|countr|risk|editor|crim|police", re.IGNORECASE),
    "ar": re.compile("خدم|تجارب|قانون|بلد|خطر|تحرير|تجريم|شرطة"),
}
_THING = re.compile(r'href="(/y/(?:[wse]/|d/)?[0-9a-z]{16,})"')


def in_sight(browser: Browser, path: str, language: str) -> str:
    page = browser.get(path)
    assert page.status == 200, path
    sight = Sight(page.text)
    assert sight.title == NAMES[language], path
    # The footer leads to the help page, the sample says that it is one: both stand on every page.
    return " ".join(" ".join(sight.seen).split())


@pytest.fixture
def full(house: TestHouse) -> Full:
    return Full(house)


@pytest.mark.parametrize("language", list(NAMES))
def test_lists_of_the_library_and_what_they_lead_to_show_numbers_alone(full: Full, language: str) -> None:
    names = written(full.house)
    assert len(names) > 40
    browser = full.member("host", language)
    for path in LISTS:
        page = browser.get(path)
        things = sorted(set(_THING.findall(page.text)))[:3]
        assert things, path
        for one in (path, *things):
            seen = in_sight(browser, one, language)
            assert telling(seen) == [], one
            assert ROOMS[language].search(seen) is None, (one, ROOMS[language].search(seen))
            assert [name for name in names if name in seen] == [], one


@pytest.mark.parametrize("language", list(NAMES))
def test_what_is_looked_for_comes_back_in_what_was_opened(full: Full, language: str) -> None:
    """Whoever narrowed a list finds her words where she typed them, and no more than before in sight."""
    browser, word = full.visitor(language), {"en": "Egypt", "ar": "مصر"}[language]
    found = browser.submit("/y/w", "/y/w", q=word)
    page = browser.get(found.location)
    assert '"/y/w/' in page.text
    assert [line for line in Sight(page.text).seen if word in line] == [word], "her own field alone"


def written(house: TestHouse) -> list[str]:
    """What guides, services, experiences and countries are called."""
    connection = house.database.connection()
    rows = connection.execute(
        "SELECT title FROM guide_edition UNION SELECT lead FROM guide_edition "
        "UNION SELECT question FROM story UNION SELECT was FROM story"
    )
    services = [json.loads(body) for (body,) in connection.execute("SELECT body FROM service")]
    called = [text for (text,) in rows] + [one[f"name_{lang}"] for one in services for lang in NAMES]
    named = [" ".join(text.split())[:60] for text in called if text and len(text) > 5]
    return [*named, "Lebanon", "Egypt", "لبنان", "مصر"]
