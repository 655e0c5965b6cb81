"""Keeping by itself: after a pause, only what was typed under a name, and nothing in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

SCRIPT = (Path(__file__).parents[1] / "assets" / "draft.js").read_text(encoding="utf-8")
PAGE = """<!doctype html><title>.</title><script src="/draft.js" defer></script>
<form method="post" action="/t/1"><input type="hidden" name="_f" value="token"><label><input type="checkbox" name="unnamed" value="1">unnamed</label>
<textarea id="body" name="body"></textarea><input type="file" name="picture_1">
<div id="draft-state"></div><p id="draft-left" hidden>Left.</p><button name="post" value="1">Post</button></form>"""
KEPT = '<!doctype html><div id="draft-state"><input type="hidden" name="draft" value="7"><p>Draft kept.</p></div>'


class Written:
    """A page with a form, and what was sent from it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[dict[str, list[str]]] = []
        self.answer = KEPT
        page.clock.install()
        page.route("**/*", self._answer)
        page.goto("http://house.test/t/1")

    def _answer(self, route: Route) -> None:
        asked = route.request
        if asked.method == "POST":
            self.sent.append(parse_qs(asked.post_data or ""))
        script = asked.url.endswith(".js")
        body = SCRIPT if script else self.answer if asked.method == "POST" else PAGE
        route.fulfill(body=body, content_type="text/javascript" if script else "text/html")

    def type(self, text: str) -> None:
        self.page.locator("#body").press_sequentially(text)

    def after(self, seconds: int) -> None:
        self.page.clock.run_for(seconds * 1000)
        self.page.wait_for_load_state("networkidle")

    def arrived(self, many: int) -> None:
        """So many have been sent: the browser takes its own time for that."""
        while len(self.sent) < many:
            self.page.wait_for_timeout(20)


@pytest.fixture
def written(chromium: Browser) -> Iterator[Written]:
    with chromium.new_context() as context:
        yield Written(context.new_page())


def test_it_is_kept_after_a_pause_and_not_without_a_new_key(written: Written) -> None:
    written.type("words")
    written.after(3)
    assert written.sent == []
    written.after(2)
    written.page.wait_for_selector("text=Draft kept.")
    assert len(written.sent) == 1
    assert written.sent[0] == {"keep_draft": ["1"], "auto": ["1"], "_f": ["token"], "body": ["words"]}
    written.after(3600)
    assert len(written.sent) == 1, "no session is kept open by a page that nobody writes in"
    written.type(" more")
    written.after(5)
    written.arrived(2)
    assert written.sent[1]["draft"] == ["7"]
    assert written.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert written.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_often_is_not_too_often(written: Written) -> None:
    for _ in range(6):
        written.type("x")
        written.after(5)
    assert len(written.sent) <= 2


def test_without_a_name_nothing_is_sent_and_she_is_told_what_lies_there(written: Written) -> None:
    written.type("words")
    written.after(5)
    written.page.wait_for_selector("text=Draft kept.")
    assert not written.page.is_visible("#draft-left")
    written.page.check("[name=unnamed]")
    assert written.page.is_visible("#draft-left")
    written.type(" and more")
    written.after(60)
    assert len(written.sent) == 1


def test_where_another_device_was_quicker_it_stops(written: Written) -> None:
    written.answer = '<!doctype html><div id="draft-state"><p data-stop>Changed elsewhere.</p></div>'
    written.type("words")
    written.after(5)
    written.page.wait_for_selector("text=Changed elsewhere.")
    written.type(" more")
    written.after(60)
    assert len(written.sent) == 1


def test_any_other_answer_is_not_called_kept(written: Written) -> None:
    written.type("words")
    written.after(5)
    written.page.wait_for_selector("text=Draft kept.")
    written.answer = "<!doctype html><p>A number is asked for.</p>"
    written.type(" more")
    written.after(40)
    written.page.wait_for_function("!document.body.textContent.includes('Draft kept.')")
    written.type(" still")
    written.after(60)
    assert len(written.sent) == 2
