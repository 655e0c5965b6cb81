"""Single keys in a page, tried in a real browser: on every layout, never while somebody types, and quick exit stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parents[1] / "assets"
SCRIPTS = {name: (ASSETS / name).read_text(encoding="utf-8") for name in ("core.js", "keys.js")}
HERE = "http://house.test/t/1"
POSTS = "".join(
    f'<article id="n{n}" class="reply"><p>Post {n}</p><a data-write="reply" href="/t/1?to={n}">Reply</a></article>'
    for n in (1, 2, 3)
)
PAGE = f"""<!doctype html><html lang="ar"><head><title>.</title><script src="/core.js" defer></script>
<script src="/keys.js" defer></script></head><body><main>{POSTS}
<details id="fold"><summary>Jump</summary><input type="text" id="go" name="go"></details>
<form><textarea id="body"></textarea></form></main></body></html>"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context() as context:
        opened = context.new_page()
        opened.route("**/*", answer)
        opened.goto(HERE)
        yield opened


def answer(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    script = SCRIPTS.get(name)
    kind = "text/javascript" if script else "text/html; charset=utf-8"
    route.fulfill(body=script or PAGE, content_type=kind)


def press(page: Page, code: str, key: str, **more: bool) -> None:
    """A key as a keyboard of any layout sends it: where it lies, and what it writes."""
    page.evaluate(
        """(given) => (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...given }))""",
        {"code": code, "key": key, **more},
    )


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.mark.parametrize(("next_", "back"), [("j", "k"), ("ت", "ن")], ids=["latin", "arabic"])
def test_j_and_k_go_from_post_to_post_on_every_layout(page: Page, next_: str, back: str) -> None:
    seen = list[str]()
    for code in ("KeyJ", "KeyJ", "KeyJ", "KeyJ", "KeyK", "KeyK", "KeyK"):
        press(page, code, next_ if code == "KeyJ" else back)
        seen.append(focused(page))
    assert seen == ["n1", "n2", "n3", "n3", "n2", "n1", "n1"]


def test_r_answers_the_post_in_hand_else_the_thread(page: Page) -> None:
    page.keyboard.press("r")
    assert focused(page) == "body"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_url("**/t/1?to=2")


def test_a_stroke_opens_the_field_for_jumping(page: Page) -> None:
    page.keyboard.press("/")
    assert focused(page) == "go"
    assert page.input_value("#go") == ""
    assert page.get_attribute("#fold", "open") == ""


def test_g_then_h_leads_home_and_either_alone_does_nothing(page: Page) -> None:
    page.keyboard.press("h")
    page.keyboard.press("g")
    page.keyboard.press("j")
    page.keyboard.press("h")
    assert page.url == HERE
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("http://house.test/")


@pytest.mark.parametrize("key", ["?", "؟"])
def test_the_mark_leads_to_the_sheet(page: Page, key: str) -> None:
    press(page, "Slash", key, shiftKey=True)
    page.wait_for_url("**/keys")


def test_no_key_acts_while_somebody_types_nor_with_another_held(page: Page) -> None:
    page.focus("#body")
    page.keyboard.type("jkr/gh?")
    assert (page.url, page.input_value("#body")) == (HERE, "jkr/gh?")
    page.evaluate("document.activeElement.blur()")
    for held in ("ctrlKey", "altKey", "metaKey"):
        press(page, "KeyJ", "j", **{held: True})
    assert focused(page) == ""


def test_what_was_typed_is_not_lost_by_a_key(page: Page) -> None:
    page.fill("#body", "My words")
    page.evaluate("document.activeElement.blur()")
    press(page, "Slash", "?", shiftKey=True)
    for key in ("g", "h"):
        page.keyboard.press(key)
    assert (page.url, page.input_value("#body")) == (HERE, "My words")


def test_quick_exit_stays_what_it_was(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/g")


def test_a_desk_has_keys_of_its_own(page: Page) -> None:
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("beforeend", "<details data-keys></details>")"""
    )
    for key in ("j", "g", "h"):
        page.keyboard.press(key)
    assert (page.url, focused(page)) == (HERE, "")
