"""The shelf's glossary in a house, read once for all tests."""

from __future__ import annotations

from functools import lru_cache

from mashrabiya.kernel.ids import new_id
from mashrabiya.library.terms import commands
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.reading import Finder
from mashrabiya.library.terms.shelf import read_shelf, shelf_print
from mashrabiya.library.terms.types import Body, Concept
from mashrabiya.testing.house import TestHouse

shelf = lru_cache(maxsize=1)(read_shelf)


@lru_cache(maxsize=1)
def whole() -> Glossary:
    """All of it, in memory."""
    return Glossary(Concept(new_id(), key, body) for key, body in shelf().items())


@lru_cache(maxsize=1)
def finder() -> Finder:
    return Finder(whole())


def fill(house: TestHouse, *keys: str) -> Glossary:
    """A house with these concepts of the shelf, or with all."""
    chosen: dict[str, Body] = {key: body for key, body in shelf().items() if not keys or key in keys}
    with house.database.write() as uow:
        commands.shelve(uow, chosen, shelf_print())
    house.site.held.refresh()
    known: Glossary = house.site.held["terms"]
    return known
