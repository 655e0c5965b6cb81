"""What time does to threads: they fade whole, and their times grow coarse."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mashrabiya.communities.flows import TAKE_BACK_NAMED
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.types import POST_ID_SIZE, NewThread
from mashrabiya.people.flows.leaving import TAKE_BACK
from mashrabiya.platform.db import Database, Read, Write
from mashrabiya.platform.due import when_due
from mashrabiya.platform.media import keeping
from mashrabiya.platform.retention import overdue, rule
from mashrabiya.platform.schedules import Every, scheduled
from mashrabiya.safety.matching.book import Rulebook
from mashrabiya.safety.matching.watch import Watch


class Ways:
    """The automatic rules in force, and how a form is read: what runs by itself gets nothing but its transaction."""

    rules: Callable[[Read], Rulebook] | None = None
    read: Callable[[Mapping[str, str]], NewThread] | None = None


ways = Ways()


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


@when_due(commands.PUBLISH)
def post_planned(uow: Write, ref: bytes) -> None:
    """A thread whose time has come."""
    assert ways.rules, "main says which rules are in force"
    assert ways.read, "main says how a form is read"
    watch = Watch(ways.rules(uow), seen=True, cares=True)
    commands.publish(uow, ref, read=ways.read, watch=watch)


@when_due(commands.STOP)
def stop_planned(uow: Write, ref: bytes) -> None:
    """A thread whose author left or froze everything before its time."""
    commands.stop_planned(uow, ref)


@scheduled("pictures", Every.NIGHT)
def sweep_pictures(database: Database) -> None:
    """No picture stays without its row, and no row without its picture."""
    keeping.sweep(database)
