"""The proof of work in the browser finds what the server accepts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser


WORK = (Path(__file__).parents[1] / "assets" / "work.js").read_text(encoding="utf-8")
BITS = 12


def form(challenge: str, bits: int = BITS, more: str = "") -> str:
    return f"""<!doctype html><title>.</title><script src="/work.js" defer></script>
<form data-work="{challenge}" data-bits="{bits}"{more}><input type="hidden" name="nonce"><progress hidden></progress>
<button type="button">Suggest</button><button>Create</button></form>"""


@pytest.mark.parametrize("challenge", [bytes([n] * 28).hex() for n in (1, 2, 255)])
def test_the_nonce_makes_a_hash_that_begins_with_zeros(chromium: Browser, challenge: str) -> None:
    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(body=WORK, content_type="text/javascript")
        else:
            route.fulfill(body=form(challenge), content_type="text/html")

    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto("http://house.test/join")
        page.wait_for_selector("button:not([type]):enabled")
        nonce = page.input_value("[name=nonce]")
    assert len(nonce) == 16
    digest = hashlib.sha256(bytes.fromhex(challenge + nonce)).digest()
    assert int.from_bytes(digest[:4]) >> (32 - BITS) == 0


@pytest.mark.parametrize(("more", "waits"), [("", True), (" data-meanwhile", False)])
def test_a_form_in_haste_may_be_sent_before_it_is_found(chromium: Browser, more: str, waits: bool) -> None:
    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(body=WORK, content_type="text/javascript")
        else:
            route.fulfill(body=form("00" * 28, 32, more), content_type="text/html")

    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto("http://house.test/s")
        assert page.locator("button:not([type])").is_disabled() == waits
        assert page.input_value("[name=nonce]") == ""
