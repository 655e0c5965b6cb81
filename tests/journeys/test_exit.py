"""T10 in Chromium: after quick exit nothing of a member comes back, with and without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from mashrabiya.testing.chromium import FLAGS, PATIENCE_MS, find_chromium
from mashrabiya.testing.house import TestHouse

from .conftest import NewPage
from .leaving import COVERED, ELSEWHERE, KEPT, NOTHING_KEPT, Leaving, Reader, elsewhere, reader, tells
from .test_accessible import sign_in

BACK, FORWARD = ("back",) * 4, ("forward",) * 4


class Left(Leaving):
    """Her Chromium."""

    def __init__(self, page: Page, who: Reader) -> None:
        super().__init__(who)
        self.page = page
        sign_in(page, who.person)
        self.read()

    def go(self, path: str) -> None:
        self.page.goto(path)

    def click(self, selector: str) -> None:
        self.page.locator(selector).click()

    def step(self, way: str) -> None:
        try:
            getattr(self.page, f"go_{way}")(wait_until="commit")
        except Error:
            self.rest(0.1)  # what was left led elsewhere in the meantime

    def look(self) -> str:
        return look(self.page)

    def rest(self, seconds: float) -> None:
        self.page.wait_for_timeout(1000 * seconds)


class Restored(Left):
    """What another finds who opens her browser again: nothing is read anew."""

    def __init__(self, page: Page, who: Reader) -> None:
        Leaving.__init__(self, who)
        self.page = page


def look(page: Page) -> str:
    try:
        page.wait_for_load_state()
        return f"{page.url}\n{page.title()}\n{page.content()}"
    except Error:
        return ""


@pytest.fixture
def away(house: TestHouse) -> Iterator[str]:
    with elsewhere() as address:
        house.change(exit_address={"en": address, "ar": address})
        yield address


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def left(request: pytest.FixtureRequest, house: TestHouse, new_page: NewPage, away: str) -> Left:
    page = new_page("en", javascript=request.param)
    page.context.unroute_all()
    return Left(page, reader(house))


def test_back_and_forward_show_nothing(left: Left) -> None:
    left.leave()
    left.steps_show_nothing(*BACK, *FORWARD)


def test_the_session_is_over(left: Left) -> None:
    left.leave()
    left.session_ends()
    assert left.page.context.cookies() == []


def test_with_a_script_a_page_is_gone_in_the_task_of_the_press_itself(
    house: TestHouse, new_page: NewPage, away: str
) -> None:
    page = new_page("en")
    page.context.unroute_all()
    assert Left(page, reader(house)).page.evaluate(COVERED) == ["", ""]


def test_nothing_is_stored(house: TestHouse, new_page: NewPage, away: str) -> None:
    page = new_page("en")
    page.context.unroute_all()
    hers = Left(page, reader(house))
    assert page.evaluate(KEPT)[:5] == NOTHING_KEPT[:5]
    hers.leave()
    page.goto("/h")
    assert page.evaluate(KEPT) == NOTHING_KEPT


def test_with_the_network_cut_nothing_stays_in_sight_and_the_session_ends_when_it_is_back(
    house: TestHouse, new_page: NewPage, away: str
) -> None:
    page = new_page("en")
    page.context.unroute_all()
    hers = Left(page, reader(house))
    page.context.set_offline(True)
    hers.click(hers.BUTTON)
    page.wait_for_url("**/g")
    hers.shows_nothing()
    assert hers.reader.is_signed_in()
    page.context.set_offline(False)
    page.get_by_text(ELSEWHERE).wait_for()
    hers.session_ends()
    hers.steps_show_nothing(*BACK[1:])


def test_without_leaving_a_page_would_come_back(left: Left) -> None:
    """Else these tests would show nothing."""
    left.page.go_back()
    assert tells(left.still())


@pytest.mark.full
@pytest.mark.parametrize("javascript", [True, False])
def test_a_window_that_is_restored_shows_nothing(
    house: TestHouse, chromium: Browser, address: str, away: str, tmp_path: Path, javascript: bool
) -> None:
    """The browser is closed, begins again and brings back the windows of the last time."""
    who = reader(house)
    with window(chromium, tmp_path, address, javascript=javascript) as context:
        page = context.pages[0]
        Left(page, who).leave()
        page.wait_for_timeout(3000)  # so long it takes to write its windows down
    with window(chromium, tmp_path, address, javascript=javascript) as context:
        found = Restored(context.pages[0], who)
        assert ELSEWHERE in found.still(), "the window was not restored: this run has no power"
        found.steps_show_nothing(*BACK)


@pytest.mark.full
@pytest.mark.parametrize("javascript", [True, False])
def test_a_closed_tab_that_is_reopened_shows_nothing(
    house: TestHouse, chromium: Browser, address: str, away: str, tmp_path: Path, javascript: bool
) -> None:
    who, opener = reader(house), _opener(tmp_path / "opener")
    with window(chromium, tmp_path / "profile", address, javascript=javascript, opener=opener) as context:
        hers = context.pages[0]
        context.new_page()
        Left(hers, who).leave()
        hers.close()
        menu = (
            context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        )
        with context.expect_page() as reopened:
            menu.evaluate("() => chrome.sessions.restore()")
        found = Restored(reopened.value, who)
        assert ELSEWHERE in found.still(), "the tab was not reopened: this run has no power"
        found.steps_show_nothing(*BACK, *FORWARD)


def _opener(folder: Path) -> Path:
    """What stands for the menu that reopens a tab: an extension that may ask the browser for it."""
    folder.mkdir()
    asks = {"name": "opener", "version": "1", "manifest_version": 3, "permissions": ["sessions", "tabs"]}
    (folder / "manifest.json").write_text(json.dumps({**asks, "background": {"service_worker": "w.js"}}))
    (folder / "w.js").write_text("")
    return folder


@contextmanager
def window(
    chromium: Browser, folder: Path, address: str, *, javascript: bool, opener: Path | None = None
) -> Iterator[BrowserContext]:
    """A Chromium that keeps what it had."""
    flags = [f"--load-extension={opener}", f"--disable-extensions-except={opener}"] if opener else []
    context = chromium.browser_type.launch_persistent_context(
        folder,
        base_url=address,
        executable_path=find_chromium(),
        headless=False,
        java_script_enabled=javascript,
        args=[*FLAGS, "--headless=new", "--restore-last-session", *flags],
        ignore_default_args=["--no-startup-window", "about:blank", "--disable-extensions"],
        timeout=2 * PATIENCE_MS,
    )
    try:
        yield context
    finally:
        context.close()
