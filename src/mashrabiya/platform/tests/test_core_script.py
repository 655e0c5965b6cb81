"""Quick exit where JavaScript runs, tried in a real browser: the button, the key, and what must not set it off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route

pytestmark = pytest.mark.browser

CORE = (Path(__file__).parents[1] / "assets" / "core.js").read_text(encoding="utf-8")
SECRET = "a sentence nobody else should read"
HTML = f"""<!doctype html><html lang="en"><head><title>Mine</title><script src="/core.js" defer></script></head>
<body><p>{SECRET}</p><textarea></textarea><button class="print" hidden>Print</button>
<form method="post" action="/x"><button>Leave</button></form>
<form method="post" action="/slow"><button id="send">Send</button></form></body></html>"""
HERE = "http://house.test/t"
GONE = "http://house.test/g"


class Reader:
    """A page of the house in a browser whose network is this test."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.left: list[str] = []
        self.sent = 0
        page.route("**/*", self._answer)
        page.goto(HERE)

    def _answer(self, route: Route, request: Request) -> None:
        if request.url.endswith("/core.js"):
            route.fulfill(body=CORE, content_type="text/javascript")
        elif request.url.endswith("/x"):
            self.left.append(request.method)
            route.fulfill(status=204)
        elif request.url.endswith("/slow"):
            self.sent += 1
        else:
            body = HTML if request.url == HERE else "<!doctype html><title>.</title>"
            route.fulfill(body=body, content_type="text/html")

    def has_left(self) -> bool:
        self.page.wait_for_url(GONE)
        for _ in range(400):
            if self.left:
                break
            self.page.wait_for_timeout(25)
        return self.page.url == GONE and self.left == ["POST"]

    def stays(self) -> bool:
        # Nothing tells that nothing will come: what leaves does so at once, in the key's own event.
        self.page.wait_for_timeout(150)
        return self.page.url == HERE and self.left == []


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Reader]:
    context = chromium.new_context()
    yield Reader(context.new_page())
    context.close()


def shift(page: Page, times: int = 3) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def test_the_button_leaves(reader: Reader) -> None:
    reader.page.click("form button")
    assert reader.has_left()


def test_shift_alone_three_times_leaves(reader: Reader) -> None:
    shift(reader.page)
    assert reader.has_left()


def test_the_page_left_is_not_in_the_history(reader: Reader) -> None:
    shift(reader.page)
    assert reader.has_left()
    reader.page.go_back()
    assert SECRET not in reader.page.content()


def test_the_page_is_covered_in_the_same_moment(reader: Reader) -> None:
    covered = reader.page.evaluate(
        """() => {
          document.querySelector("form button").click();
          return [document.title, document.documentElement.textContent];
        }"""
    )
    assert covered == ["", ""]


def test_the_page_is_covered_before_anything_is_sent(reader: Reader) -> None:
    """Content gone first, in the task of the press itself: what the network does can only come later."""
    order: list[list[object]] = []
    reader.page.expose_function("told", lambda seen: order.append(list(seen)))
    reader.page.evaluate(
        """() => {
          const tell = (name) => {
            performance.mark(name);
            const shown = document.body && !document.body.hidden ? document.body.innerText.trim() : "";
            told([name, shown !== "", document.title]);
          };
          addEventListener("keydown", () => tell("pressed"), true);
          const send = fetch;
          window.fetch = (...given) => { tell("sent"); return send(...given); };
          addEventListener("pagehide", () => tell("left"));
        }"""
    )
    shift(reader.page)
    assert reader.has_left()
    assert order[:4] == [["pressed", True, "Mine"]] * 3 + [["sent", False, ""]]


def test_where_the_network_is_cut_the_empty_page_stays_until_it_can_leave(reader: Reader) -> None:
    reader.page.context.set_offline(True)
    shift(reader.page)
    reader.page.wait_for_url(GONE)
    assert reader.page.evaluate("document.documentElement.textContent") == ""
    assert reader.left == []
    reader.page.context.set_offline(False)
    for _ in range(400):
        if reader.left:
            break
        reader.page.wait_for_timeout(25)
    assert reader.left == ["POST"]
    assert reader.page.url == GONE
    # A browser whose page is still on its way when it is closed may never answer.
    reader.page.wait_for_function("document.title === '.'")


def _held(key: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.keyboard.down(key)
        shift(page)
        page.keyboard.up(key)

    return press


def _capital_letters(page: Page) -> None:
    page.focus("textarea")
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")


def _key_between(page: Page) -> None:
    shift(page, 2)
    page.keyboard.press("a")
    shift(page, 1)


def _pointer_between(page: Page) -> None:
    shift(page, 2)
    page.mouse.click(5, 5)
    shift(page, 1)


def _slowly(page: Page) -> None:
    for _ in range(3):
        shift(page, 1)
        page.wait_for_timeout(1050)


def _switched_off(page: Page) -> None:
    page.evaluate("document.documentElement.setAttribute('data-no-shift', '')")
    shift(page)


@pytest.mark.parametrize(
    "act",
    [
        lambda page: shift(page, 2),
        _capital_letters,
        _key_between,
        _pointer_between,
        _slowly,
        _switched_off,
        _held("Control"),
        _held("Alt"),
        _held("Meta"),
    ],
    ids=["twice", "capitals", "key", "pointer", "slowly", "off", "ctrl", "alt", "meta"],
)
def test_nothing_else_sets_it_off(reader: Reader, act: Callable[[Page], None]) -> None:
    act(reader.page)
    assert reader.stays()


def test_a_page_from_the_browsers_memory_is_covered_and_asked_for_anew(reader: Reader) -> None:
    with reader.page.expect_navigation():
        title = reader.page.evaluate(
            """() => {
              dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
              return [document.title, document.body.hidden];
            }"""
        )
    assert title == ["", True]


def test_what_needs_javascript_shows_only_with_it(reader: Reader) -> None:
    assert reader.page.is_visible("button.print")


def test_a_printed_sheet_has_no_title(reader: Reader) -> None:
    titles = reader.page.evaluate(
        """() => ["beforeprint", "afterprint"].map((name) => {
          dispatchEvent(new Event(name));
          return document.title.replace("\\u200b", "");
        })"""
    )
    assert titles == ["", "Mine"]


def test_a_form_on_its_way_is_not_sent_twice(reader: Reader) -> None:
    # The answer never comes: whoever sees nothing happen presses again.
    reader.page.evaluate("for (const ms of [0, 60, 120]) setTimeout(() => send.click(), ms)")
    reader.page.wait_for_timeout(300)
    assert reader.sent == 1
