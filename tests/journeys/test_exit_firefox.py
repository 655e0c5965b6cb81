"""T10 in Firefox: after quick exit nothing of a member comes back, with and without JavaScript."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mashrabiya.testing.firefox import Firefox, find_firefox, firefox
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served

from .leaving import COVERED, KEPT, NOTHING_KEPT, Leaving, Reader, elsewhere, reader, tells

pytestmark = pytest.mark.full

SESSIONS = """
const { SessionStore } = ChromeUtils.importESModule("resource:///modules/sessionstore/SessionStore.sys.mjs");
"""
REOPEN_TAB = f"{SESSIONS} SessionStore.undoCloseTab(window, 0); arguments[0]();"
RESTORE_WINDOW = f"{SESSIONS} SessionStore.undoCloseWindow(0); arguments[0]();"
BACK, FORWARD = ("back",) * 4, ("forward",) * 4


class Left(Leaving):
    """Her Firefox."""

    def __init__(self, browser: Firefox, address: str, who: Reader, *, scripts: bool) -> None:
        super().__init__(who)
        self.browser, self.address, self.scripts = browser, address, scripts
        self.go("/h")
        browser.keep_cookie("__Host-v", who.cookie, "127.0.0.1")
        self.read()

    def go(self, path: str) -> None:
        self.browser.go(self.address + path)

    def click(self, selector: str) -> None:
        self.browser.click(selector)

    def step(self, way: str) -> None:
        getattr(self.browser, way)()

    def look(self) -> str:
        try:
            return f"{self.browser.address}\n{self.browser.source}"
        except RuntimeError:
            return ""

    def rest(self, seconds: float) -> None:
        time.sleep(seconds)

    def brings_back(self, script: str, other: str) -> None:
        """What was closed is opened again by the browser's own menu: it shows nothing, nor what lies behind it."""
        self.browser.look_at(other)
        self.browser.of_the_browser(script)
        self.until(lambda: len(self.browser.windows) == 2)
        self.browser.look_at(next(handle for handle in self.browser.windows if handle != other))
        self.shows_nothing()
        self.steps_show_nothing(*BACK[1:], *FORWARD)


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
    left.session_ends()
    left.go("/h")
    assert left.browser.cookies == set()
    if left.scripts:
        asked = f"({KEPT})().then(arguments[0]);"
        assert left.browser.ask("WebDriver:ExecuteAsyncScript", script=asked, args=[]) == NOTHING_KEPT


@pytest.mark.parametrize("left", [True], indirect=True)
def test_with_a_script_a_page_is_gone_in_the_task_of_the_press_itself(left: Left) -> None:
    assert left.browser.run(f"return ({COVERED})();") == ["", ""]


def test_back_and_forward_show_nothing(left: Left) -> None:
    left.leave()
    left.steps_show_nothing(*BACK, *FORWARD)


def test_a_closed_tab_that_is_reopened_shows_nothing(left: Left) -> None:
    left.leave()
    (hers,) = left.browser.windows
    other = left.browser.ask("WebDriver:NewWindow", type="tab", focus=False)["handle"]
    left.browser.look_at(hers)
    left.browser.ask("WebDriver:CloseWindow")
    left.brings_back(REOPEN_TAB, other)


def test_a_closed_window_that_is_restored_shows_nothing(left: Left) -> None:
    other = left.browser.ask("WebDriver:NewWindow", type="window", focus=False)["handle"]
    left.leave()
    left.browser.ask("WebDriver:CloseWindow")
    left.brings_back(RESTORE_WINDOW, other)


def test_without_leaving_a_page_would_come_back(left: Left) -> None:
    """Else these tests would show nothing."""
    left.step("back")
    assert tells(left.still())
