"""What time does to the index."""

from __future__ import annotations

from mashrabiya.platform.db import Database
from mashrabiya.platform.schedules import Every, scheduled
from mashrabiya.search import commands


@scheduled("number what was written", Every.HOUR)
def number_ripe(database: Database) -> None:
    """What was written in earlier hours is looked up by its words from now on; an index that is not there yet is made."""
    if commands.is_missing(database):
        commands.rebuild(database)
        commands.put_leaves(database)
    commands.number_ripe(database)


@scheduled("sweep the index", Every.NIGHT)
def sweep(database: Database) -> None:
    """Nothing stays in the index whose post is gone, and nothing of the library is missing, should a fact have been lost."""
    commands.sweep(database)
    commands.put_leaves(database)
