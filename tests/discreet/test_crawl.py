"""The neutral look, on every page of a house that is full: nothing in sight tells what the site is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mashrabiya.people.flows import alter_preferences, sign_in
from mashrabiya.stewardship.sample import credentials
from mashrabiya.stewardship.tests.sampled import SMALL, sampled
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

from .crawl import crawl, kind_of
from .sight import Sight, telling

NAMES = {"en": "Notes", "ar": "ملاحظات"}
# What the browser is told beside its own title: every page says the same of itself.
TITLES = {"404", "…", "Guide", "دليل", *NAMES.values()}
LANGUAGES = ("ar", "en")
# The names of things in the usual look, which lists and threads go without: notes, additions, lists.
USUAL = {
    "en": re.compile(r"\b(thread|repl|communit|persona)", re.IGNORECASE),
    "ar": re.compile("موضوع|مواضيع|ردود|ردّ|مجتمع|مستعار"),
}
LISTS_AND_THREADS = ("/?", "/t?", "/c?", "/c/*?", "/t/*?")
TO_PRINT = "/h?all=1"
"""The sheet of help now is opened whole by hand, to be printed; it speaks of sexual violence, not of anybody."""


class Full:
    """A sample house and the words that its people wrote."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        known = credentials(house.database, sampled(house, SMALL))
        self.members, self.threads = known["members"], known["threads"]
        rows = house.database.connection().execute(
            "SELECT title FROM thread UNION SELECT name FROM community UNION SELECT about FROM community "
            "UNION SELECT name FROM persona"
        )
        self.written = [" ".join(text.split()) for (text,) in rows if text and len(text) > 5]

    def member(self, role: str, language: str) -> Browser:
        """Somebody of that role who chose the neutral look."""
        one = next(m for m in self.members if m["role"] == role and m["standing"] == "established")
        shown = sign_in(self.house.site, one["sign_in_name"], one["passphrase"]).text
        alter_preferences(self.house.site, shown, discreet=True, language=language)
        browser = self.house.browser(language)
        browser.cookies["__Host-v"] = shown
        return browser

    def visitor(self, language: str) -> Browser:
        """Somebody without a session who pressed the switch in the foot."""
        browser = self.house.browser(language)
        browser.submit("/", "/v")
        assert browser.cookies == {"l": ".n"}
        return browser


@pytest.fixture
def full(house: TestHouse) -> Full:
    return Full(house)


WHO: dict[str, Callable[[Full, str], Browser]] = {
    "visitor": Full.visitor,
    "member": lambda full, language: full.member("member", language),
    "carer": lambda full, language: full.member("carer", language),
    "host": lambda full, language: full.member("host", language),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", WHO)
def test_no_page_in_the_neutral_look_tells_what_the_site_is(full: Full, who: str, language: str) -> None:
    seen = 0
    for path, page, sight in crawl(WHO[who](full, language), "/", *full.threads.values()):
        seen += page.status == 200
        assert sight.title in TITLES, path
        assert telling(f"{path} {' '.join(sight.head)}") == [], path
        if not path.startswith(TO_PRINT):
            assert telling(" ".join(sight.seen)) == [], path
        _hides_what_was_written(full, path, sight)
        _goes_by_neutral_names(path, sight, language)
        assert "<svg viewBox" not in page.text, f"{path} draws a tile or a door"
    assert seen > (25 if who == "visitor" else 50)


def _goes_by_neutral_names(path: str, sight: Sight, language: str) -> None:
    if kind_of(path).startswith(LISTS_AND_THREADS):
        assert [line.strip() for line in sight.seen if USUAL[language].search(line)] == [], path


def _hides_what_was_written(full: Full, path: str, sight: Sight) -> None:
    in_sight = " ".join(" ".join(sight.seen).split())
    for text in full.written:
        assert text not in in_sight, f"{path} shows {text!r} before it is asked for"


def test_the_measure_would_find_something(full: Full) -> None:
    found: list[str] = []
    for _, _, sight in crawl(full.house.browser("en"), "/", "/c"):
        found += telling(" ".join(sight.seen))
    assert len(found) > 5
