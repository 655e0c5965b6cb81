"""Bringing the shelf's glossary into a house: a new one is filled, an old one gets what it was not given yet."""

from __future__ import annotations

from mashrabiya.library.terms import commands, queries
from mashrabiya.library.terms.shelf import read_shelf, shelf_print
from mashrabiya.platform.db import Database


def furnish(database: Database) -> int:
    """Bring what the shelf has and this house does not; answers how many concepts. Safe to repeat.

    What the house changed stays as it is, and what it hid stays hidden.
    """
    print_ = shelf_print()
    with database.read() as db:
        if queries.has_shelf(db, print_):
            return 0
    # Read before the one writer's place is taken.
    shelf = read_shelf()
    with database.write() as uow:
        if queries.has_shelf(uow, print_):
            return 0  # another process has just done it
        return commands.shelve(uow, shelf, print_)
