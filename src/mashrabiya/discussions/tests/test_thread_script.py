"""Quoting and answering with JavaScript: what is selected is what is quoted, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

SCRIPT = (Path(__file__).parents[1] / "assets" / "thread.js").read_text(encoding="utf-8")
PAGE = """<!doctype html><title>.</title><script src="/thread.js" defer></script>
<article id="n2"><div class="who"><b><a href="/p/x"><bdi>Bob</bdi></a></b><small>today · <a href="/t/1?n=2">2</a></small></div>
<div class="body"><p id="one">One line.</p><p id="two">Two lines of text.</p></div>
<a data-write="reply" href="/t/1?to=2">Reply</a> <a data-write="quote" href="/t/1?quote=2">Quote</a></article>
<article id="n3"><div class="who"><b>Unnamed <bdi>1</bdi></b><small>today · <a href="/t/1?n=3">3</a></small></div>
<details class="fold"><summary>Note</summary><div class="body">Noted.</div></details>
<a data-write="quote" href="/t/1?quote=3">Quote noted</a></article>
<form id="write"><label id="answering" hidden><input type="checkbox" name="to" value=""><span>Answering: <bdi></bdi></span></label>
<textarea id="body"></textarea></form>"""


@pytest.fixture
def thread(chromium: Browser) -> Iterator[Page]:
    """A page as the house makes it, as far as the script knows it."""

    def answer(route: Route) -> None:
        script = route.request.url.endswith(".js")
        route.fulfill(
            body=SCRIPT if script else PAGE, content_type="text/javascript" if script else "text/html"
        )

    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto("http://house.test/t/1")
        yield page


def select(page: Page, first: str, last: str) -> None:
    """Select from the beginning of one element to the end of another."""
    page.evaluate(
        """([first, last]) => { const range = document.createRange();
        range.setStart(document.querySelector(first).firstChild, 0);
        const end = document.querySelector(last).firstChild; range.setEnd(end, end.length);
        getSelection().removeAllRanges(); getSelection().addRange(range); }""",
        [first, last],
    )


def test_a_selected_passage_is_what_is_quoted(thread: Page) -> None:
    select(thread, "#two", "#two")
    thread.click("text=Quote >> nth=0")
    assert thread.input_value("#body") == "> Two lines of text.\n\n"
    assert thread.is_checked("[name=to]")
    assert (thread.input_value("[name=to]"), thread.inner_text("#answering")) == ("2", "Answering: Bob · 2")
    assert thread.url == "http://house.test/t/1"


@pytest.mark.parametrize("elsewhere", [False, True])
def test_without_a_selection_in_it_the_whole_post_is_quoted(thread: Page, elsewhere: bool) -> None:
    if elsewhere:
        select(thread, "#n3 .who b", "#n3 .body")
    thread.click("text=Quote >> nth=0")
    assert thread.input_value("#body") == "> One line.\n>\n> Two lines of text.\n\n"


def test_what_was_typed_stays(thread: Page) -> None:
    thread.fill("#body", "My words")
    thread.click("text=Reply")
    assert thread.input_value("#body") == "My words"
    thread.click("text=Quote >> nth=0")
    assert thread.input_value("#body").startswith("My words\n\n> One line.")


def test_under_a_note_the_house_quotes_with_its_notes(thread: Page) -> None:
    thread.click("text=Quote noted")
    thread.wait_for_url("http://house.test/t/1?quote=3")


def test_no_name_is_put_into_the_text(thread: Page) -> None:
    thread.click("text=Quote >> nth=0")
    assert "Bob" not in thread.input_value("#body")
