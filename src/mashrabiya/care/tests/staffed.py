"""A house with a host and a care team, and what two of them do about roles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mashrabiya.kernel.viewer import CARE
from mashrabiya.people import commands as people
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit
from mashrabiya.platform.web import tokens
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

WHY = "We are too few for the nights."
HERE = "/care/roles"


def with_role(person: Person, grant: Grant) -> Person:
    """As if two had given it."""
    with person.house.database.write() as uow:
        people.change_grant(uow, person.viewer.pid, add=grant, keys=person.house.keys)
    return person


@dataclass
class Staff:
    """Hanna runs the house, Carla and Dana are of its care team; Alice, Mona and Mallory are members."""

    house: TestHouse

    def __post_init__(self) -> None:
        self.house.change(open=True)
        self.hanna = with_role(self.house.person("Hanna"), Grant.HOST)
        self.carla, self.dana = (with_role(self.house.person(name), Grant.CARE) for name in ("Carla", "Dana"))
        self.alice, self.mallory = self.house.person("Alice"), self.house.person("Mallory")

    def propose(self, by: Person, role: str = CARE, wish: str = "give", **more: str) -> Page:
        return by.browser.submit(HERE, HERE, wish=wish, role=role, words=WHY, **more)

    def waiting(self) -> str:
        """The first that waits, as its form's address."""
        forms = self.carla.browser.get(HERE).forms + self.hanna.browser.get(HERE).forms
        return next(form.action for form in forms if form.action.startswith(f"{HERE}/"))

    def agree(self, by: Person, path: str = "", wish: str = "agree") -> Page:
        """As the form does it, also where none is shown to her."""
        token = tokens.make(self.house.keys, by.viewer, "/care/roles/{proposal:str}")
        return by.browser.post(path or self.waiting(), {"_f": token, "wish": wish})

    def code(self, page: Page) -> str:
        found = re.search(r'<code dir="ltr">([0-9a-z]+)</code>', page.text)
        assert found, page.text
        return found[1]

    def take(self, who: Person, code: str) -> Page:
        return who.browser.submit("/me/role", "/me/role", code=code)

    def log(self) -> list[str]:
        with self.house.database.read() as db:
            assert audit.examine(db).broken == ""
            return [one.entry.action for one in reversed(audit.entries(db, before=1 << 40, most=99))]


def accounts(house: TestHouse) -> list[tuple[object, ...]]:
    rows = house.database.connection().execute("SELECT * FROM account").fetchall()
    return sorted(map(tuple, rows), key=repr)
