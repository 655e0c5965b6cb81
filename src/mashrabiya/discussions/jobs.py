"""What time does to threads: they fade whole, and their times grow coarse."""

from __future__ import annotations

from mashrabiya.discussions import commands
from mashrabiya.platform.db import Database, Write
from mashrabiya.platform.media import keeping
from mashrabiya.platform.retention import rule
from mashrabiya.platform.schedules import Every, scheduled


@rule("threads fade")
def fade(uow: Write) -> int:
    """A thread goes so many days after its last reply."""
    return commands.fade_threads(uow)


@rule("times grow coarse")
def coarsen(uow: Write) -> int:
    """After two days a time says the day."""
    return commands.coarsen_times(uow)


@scheduled("pictures", Every.NIGHT)
def sweep_pictures(database: Database) -> None:
    """No picture stays without its row, and no row without its picture."""
    keeping.sweep(database)
