"""axe finds nothing, in both languages and schemes, on a phone and a desk; nor does it on Arabic contrast."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewReply, NewThread
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import Person, TestHouse

from .axe import axe_finds
from .conftest import NewPage

RULES: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}
OWN = ("/b", "/b/d", "/b/s", "/me/content", "/me/notes", "/me/notes/new", "/me/try", "/me/app")
LOOKS = [("ar", 320, False), ("ar", 1280, True), ("en", 320, True), ("en", 1280, False)]
# axe takes joined letters for an icon font and skips them; Latin letters in their place are measured.
ARABIC_TO_N = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    node.nodeValue = node.nodeValue.replace(/[\\u0600-\\u06ff]/g, "n");
  }
}"""

PALE = """() => {
  const words = document.createElement("p");
  words.textContent = "Pale";
  words.style.color = "#888";
  words.style.background = "#999";
  document.querySelector("main").append(words);
}"""


class Scene:
    """A place with one thread in each language, and Alice who wrote them."""

    def __init__(self, house: TestHouse) -> None:
        self.alice = house.person("Summer Cloud")
        viewer = replace(self.alice.viewer, roles=frozenset({HOST}))
        with house.database.write() as uow:
            new = NewCommunity(name="مطبخ الليل", about="وصفات", audience=Audience.PUBLIC)
            cid = communities.found(uow, viewer, new)
            placed = discussions.open_thread(
                uow, viewer, cid, NewThread(title="مقلوبة لشخص واحد", body="أصغر قدر عندي ١٦ سم.")
            )
            assert placed is not None
            discussions.reply(uow, viewer, placed.tid, NewReply(body="Try a small pan", unnamed=True))
        bob = house.person("Bob").viewer
        with house.database.write() as uow:
            communities.join(uow, bob, cid)
            discussions.reply(uow, bob, placed.tid, NewReply(body="Or a large one"))
        Worker(house.database, house.keys).drain()
        self.place, self.thread = f"/c/{show_id(cid)}", f"/t/{show_id(placed.tid)}"

    def visitor_pages(self) -> list[str]:
        return [
            "/",
            "/c",
            self.place,
            self.thread,
            "/t",
            "/k",
            "/w",
            "/e",
            "/h",
            "/join",
            "/in",
            "/back",
            "/nowhere",
        ]

    def member_pages(self) -> list[str]:
        pages = ["/", "/c", self.place, self.thread, f"{self.place}/t", f"{self.place}/out"]
        pages += [f"{self.thread}/x/1", f"{self.place}/p/new", f"{self.place}/hand"]
        return [*pages, "/me", "/me/p", "/me/p/new", "/me/p/edit", "/me/k", "/me/delete", *OWN]


def sign_in(page: Page, person: Person) -> None:
    page.goto("/h")
    page.context.add_cookies(
        [
            {
                "name": "__Host-v",
                "value": person.browser.cookies["__Host-v"],
                "url": page.url.replace("http:", "https:"),
                "secure": True,
            }
        ]
    )


def look(page: Page, path: str) -> list[str]:
    """What axe finds, in a line each; then once more for the contrast of Arabic."""
    page.goto(path)
    found = axe_finds(page, path, RULES)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    page.evaluate(ARABIC_TO_N)
    contrast: dict[str, object] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    found += axe_finds(page, path, contrast)
    return found + ([f"{path}: scrolls sideways"] if wide else [])


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
def test_axe_finds_nothing(
    house: TestHouse, new_page: NewPage, language: str, width: int, dark: bool
) -> None:
    scene = Scene(house)
    page = new_page(language, width=width, dark=dark)
    found = [line for path in scene.visitor_pages() for line in look(page, path)]
    sign_in(page, scene.alice)
    page.goto(f"/?lang={language}")
    found += [line for path in scene.member_pages() for line in look(page, path)]
    assert found == []


def test_axe_would_find_something(new_page: NewPage) -> None:
    page = new_page("en")
    page.goto("/h")
    assert axe_finds(page, "/h", RULES) == []
    page.evaluate(PALE)
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = axe_finds(page, "/h", RULES)
    assert sorted(line.split(": ")[1] for line in found) == ["color-contrast", "html-has-lang"]


def test_the_keyboard_reaches_content_first_and_the_exit(house: TestHouse, new_page: NewPage) -> None:
    page = new_page("ar")
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    reached = set()
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('form')?.getAttribute('action')"))
    assert "/x" in reached
