"""A house with the shelf in it, and people who read there."""

from __future__ import annotations

from mashrabiya.care.tests.staffed import with_role
from mashrabiya.library.guides import commands, flows, queries
from mashrabiya.library.guides.types import Guide
from mashrabiya.people.types import Grant
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse


class Shelf:
    """The shelf is in the house. Alice is a member, Hanna runs the house; others are made when they are asked for."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        flows.furnish(house.database)
        house.site.held.refresh()

    def guide(self, slug: str) -> Guide:
        with self.house.database.read() as db:
            return queries.get_guide(db, queries.names(db)[slug])

    def host(self, language: str = "en") -> Person:
        self.house.change(open=True)
        return with_role(self.house.person("Hanna", language=language), Grant.HOST)

    def change(self, slug: str, **changes: object) -> Guide:
        """As the desk would."""
        with self.house.database.write() as uow:
            changed = commands.change_guide(uow, self.guide(slug), **changes)
        self.house.site.held.refresh()
        return changed

    def get(self, slug: str, more: str = "", by: Browser | None = None) -> Page:
        return (by or self.house.browser()).get(f"{self.guide(slug).address}{more}")
