"""A first visit costs little: at most 60 KB in six requests, in every encoding that browsers ask for.

Counted are bytes as they leave the house, with the pages of a sample that is full. What lies between,
and the time until something is seen, are measured by ./dev bench.
"""

from __future__ import annotations

import re

import pytest

from mashrabiya.people.flows import alter_preferences, sign_in
from mashrabiya.stewardship.sample import credentials
from mashrabiya.stewardship.tests.sampled import SMALL, sampled
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

MOST, REQUESTS = 60_000, 6
ENCODINGS = {"zstd": "gzip, deflate, br, zstd", "br": "gzip, deflate, br", "gzip": "gzip"}
_FETCHED = re.compile(r'<(?:link|script|img|use|source)\b[^>]*?\b(?:href|src)="(/[^"]+)"')


class Full:
    """A sample house, somebody without a session and a member."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        known = credentials(house.database, sampled(house, SMALL, decided=False))
        self.thread = known["threads"]["public"]
        self.long = next(path for name, path in known["threads"].items() if name.startswith("long"))
        one = next(m for m in known["members"] if m["standing"] == "established" and m["role"] == "member")
        self._shown = sign_in(house.site, one["sign_in_name"], one["passphrase"]).text

    def visitor(self, language: str, *, discreet: bool) -> Browser:
        browser = self.house.browser(language)
        if discreet:
            browser.cookies["l"] = ".n"
        return browser

    def member(self, language: str, *, discreet: bool) -> Browser:
        alter_preferences(self.house.site, self._shown, language=language, discreet=discreet)
        browser = self.house.browser(language)
        browser.cookies["__Host-v"] = self._shown
        return browser


@pytest.fixture
def full(house: TestHouse) -> Full:
    return Full(house)


def first_visit(browser: Browser, path: str, encoding: str) -> list[int]:
    """The bytes of every answer that an empty cache asks for, headers with them."""
    accepted = {"accept-encoding": ENCODINGS[encoding]}
    readable = browser.get(path).text
    page = browser.get(path, **accepted)
    assert page.status == 200
    assert page.header("content-encoding") == encoding
    files = set(_FETCHED.findall(readable)) | drawn_by_sheets(browser, readable)
    answers = [page, *(browser.get(file, **accepted) for file in sorted(files))]
    assert all(answer.status == 200 for answer in answers)
    return [_weight(answer) for answer in answers]


def drawn_by_sheets(browser: Browser, page: str) -> set[str]:
    """The pictures that the light sheet draws on this page: the floor of light, where it lies."""
    (sheet,) = re.findall(r'href="(/a/app\.[^"]+)"', page)
    light = set(re.findall(r"url\((/a/light\.[^)]+)\)", browser.get(sheet).text))
    assert len(light) == 1
    return light if 'class="cast"' in page else set()


def _weight(answer: Page) -> int:
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers)
    return head + len(answer.body)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("discreet", [False, True], ids=["usual", "neutral"])
def test_a_first_visit_costs_little(full: Full, encoding: str, language: str, discreet: bool) -> None:
    visitor = full.visitor(language, discreet=discreet)
    member = full.member(language, discreet=discreet)
    visits = {
        "landing": first_visit(visitor, "/", encoding),
        "thread": first_visit(visitor, full.thread, encoding),
        "communities": first_visit(visitor, "/c", encoding),
        "home": first_visit(member, "/", encoding),
        "thread of a member": first_visit(member, full.long, encoding),
    }
    for name, sizes in visits.items():
        assert len(sizes) <= REQUESTS, name
        assert sum(sizes) <= MOST, (name, sizes)


def test_help_now_is_one_request(full: Full) -> None:
    for language in ("ar", "en"):
        page = full.visitor(language, discreet=False).get("/h", **{"accept-encoding": "gzip"})
        assert _weight(page) <= 10_000
        assert _FETCHED.findall(full.visitor(language, discreet=False).get("/h").text) == []


def test_pages_lean_on_no_other_host_and_no_font(full: Full) -> None:
    for path in ("/", "/c", full.thread):
        text = full.visitor("ar", discreet=False).get(path).text
        assert not re.search(r'(?:src|srcset|data)="(?:https?:)?//', text)
    for name in ("app.css", "dark.css"):
        sheet = full.house.browser().get(full.house.site.assets.address(name)).text
        assert "@font-face" not in sheet
        assert "//" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
