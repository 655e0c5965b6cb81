"""T10 in Firefox: after quick exit nothing of a member comes back, with and without JavaScript."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mashrabiya.testing.firefox import PATIENCE, Firefox, find_firefox, firefox
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served

from .leaving import ELSEWHERE, SECRETS, Reader, elsewhere, reader, tells

pytestmark = pytest.mark.full

REOPEN_TAB = """
const { SessionStore } = ChromeUtils.importESModule("resource:///modules/sessionstore/SessionStore.sys.mjs");
SessionStore.undoCloseTab(window, 0);
arguments[0]();
"""
RESTORE_WINDOW = """
const { SessionStore } = ChromeUtils.importESModule("resource:///modules/sessionstore/SessionStore.sys.mjs");
SessionStore.undoCloseWindow(0);
arguments[0]();
"""
KEPT = """
const done = arguments[0];
(async () => done([
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await navigator.serviceWorker.getRegistrations()).length, document.cookie,
]))();
"""


class Left:
    """Her Firefox, with her pages in its history."""

    def __init__(self, browser: Firefox, address: str, who: Reader, *, scripts: bool) -> None:
        self.browser, self.address, self.reader, self.scripts = browser, address, who, scripts
        browser.go(f"{address}/h")
        browser.keep_cookie("__Host-v", who.cookie, "127.0.0.1")
        for page in who.pages:
            browser.go(address + page)
            assert tells(browser.source), page

    def leave(self) -> None:
        """By the button; the browser then stands elsewhere."""
        self.browser.click("form[action='/x'] button")
        self.wait(lambda: ELSEWHERE in self.browser.source)

    def wait(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not self._try(holds):
            assert time.monotonic() < until, f"it never came to that: {self.browser.address}"
            time.sleep(0.05)

    @staticmethod
    def _try(holds: Callable[[], bool]) -> bool:
        try:
            return holds()
        except RuntimeError:
            return False  # between two pages

    def still(self) -> str:
        """The page once it stands still: what was left leads elsewhere by itself."""
        before = ""
        for _ in range(200):
            time.sleep(0.2)
            try:
                now = self.browser.address + self.browser.source
            except RuntimeError:
                continue
            if now == before:
                return now
            before = now
        raise AssertionError("the page never stood still")

    def shows_nothing(self) -> None:
        shown = self.still()
        assert tells(shown) == [], self.browser.address


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def left(request: pytest.FixtureRequest, house: TestHouse, tmp_path: Path) -> Iterator[Left]:
    program = find_firefox()
    assert program, "Firefox is missing: ./dev test --full sets it up"
    choices = {"javascript.enabled": request.param}
    with (
        elsewhere() as away,
        served(house) as address,
        firefox(program, tmp_path / "ff", **choices) as browser,
    ):
        house.change(exit_address={"en": away})
        yield Left(browser, address, reader(house), scripts=request.param)


def test_the_session_is_over_and_nothing_is_stored(left: Left) -> None:
    left.leave()
    left.wait(lambda: not left.reader.is_signed_in())
    left.browser.go(f"{left.address}/h")
    assert left.browser.cookies == set()
    if left.scripts:
        assert left.browser.ask("WebDriver:ExecuteAsyncScript", script=KEPT, args=[]) == [0, 0, 0, 0, ""]


def test_back_and_forward_show_nothing(left: Left) -> None:
    left.leave()
    for step in (*[left.browser.back] * 4, *[left.browser.forward] * 4):
        step()
        left.shows_nothing()


def test_a_closed_tab_that_is_reopened_shows_nothing(left: Left) -> None:
    left.leave()
    (hers,) = left.browser.windows
    other = left.browser.ask("WebDriver:NewWindow", type="tab", focus=False)["handle"]
    left.browser.look_at(hers)
    left.browser.ask("WebDriver:CloseWindow")
    left.browser.look_at(other)
    left.browser.of_the_browser(REOPEN_TAB)
    left.wait(lambda: len(left.browser.windows) == 2)
    left.browser.look_at(next(handle for handle in left.browser.windows if handle != other))
    left.shows_nothing()
    for _ in range(3):
        left.browser.back()
        left.shows_nothing()


def test_a_closed_window_that_is_restored_shows_nothing(left: Left) -> None:
    other = left.browser.ask("WebDriver:NewWindow", type="window", focus=False)["handle"]
    left.leave()
    left.browser.ask("WebDriver:CloseWindow")
    left.browser.look_at(other)
    left.browser.of_the_browser(RESTORE_WINDOW)
    left.wait(lambda: len(left.browser.windows) == 2)
    left.browser.look_at(next(handle for handle in left.browser.windows if handle != other))
    left.shows_nothing()
    for _ in range(3):
        left.browser.back()
        left.shows_nothing()


def test_without_leaving_a_page_would_come_back(left: Left) -> None:
    """Else these tests would show nothing."""
    left.browser.back()
    assert set(tells(left.still())) <= set(SECRETS)
    assert tells(left.still())
