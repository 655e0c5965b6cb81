"""Keys at the desk, tried in a real browser: on an Arabic layout too, never while somebody types, and not when switched off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.on_duty import choose
from mashrabiya.testing.house import TestHouse

DESK = (Path(__file__).parents[1] / "assets" / "desk.js").read_text(encoding="utf-8")
HERE = "http://house.test/care"
HEAD = '<!doctype html><html lang="ar"><head><title>.</title><script src="/desk.js" defer></script></head><body><main>'
SHEET = "<details data-keys hidden><summary>Keys</summary>J K O U</details><textarea></textarea></main></body></html>"
LIST = f"""{HEAD}<a data-stop id="one" href="/care/1">1</a><a data-stop id="two" href="/care/2">2</a>
<a data-stop id="three" href="/care/3">3</a>{SHEET}"""
CASE = f"""{HEAD}<p class="crumb"><a href="/care">List</a></p><div class="card">
<details id="text"><summary>Text</summary>.</details><details id="picture"><summary>Picture</summary>.</details></div>{SHEET}"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    def answer(route: Route, request: Request) -> None:
        if request.url.endswith(".js"):
            route.fulfill(body=DESK, content_type="text/javascript")
        else:
            route.fulfill(body=LIST if request.url == HERE else CASE, content_type="text/html; charset=utf-8")

    with chromium.new_context() as context:
        opened = context.new_page()
        opened.route("**/*", answer)
        opened.goto(HERE)
        yield opened


def press(page: Page, code: str, key: str, **more: bool) -> None:
    """A key as a keyboard of any layout sends it: where it lies, and what it writes."""
    page.evaluate(
        """(given) => (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...given }))""",
        {"code": code, "key": key, **more},
    )


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.browser
@pytest.mark.parametrize(("next_", "back"), [("j", "k"), ("ت", "ن")], ids=["latin", "arabic"])
def test_j_and_k_go_from_case_to_case_on_every_layout(page: Page, next_: str, back: str) -> None:
    seen = list[str]()
    for code in ("KeyJ", "KeyJ", "KeyJ", "KeyJ", "KeyK", "KeyK", "KeyK"):
        press(page, code, next_ if code == "KeyJ" else back)
        seen.append(focused(page))
    assert seen == ["one", "two", "three", "three", "two", "one", "one"]


@pytest.mark.browser
def test_o_opens_the_case_and_u_leads_back(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(f"{HERE}/2")
    page.keyboard.press("u")
    page.wait_for_url(HERE)


@pytest.mark.browser
def test_in_a_case_they_go_along_what_is_covered_and_open_it(page: Page) -> None:
    page.goto(f"{HERE}/1")
    for _ in range(2):
        page.keyboard.press("j")
    press(page, "KeyO", "خ")
    opened = page.evaluate(
        "[...document.querySelectorAll('details')].filter((one) => one.open).map((one) => one.id)"
    )
    assert opened == ["picture"]


@pytest.mark.browser
@pytest.mark.parametrize(("code", "key"), [("Slash", "?"), ("Slash", "؟"), ("KeyQ", "?")])
def test_the_question_mark_shows_the_sheet_and_folds_it(page: Page, code: str, key: str) -> None:
    assert page.is_visible("details[data-keys]")
    for shown in (True, False):
        press(page, code, key, shiftKey=True)
        assert page.evaluate("document.querySelector('[data-keys]').open") == shown


@pytest.mark.browser
def test_no_key_does_anything_while_somebody_types_or_with_another_key(page: Page) -> None:
    page.focus("textarea")
    page.keyboard.type("jok?u")
    assert page.input_value("textarea") == "jok?u"
    page.evaluate("document.activeElement.blur()")
    for held in ("altKey", "ctrlKey", "metaKey", "shiftKey", "isComposing"):
        for code in ("KeyJ", "KeyO", "KeyU"):
            press(page, code, "j", **{held: True})
    assert focused(page) == ""
    assert page.url == HERE
    assert not page.evaluate("document.querySelector('[data-keys]').open")


def test_desks_alone_fetch_the_script_and_whoever_wants_none_does_not(house: TestHouse) -> None:
    scene = Scene(house)
    thread = scene.thread()
    scene.report("bob", thread)
    mona, path = scene["mona"], scene.case().path
    for page in (scene.desk, path):
        text = mona.browser.get(page).text
        assert "/a/desk." in text
        assert "data-keys hidden" in text, "without the script there are no keys to tell of"
    for page in ("/", thread.address, "/me/desk"):
        assert "/a/desk." not in mona.browser.get(page).text
    choose(mona, no_keys="1")
    for page in (scene.desk, path):
        text = mona.browser.get(page).text
        assert "/a/desk." not in text
        assert "data-keys" not in text
