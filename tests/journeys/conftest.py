"""A real Chromium before a real server, with JavaScript on and off, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mashrabiya.testing.chromium import PATIENCE_MS
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served

NewPage = Callable[..., Page]


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
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
