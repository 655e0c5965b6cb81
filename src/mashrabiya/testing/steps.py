"""How much SQLite does for a question, counted and not timed: the same on every machine."""

from __future__ import annotations

from collections.abc import Callable

from mashrabiya.platform.db import Database


def steps(database: Database, ask: Callable[[], object]) -> int:
    """Steps of SQLite's own machine, of whatever this thread asks. What the house remembers is there already."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    ask()
    connection = database.connection()
    connection.set_progress_handler(count, 1)
    try:
        ask()
    finally:
        connection.set_progress_handler(None, 1)
    return counted
