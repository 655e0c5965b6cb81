"""Emoji under a text: by a press, by copying without a script, and none that tells on her in the neutral look."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import Person, TestHouse

SCRIPT = (Path(__file__).parents[1] / "assets" / "emoji.js").read_text(encoding="utf-8")
PAGE = """<!doctype html><meta charset="utf-8"><title>.</title><script src="/emoji.js" defer></script>
<form><textarea id="body">Shade and water</textarea><p id="emoji">🙂 ❤️ 🏳️‍🌈</p></form>"""
PRIDE = "🏳️‍🌈"


@pytest.mark.browser
def test_a_press_puts_it_where_the_cursor_is(chromium: Browser) -> None:
    def answer(route: Route) -> None:
        script = route.request.url.endswith(".js")
        kind = "text/javascript" if script else "text/html"
        route.fulfill(body=SCRIPT if script else PAGE, content_type=f"{kind}; charset=utf-8")

    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto("http://house.test/")
        page.evaluate("document.getElementById('body').setSelectionRange(5, 5)")
        page.click(f"button:text-is('{PRIDE}')")
        page.click("button:text-is('🙂')")
        assert page.input_value("#body") == f"Shade{PRIDE}🙂 and water"


def test_without_a_script_they_can_be_copied_and_the_neutral_look_has_no_flags(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    thread = ask(house, alice, cid).address
    for path in (thread, f"/c/{show_id(cid)}/t"):
        assert PRIDE in alice.browser.get(path).text
        alice.browser.cookies["l"] = ".n"
        seen = alice.browser.get(path).text
        assert "🌿" in seen
        assert PRIDE not in seen
        del alice.browser.cookies["l"]
