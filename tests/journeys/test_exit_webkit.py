"""T10 in WebKit, over https: after quick exit nothing of a member comes back, with and without JavaScript."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mashrabiya.testing.certificate import certificate
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served
from mashrabiya.testing.webkit import WebKit, find_webkit, webkit

from .leaving import COVERED, KEPT, NOTHING_KEPT, Leaving, Reader, elsewhere, reader, tells

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(sys.platform != "linux", reason="the WebKit that can be driven so is Linux's"),
]
BACK, FORWARD = ("back",) * 4, ("forward",) * 4


class Heard:
    """Between the browser and the house: which cookies it sends, since WebKit's driver does not list them."""

    def __init__(self, house: TestHouse) -> None:
        self.app, self.cookies = house.app, ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        sent = dict(scope.get("headers", ()))
        if b"AppleWebKit" in sent.get(b"user-agent", b""):
            self.cookies = sent.get(b"cookie", b"").decode()
        await self.app(scope, receive, send)

    def end(self) -> None:
        """The house stops."""
        self.app.end()


class Left(Leaving):
    """Her WebKit."""

    def __init__(self, browser: WebKit, address: str, who: Reader, heard: Heard) -> None:
        super().__init__(who)
        self.browser, self.address, self.heard = browser, address, heard
        self.go("/h")
        browser.keep_cookie("__Host-v", who.cookie, "127.0.0.1")
        self.read()

    def go(self, path: str) -> None:
        self.browser.go(self.address + path)
        self.until(lambda: self.look().startswith(self.address + path + "\n"))

    def click(self, selector: str) -> None:
        self.browser.click(selector)

    def step(self, way: str) -> None:
        getattr(self.browser, way)()

    def look(self) -> str:
        try:
            return self.browser.shown
        except RuntimeError:
            return ""

    def rest(self, seconds: float) -> None:
        time.sleep(seconds)


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def left(request: pytest.FixtureRequest, house: TestHouse, tmp_path: Path) -> Iterator[Left]:
    programs = find_webkit()
    assert programs, "WebKit is missing: ./dev test --full sets it up"
    heard = Heard(house)
    house.app = heard
    with (
        elsewhere() as away,
        served(house, secure=certificate(tmp_path)) as address,
        webkit(programs, tmp_path / "wk", scripts=request.param) as browser,
    ):
        house.change(exit_address={"en": away, "ar": away})
        yield Left(browser, address, reader(house), heard)


def test_the_session_is_over_and_the_browser_keeps_no_cookie(left: Left) -> None:
    assert "__Host-v=" in left.heard.cookies
    left.leave()
    left.session_ends()
    left.go("/h")
    assert left.heard.cookies == ""


@pytest.mark.parametrize("left", [True], indirect=True)
def test_nothing_is_stored(left: Left) -> None:
    left.leave()
    left.go("/h")
    assert left.browser.wait_for(f"({KEPT})().then(arguments[0]);") == NOTHING_KEPT


@pytest.mark.parametrize("left", [True], indirect=True)
def test_with_a_script_a_page_is_gone_in_the_task_of_the_press_itself(left: Left) -> None:
    assert left.browser.run(f"return ({COVERED})();") == ["", ""]


def test_back_and_forward_show_nothing(left: Left) -> None:
    left.leave()
    left.steps_show_nothing(*BACK, *FORWARD)


def test_without_leaving_a_page_would_come_back(left: Left) -> None:
    """Else these tests would show nothing."""
    left.step("back")
    assert tells(left.still())
