"""One real Chromium for all tests that want one. They run last: its driver keeps the thread's event loop."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

# How long a condition may take to come true on a machine that does much else; a test that passes
# never waits for it.
PATIENCE_MS = 60_000
PLACES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    # Some containers have little shared memory, and backups are tried there too.
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str:
    """Where Chromium lies; ./dev test has seen to it that it does."""
    named = os.environ.get("MASHRABIYA_CHROMIUM")
    found = named or next((path for name in PLACES if (path := shutil.which(name))), None)
    assert found, "Chromium is missing: ./dev test sets it up"
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; each test opens a context of its own."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=FLAGS, timeout=2 * PATIENCE_MS
        )
        yield browser
        browser.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests stand at the end, since asyncio.run fails beside them."""
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))
