"""Whom the whole house is closed to takes a copy along: with her passphrase, after the same wait."""

from __future__ import annotations

import json
import re

import pytest

from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.home.tests.test_copies import opened, rows
from mashrabiya.kernel import clock
from mashrabiya.people.commands import set_guard
from mashrabiya.people.queries.guards import SITE
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse

LANGUAGES = ["ar", "en"]


def close(house: TestHouse, person: Person) -> None:
    with house.database.write() as uow:
        set_guard(uow, SITE, person.viewer.pid, days=30, case=b"\x01\x02")
    house.site.held.refresh()


def ask(browser: Browser, person: Person, **fields: str) -> Page:
    return browser.submit(
        "/in/copy", "/in/copy", **{"name": person.name, "pass": person.passphrase, **fields}
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_her_case_leads_to_it_with_her_session_and_without(
    house: TestHouse, language: str
) -> None:
    mallory = house.person("Mallory", language=language)
    close(house, mallory)
    case = mallory.browser.get("/me")
    assert case.status == 403
    assert 'href="/in/copy"' in case.text
    for browser in (mallory.browser, house.browser()):
        page = browser.get("/in/copy")
        assert page.status == 200
        assert page.form("/in/copy")


def test_she_asks_waits_and_has_everything(house: TestHouse) -> None:
    mallory, bob = house.person("Mallory"), house.person("Bob")
    tid = begin(house.database, mallory.viewer, open_place(house, mallory, bob), body="Words of hers.").tid
    answer(house.database, bob.viewer, tid, "Words by Bob.")
    answer(house.database, mallory.viewer, tid, "Unnamed words.", unnamed=True)
    mallory.new_persona("Zahra")
    close(house, mallory)
    browser = house.browser()
    assert "24 hours" in ask(browser, mallory).text
    assert "24 hours" in ask(browser, mallory).text
    clock.offset += 24 * clock.HOUR
    made = ask(browser, mallory)
    assert 'filename="copy.zip"' in made.header("content-disposition")
    page, told = opened(made.body)
    assert [one["name"] for one in told["personas"]] == ["Mallory", "Zahra"]
    assert [post["text"] for post in told["unnamed"]] == ["Unnamed words."]
    assert "Words of hers." in page
    assert "Words by Bob." not in page + json.dumps(told)
    clock.offset += 8 * 24 * clock.HOUR
    assert ask(browser, mallory).header("content-type").startswith("text/html")


def test_nobody_else_is_told_anything_there(house: TestHouse) -> None:
    mallory, bob = house.person("Mallory"), house.person("Bob")
    close(house, mallory)
    browser = house.browser()
    wrong = ask(browser, mallory, **{"pass": "not these words at all"})
    inside = ask(browser, bob, name=mallory.name + "x")
    member = ask(browser, bob, name=bob.name)
    plain = [re.sub(r'value="[^"]*"', "", page.text) for page in (wrong, inside, member)]
    assert [page.status for page in (wrong, inside, member)] == [422] * 3
    assert len(set(plain)) == 1
    assert rows(house, "save") == 0


def test_guesses_there_are_slowed(house: TestHouse) -> None:
    mallory = house.person("Mallory")
    close(house, mallory)
    browser = house.browser()
    answers = [ask(browser, mallory, **{"pass": "wrong words"}).status for _ in range(12)]
    assert (answers[0], answers[-1]) == (422, 429)
