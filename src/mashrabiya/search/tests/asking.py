"""Asking the page of search for one part of the house."""

from __future__ import annotations

import re
from html import unescape

from mashrabiya.platform.worker import Worker
from mashrabiya.search.types import Part
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

ROW = re.compile(r'<li class="row">(.*?)</li>', re.DOTALL)
_TITLE = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def tell(house: TestHouse) -> None:
    """What was recorded is told."""
    Worker(house.database, house.keys).drain()


def titles(browser: Browser, words: str, part: Part = Part.ALL) -> list[str]:
    """The titles of what is found, as the page has them."""
    asked = browser.post("/q", {"q": words, "a": str(int(part))})
    page = browser.get(asked.location)
    assert page.status == 200
    found = (_TITLE.search(row) for row in ROW.findall(page.text))
    return [" ".join(unescape(_TAG.sub("", one[1])).split()) for one in found if one]


def statements(house: TestHouse, browser: Browser, words: str, part: Part) -> int:
    """How many a page takes, session and face included."""
    address = browser.post("/q", {"q": words, "a": str(int(part))}).location
    browser.get(address)
    house.site.held.refresh()
    trace: list[str] = []
    house.database.trace = trace
    assert browser.get(address).status == 200
    house.database.trace = None
    return len(trace)
