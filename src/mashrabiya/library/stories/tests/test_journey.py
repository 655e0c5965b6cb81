"""One experience from beginning to end, as people meet it."""

from __future__ import annotations

import pytest

from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

NEW = "/y/e/new"
SAID = {
    "kind": "2",
    "question": "How did I tell my sister?",
    "was": "We sat in the car.",
    "done": "I said it in one sentence.",
    "came": "She asked what we would eat.",
}


def tell(person: Person, **fields: str) -> Page:
    return person.browser.submit(NEW, NEW, **{**SAID, **fields})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_told_found_marked_and_taken_back(house: TestHouse, language: str) -> None:
    alice, bob = house.person("Alice", language=language), house.person("Bob", language=language)
    told = tell(alice)
    assert told.status == 303, told.text
    path = told.location
    page = bob.browser.get(path)
    assert page.status == 200
    assert "We sat in the car." in page.text
    assert "Alice" not in page.text
    assert path in bob.browser.get("/y/e").text
    assert path not in house.browser(language).get("/y/e").text
    assert house.browser(language).get(path).status == 404
    assert bob.browser.submit(path, f"{path}/h", same="1").status == 303
    assert alice.browser.submit(path, f"{path}/l", tick_2="1").status == 303
    assert house.browser(language).get(path).status == 200
    assert path in alice.browser.get("/y/e/me").text
    assert path not in bob.browser.get("/y/e/me").text
    assert bob.browser.get(f"{path}/d").status == 404
    assert alice.browser.submit(f"{path}/d", f"{path}/d").location == "/y/e/me"
    for who in (alice.browser, bob.browser, house.browser(language)):
        assert who.get(path).status == 404
        assert path not in who.get("/y/e").text
