"""A guide in a real browser: what is written for oneself stays there, a copy is there without a network, and leaving takes both."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mashrabiya.library.guides import flows, queries
from mashrabiya.testing.house import TestHouse

from .conftest import NewPage
from .test_installed import KEPT

WORDS = "Basil wants shade at noon"
STORE = "() => Object.keys(localStorage).map((name) => [name, localStorage.getItem(name)])"


def _address(house: TestHouse) -> str:
    flows.furnish(house.database, only=("questioning",))
    house.site.held.refresh()
    with house.database.read() as db:
        (entry,) = queries.stock(db).shown.values()
    return entry.guide.address


def _write(page: Page) -> None:
    page.locator("#think summary").click()
    page.locator("#think-1").fill(WORDS)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_written_for_oneself_stays_in_the_browser(
    house: TestHouse, new_page: NewPage, language: str
) -> None:
    address, page = _address(house), new_page(language)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.goto(address)
    _write(page)
    page.reload()
    page.locator("#think summary").click()
    expect(page.locator("#think-1")).to_have_value(WORDS)
    assert not any("Basil" in one for one in sent)
    page.locator("#think-wipe").click()
    expect(page.locator("#think-1")).to_have_value("")
    assert page.evaluate(STORE) == []


@pytest.mark.browser
def test_leaving_quickly_takes_it_along(house: TestHouse, new_page: NewPage) -> None:
    address, page = _address(house), new_page("en")
    page.goto(address)
    _write(page)
    page.locator("#guide-keep").click()
    expect(page.locator("#guide-kept")).to_be_visible()
    page.locator("form[action='/x'] button").click()
    page.wait_for_url("**/*wikipedia.org/**")
    page.goto("/h")
    assert page.evaluate(STORE) == []
    assert page.evaluate(KEPT)[0] == {}


@pytest.mark.browser
def test_a_copy_is_there_without_a_network(house: TestHouse, new_page: NewPage) -> None:
    address, page = _address(house), new_page("en")
    page.goto(address)
    assert page.evaluate(KEPT) == [{}, 0]
    page.locator("#guide-keep").click()
    expect(page.locator("#guide-kept")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    assert page.evaluate(KEPT)[0] == {"saved-1": [address], "help-1": ["/h"]}
    page.context.set_offline(True)
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Exploring who I am")
    assert "Mashrabiya" not in page.content()
    page.context.set_offline(False)
    page.goto(address)
    page.locator("#guide-drop").click()
    expect(page.locator("#guide-keep")).to_be_visible()
    assert page.evaluate(KEPT)[0]["saved-1"] == []


@pytest.mark.browser
def test_without_a_script_paper_is_better(house: TestHouse, new_page: NewPage) -> None:
    address, page = _address(house), new_page("en", javascript=False)
    page.goto(address)
    page.locator("#think summary").click()
    expect(page.locator("#think-none")).to_be_visible()
    assert page.locator("#think textarea:visible").count() == 0
