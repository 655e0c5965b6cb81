"""What time does to threads: they fade whole, and their times grow coarse."""

from __future__ import annotations

from mashrabiya.communities.flows import TAKE_BACK_NAMED
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.types import POST_ID_SIZE
from mashrabiya.people.flows.leaving import TAKE_BACK
from mashrabiya.platform.db import Database, Read, Write
from mashrabiya.platform.due import when_due
from mashrabiya.platform.media import keeping
from mashrabiya.platform.retention import overdue, rule
from mashrabiya.platform.schedules import Every, scheduled


@rule("threads fade")
def fade(uow: Write) -> int:
    """A thread goes so many days after its last reply."""
    return commands.fade_threads(uow)


@overdue("threads fade")
def overdue_threads(db: Read, days: int) -> int:
    """Threads that should have gone."""
    return queries.overdue_threads(db, days)


@rule("closed communities go")
def let_places_go(uow: Write) -> int:
    """A closed place goes when the last of its threads has."""
    return commands.let_places_go(uow)


@rule("polls close")
def close_polls(uow: Write) -> int:
    """A poll is counted after its last day, and its ballots go."""
    return commands.close_polls(uow)


@overdue("polls close")
def overdue_polls(db: Read, days: int) -> int:
    """Polls that should have been closed."""
    return queries.overdue_polls(db, days)


@rule("times grow coarse")
def coarsen(uow: Write) -> int:
    """After two days a time says the day."""
    return commands.coarsen_times(uow)


@when_due(TAKE_BACK)
def take_back(uow: Write, post: bytes) -> None:
    """An unnamed post whose author left, on a day of its own."""
    commands.take_back_unnamed(uow, post)


@when_due(TAKE_BACK_NAMED)
def take_back_named(uow: Write, ref: bytes) -> None:
    """A post by name whose author left that place, at an hour of its own."""
    commands.take_back_named(uow, ref[:POST_ID_SIZE], ref[POST_ID_SIZE:])


@scheduled("pictures", Every.NIGHT)
def sweep_pictures(database: Database) -> None:
    """No picture stays without its row, and no row without its picture."""
    keeping.sweep(database)
