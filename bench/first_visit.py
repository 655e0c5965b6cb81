"""A first visit on a slow line: how much is sent, in how many requests, until something is seen."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import sync_playwright

LATENCY_MS, BYTES_PER_SECOND = 400, 50_000
_FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def first_visit(url: str, chromium: str) -> dict[str, float]:
    """Kilobytes on the wire, requests, and first contentful paint with an empty cache."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        page = browser.new_page()
        wire = page.context.new_cdp_session(page)
        seen: dict[str, float] = {}
        _listen(wire, seen)
        wire.send("Network.enable")
        wire.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": LATENCY_MS,
                "downloadThroughput": BYTES_PER_SECOND,
                "uploadThroughput": BYTES_PER_SECOND,
            },
        )
        page.goto(url, wait_until="networkidle")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        browser.close()
    return {"kb": round(sum(seen.values()) / 1000, 1), "requests": len(seen), "fcp_ms": round(paint)}


def _listen(wire: Any, seen: dict[str, float]) -> None:
    def begun(event: Any) -> None:
        if not event["request"]["url"].startswith("data:"):
            seen.setdefault(event["requestId"], 0)

    def finished(event: Any) -> None:
        seen[event["requestId"]] = event["encodedDataLength"]

    wire.on("Network.requestWillBeSent", begun)
    wire.on("Network.loadingFinished", finished)
