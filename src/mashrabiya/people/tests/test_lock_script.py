"""Locking by itself with JavaScript: in a real browser, with its clock moved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from mashrabiya.people.tests.test_locking import PIN, with_pin
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served

pytestmark = pytest.mark.browser
MINUTE = 60_000


@pytest.fixture
def alices(house: TestHouse, chromium: Browser) -> Iterator[tuple[BrowserContext, str]]:
    """Her browser, signed in, and where the house is; ten minutes are set."""
    alice = with_pin(house)
    with served(house) as address, chromium.new_context(locale="en") as context:
        # Named by https, since the cookie is for secure places only; a browser counts its own machine among them.
        secure = address.replace("http:", "https:")
        context.add_cookies(
            [{"name": SESSION, "value": alice.cookie, "url": secure, "secure": True, "sameSite": "Strict"}]
        )
        yield context, address


def test_it_locks_after_ten_minutes_without_a_key_and_not_before(alices: tuple[BrowserContext, str]) -> None:
    context, address = alices
    page = context.new_page()
    page.clock.install()
    page.goto(f"{address}/me")
    page.clock.run_for(8 * MINUTE)
    page.keyboard.press("Tab")
    page.clock.run_for(8 * MINUTE)
    assert page.url == f"{address}/me"
    page.clock.run_for(3 * MINUTE)
    expect(page.locator("form[action='/u']")).to_be_visible()
    assert page.title() == "…"
    page.fill("#f-pin", PIN)
    page.keyboard.press("Enter")
    expect(page.locator("#lock-now")).to_be_visible()


def test_a_phone_that_slept_locks_at_the_first_touch(alices: tuple[BrowserContext, str]) -> None:
    context, address = alices
    page = context.new_page()
    page.clock.install()
    page.goto(f"{address}/me")
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 3600000; }")
    page.keyboard.press("Tab")
    expect(page.locator("form[action='/u']")).to_be_visible()


def test_what_was_being_written_comes_back_with_the_number(alices: tuple[BrowserContext, str]) -> None:
    context, address = alices
    page = context.new_page()
    page.clock.install()
    page.goto(f"{address}/me/notes/new")
    page.fill("textarea", "half a sentence")
    page.clock.run_for(11 * MINUTE)
    expect(page.locator("form[action='/u']")).to_be_visible()
    assert "half a sentence" not in page.content()
    page.fill("#f-pin", PIN)
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_have_value("half a sentence")


def test_a_tab_in_use_keeps_another_open_and_a_locked_one_takes_it_along(
    alices: tuple[BrowserContext, str],
) -> None:
    context, address = alices
    # One clock for the whole browser.
    context.clock.install()
    idle, used = context.new_page(), context.new_page()
    for page in (idle, used):
        page.goto(f"{address}/me")
    context.clock.run_for(8 * MINUTE)
    used.keyboard.press("Tab")
    used.wait_for_timeout(500)
    context.clock.run_for(4 * MINUTE)
    assert idle.url == used.url == f"{address}/me"
    used.click("#lock-now button")
    expect(used.locator("form[action='/u']")).to_be_visible()
    context.clock.run_for(3000)
    expect(idle.locator("form[action='/u']")).to_be_visible()


def test_after_locking_back_shows_nothing(alices: tuple[BrowserContext, str]) -> None:
    context, address = alices
    page = context.new_page()
    page.goto(f"{address}/me")
    page.goto(f"{address}/me/p")
    page.click("#lock-now button")
    expect(page.locator("form[action='/u']")).to_be_visible()
    page.go_back()
    expect(page.locator("form[action='/u']")).to_be_visible()
