"""A community with a rule that holds a word."""

from __future__ import annotations

from mashrabiya.care import queries as care
from mashrabiya.care.types import Act, Decision
from mashrabiya.safety.types import Thing
from mashrabiya.stewardship.tests.precepts import WORD, Place
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

SAID = f"I bought a {WORD} today"


class Holding(Place):
    """The place with a rule that holds a word, and its desk. Alice decides there."""

    def __init__(self, house: TestHouse, language: str = "en", **fields: str) -> None:
        super().__init__(house, language)
        assert self.make(**{"act": "hold", **fields}).status == 303
        self.desk = self.base.removesuffix("/r") + "/care"

    def posts(self) -> list[tuple[bytes, int, str, str]]:
        rows = (
            self.house.database.connection()
            .execute("SELECT id, state, html, body FROM post WHERE n > 1 ORDER BY n")
            .fetchall()
        )
        return [(bytes(row[0]), int(row[1]), str(row[2]), str(row[3])) for row in rows]

    def states(self) -> list[int]:
        return [state for _, state, _, _ in self.posts()]

    def cases(self) -> list[str]:
        """What waits there, as whoever runs the place sees it."""
        viewer = self.alice.viewer
        with self.house.database.read() as db:
            waiting, _ = care.queue(db, viewer, care.get_place(db, viewer, self.cid))
        return [case.path for case in waiting]

    def decide(self, act: Act, who: Person | None = None) -> Page:
        case = self.cases()[0]
        return (who or self.alice).browser.submit(case, case, act=str(int(act)), words="We looked at it.")

    def decisions(self) -> list[Decision]:
        with self.house.database.read() as db:
            return care.on_thing(db, Thing.POST, self.posts()[0][0])

    def seen_by(self, who: Person) -> str:
        return who.browser.get(self.thread).text
