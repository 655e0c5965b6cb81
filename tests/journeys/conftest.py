"""A real Chromium before a real server, with JavaScript on and off, in both languages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served

PLACES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

NewPage = Callable[..., Page]


def find_chromium() -> str:
    """Where Chromium lies; ./dev test has seen to it that it does."""
    named = os.environ.get("MASHRABIYA_CHROMIUM")
    found = named or next((path for name in PLACES if (path := shutil.which(name))), None)
    assert found, "Chromium is missing: ./dev test sets it up"
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(house: TestHouse) -> Iterator[str]:
    """Where the house of this test is served."""
    with served(house) as url:
        yield url


@pytest.fixture
def new_page(chromium: Browser, address: str) -> Iterator[NewPage]:
    """Somebody's fresh browser window: no history, no cookies, nobody else's requests."""
    contexts: list[BrowserContext] = []

    def open_window(
        language: str = "ar", *, javascript: bool = True, width: int = 390, dark: bool = False
    ) -> Page:
        context = chromium.new_context(
            base_url=address,
            locale="ar-JO" if language == "ar" else "en-GB",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
        )
        # The exit leads elsewhere: no test leaves this machine, so elsewhere is a blank page.
        context.route(
            lambda url: not url.startswith(address),
            lambda route: route.fulfill(status=200, content_type="text/html", body="elsewhere"),
        )
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
