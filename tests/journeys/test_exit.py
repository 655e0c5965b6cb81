"""T10 in Chromium: after quick exit nothing of a member comes back, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from mashrabiya.testing.chromium import FLAGS, PATIENCE_MS, find_chromium
from mashrabiya.testing.house import TestHouse

from .conftest import NewPage
from .leaving import ELSEWHERE, Reader, elsewhere, reader, tells
from .test_accessible import sign_in

KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length, document.cookie,
]"""


class Left:
    """Her Chromium, with her pages in its history."""

    def __init__(self, page: Page, who: Reader) -> None:
        self.page, self.reader = page, who
        sign_in(page, who.person)
        for path in who.pages:
            page.goto(path)
            assert tells(page.content()), path

    def leave(self) -> None:
        """By the button; the browser then stands elsewhere."""
        self.page.locator("form[action='/x'] button").click()
        self.page.get_by_text(ELSEWHERE).wait_for()

    def step(self, way: str) -> None:
        """Back or forward, as far as there is anything."""
        try:
            getattr(self.page, f"go_{way}")(wait_until="commit")
        except Error:
            self.page.wait_for_timeout(100)  # what was left led elsewhere in the meantime
        self.shows_nothing()

    def shows_nothing(self) -> None:
        assert tells(still(self.page)) == [], self.page.url
        assert tells(self.page.title()) == []


def still(page: Page) -> str:
    """The page once it stands still: what was left leads elsewhere by itself."""
    before = ""
    for _ in range(100):
        try:
            page.wait_for_load_state()
            page.wait_for_timeout(150)
            now = page.url + page.content()
        except Error:
            continue
        if now == before:
            return now
        before = now
    raise AssertionError("the page never stood still")


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
    for way in ("back",) * 4 + ("forward",) * 4:
        left.step(way)


def test_the_session_is_over(left: Left) -> None:
    left.leave()
    for _ in range(400):
        if not left.reader.is_signed_in():
            break
        left.page.wait_for_timeout(25)
    assert not left.reader.is_signed_in()
    assert left.page.context.cookies() == []


def test_nothing_is_stored(house: TestHouse, new_page: NewPage, away: str) -> None:
    page = new_page("en")
    page.context.unroute_all()
    hers = Left(page, reader(house))
    assert page.evaluate(KEPT)[:5] == [0, 0, 0, 0, 0]
    hers.leave()
    page.goto("/h")
    assert page.evaluate(KEPT) == [0, 0, 0, 0, 0, ""]


def test_with_the_network_cut_nothing_stays_in_sight_and_the_session_ends_when_it_is_back(
    house: TestHouse, new_page: NewPage, away: str
) -> None:
    page = new_page("en")
    page.context.unroute_all()
    hers = Left(page, reader(house))
    page.context.set_offline(True)
    page.locator("form[action='/x'] button").click()
    page.wait_for_url("**/g")
    hers.shows_nothing()
    assert hers.reader.is_signed_in()
    page.context.set_offline(False)
    page.get_by_text(ELSEWHERE).wait_for()
    for _ in range(400):
        if not hers.reader.is_signed_in():
            break
        page.wait_for_timeout(25)
    assert not hers.reader.is_signed_in()
    for way in ("back",) * 3:
        hers.step(way)


def test_without_leaving_a_page_would_come_back(left: Left) -> None:
    """Else these tests would show nothing."""
    left.page.go_back()
    assert tells(still(left.page))


@pytest.mark.full
@pytest.mark.parametrize("javascript", [True, False])
def test_a_window_that_is_restored_shows_nothing(
    house: TestHouse, chromium: Browser, address: str, away: str, tmp_path: Path, javascript: bool
) -> None:
    """The browser is closed, begins again and brings back the windows of the last time."""
    who = reader(house)
    with window(chromium, tmp_path, address, javascript=javascript) as page:
        Left(page, who).leave()
        page.wait_for_timeout(3000)  # so long it takes to write its windows down
    with window(chromium, tmp_path, address, javascript=javascript) as page:
        assert ELSEWHERE in still(page), "the window was not restored: this run has no power"
        for _ in range(4):
            try:
                page.go_back(wait_until="commit")
            except Error:
                page.wait_for_timeout(100)
            assert tells(still(page)) == []


@contextmanager
def window(chromium: Browser, folder: Path, address: str, *, javascript: bool) -> Iterator[Page]:
    """The one window of a Chromium that keeps what it had."""
    context = chromium.browser_type.launch_persistent_context(
        folder,
        base_url=address,
        executable_path=find_chromium(),
        headless=False,
        java_script_enabled=javascript,
        args=[*FLAGS, "--headless=new", "--restore-last-session"],
        ignore_default_args=["--no-startup-window", "about:blank"],
        timeout=2 * PATIENCE_MS,
    )
    try:
        yield context.pages[0]
    finally:
        context.close()
