"""A place in which people answer each other, and what each is told."""

from __future__ import annotations

import re
from html import unescape

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.talk import Talk
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import Person, TestHouse

_ROW = re.compile(r'<li class="row">(.*?)</li>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class Scene(Talk):
    """Alice, Bob and Mallory belong to Bob's place; Charlie to none. Facts are told when a test says so."""

    def __init__(self, house: TestHouse, audience: Audience = Audience.SIGNED_IN) -> None:
        super().__init__(house, audience)
        self.tell()

    def tell(self) -> None:
        """What was recorded is told."""
        Worker(self.house.database, self.house.keys).drain()

    def lines(self, who: Person, query: str = "") -> list[str]:
        """The sentences of her list, those that are new marked so."""
        page = who.browser.get(f"/b{query}")
        assert page.status == 200
        return [_sentence(row) for row in _ROW.findall(page.text)]

    def text(self, who: Person, query: str = "") -> str:
        return plain(who.browser.get(f"/b{query}").text)

    def rows(self) -> list[tuple[bytes, int, int]]:
        """What lies there: address, kind, number."""
        found = self.house.database.connection().execute(
            "SELECT addr, kind, n FROM notice ORDER BY addr, kind, n"
        )
        return [(bytes(addr), int(kind), int(n)) for addr, kind, n in found.fetchall()]

    def subs(self) -> list[tuple[bytes, bytes]]:
        found = self.house.database.connection().execute("SELECT scope, addr FROM sub").fetchall()
        return [(bytes(scope), bytes(addr)) for scope, addr in found]

    def follow(self, who: Person, thread: str, on: str = "1") -> None:
        """She follows it, or no longer; what she follows is noticed when she comes by, and written later."""
        fields = {**who.browser.get(thread).form(f"{thread}/f").fields, "on": on}
        if not on:
            del fields["on"]
        assert who.browser.post(f"{thread}/f", fields).status == 303
        self.come_by(who)

    def come_by(self, who: Person) -> None:
        """She opens a page; what is looked for beside it, is looked for, and what waits is written."""
        news = self.house.site.rooms["news"]
        news._known.clear()
        who.browser.get("/me")
        news.look()
        self.house.site.rooms["subs"].write(whole=True)

    def is_told(self, who: Person) -> bool:
        """Whether a word beside the tab says that something is new."""
        self.come_by(who)
        return marked(who.browser.get("/me").text)

    def read(self, who: Person, which: str = "all") -> None:
        form = who.browser.get("/b").form("/b")
        assert who.browser.post("/b", {**form.fields, "which": which}).location == "/b"


def marked(text: str) -> bool:
    found = re.search(r'<a href="/b"[^>]*>(.*?)</a>', text.replace("&#x2f;", "/"), re.DOTALL)
    assert found is not None
    return "<b>" in found[1]


def _sentence(row: str) -> str:
    heading = re.search(r"<h2[^>]*>(.*?)</h2>", row, re.DOTALL)
    assert heading is not None
    new = "<b>" in row.split("<h2", 1)[0]
    return ("* " if new else "") + plain(heading[1])


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(_TAG.sub("", html))).strip()
