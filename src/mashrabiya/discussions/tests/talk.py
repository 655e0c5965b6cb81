"""A place where people mention each other."""

from __future__ import annotations

import re

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import queries
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse


class Talk:
    """Alice Noor and Bob write in Bob's place; Mallory belongs there too, and Charlie belongs nowhere."""

    def __init__(self, house: TestHouse, audience: Audience = Audience.SIGNED_IN) -> None:
        self.house = house
        self.alice, self.bob = house.person("Alice Noor"), house.person("Bob")
        self.mallory, self.charlie = house.person("Mallory"), house.person("Charlie", language="ar")
        self.cid = open_place(house, self.bob, self.alice, self.mallory, audience=audience)
        self.place = f"/c/{show_id(self.cid)}"
        self.hers = new_thread(self.alice, self.cid, title="Alice asks").location
        self.thread = new_thread(self.bob, self.cid, title="Bob asks").location

    def say(self, who: Person, body: str, *, thread: str = "", **fields: str) -> Page:
        address, fields = thread or self.thread, {"unnamed": "", **fields}
        page = who.browser.submit(address, address, body=body, **fields)
        if 'id="guard"' in page.text:
            # What looks like an account elsewhere is said once, and then kept.
            shown = re.findall(r'name="_guard" value="([^"]+)"', page.text)[0]
            page = who.browser.submit(address, address, body=body, _guard=shown, _guarded="keep", **fields)
        assert page.status == 303, page.status
        return page

    def said(self, who: Person | None = None, number: int = 0, *, thread: str = "") -> str:
        """The words of a post as somebody reads them, the last one's without a number."""
        browser = who.browser if who else self.house.browser()
        text = browser.get(f"{thread or self.thread}?n=99").text.replace("&#x2f;", "/")
        found = dict(re.findall(r'id="n(\d+)">.*?<div class="body"[^>]*>(.*?)</div>', text, re.DOTALL))
        return re.sub(r"\s+", " ", found[str(number or max(map(int, found)))])

    def kept(self) -> list[str]:
        rows = self.house.database.connection().execute("SELECT body FROM post UNION SELECT html FROM post")
        return [str(row[0]) for row in rows.fetchall()]

    def raw(self, number: int) -> str:
        with self.house.database.read() as db:
            return queries.source_of(db, read_id(self.thread.removeprefix("/t/"), 16), number)


def link(person: Person) -> str:
    face = person.viewer.face
    assert face is not None
    return f'<a href="/p/{face.pub}">@<bdi>{face.name}</bdi></a>'


def edit(talk: Talk, who: Person, **fields: str) -> Page:
    page = who.browser.get(f"{talk.thread}?n=99").text.replace("&#x2f;", "/")
    address = re.findall(r'href="(/t/\w+/e/\w+)"', page)[-1]
    return who.browser.submit(address, address, **fields) if fields else who.browser.get(address)
