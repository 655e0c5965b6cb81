"""A house with the shelf in it, and people who read."""

from __future__ import annotations

from mashrabiya.library.guides import flows
from mashrabiya.testing.house import TestHouse


class Shelfed:
    """Alice is a member, Mona runs the house."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        flows.furnish(house.database)
        house.site.held.refresh()
