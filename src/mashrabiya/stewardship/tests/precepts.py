"""A community with automatic rules."""

from __future__ import annotations

import re

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

WORD = "rutabaga"


class Place:
    """Alice runs a community, Bob belongs to it, Charlie does not."""

    def __init__(self, house: TestHouse, language: str = "en", *, other: str = "") -> None:
        self.house = house
        self.alice = house.person(f"Alice{other}", language=language)
        self.bob = house.person(f"Bob{other}", language=language)
        self.charlie = house.person(f"Charlie{other}", language=language)
        self.cid = open_place(house, self.alice, self.bob)
        self.thread = ask(house, self.alice, self.cid).address
        self.base = f"/c/{show_id(self.cid)}/r"

    def make(self, **fields: str) -> Page:
        return self.make_as(self.alice, self.base, **fields)

    def make_as(self, who: Person, base: str, **fields: str) -> Page:
        typed = {"kind": "words", "act": "nudge", "text": WORD, **fields}
        return who.browser.submit(f"{base}/new", f"{base}/new", **typed)

    def one(self, base: str = "") -> str:
        listed = self.alice.browser.get(base or self.base).text.replace("&#x2f;", "/")
        return str(re.findall(rf'href="({base or self.base}/\w{{26}})"', listed)[0])

    def say(self, body: str, **fields: str) -> Page:
        return self.bob.browser.submit(self.thread, self.thread, body=body, **fields)

    def again(self, page: Page, **fields: str) -> Page:
        return self.bob.browser.post(self.thread, {**page.form(self.thread).fields, **fields})
