"""What is told when something happened elsewhere. Each may be run twice."""

from __future__ import annotations

from mashrabiya.discussions.events import (
    PollClosed,
    PostDeleted,
    PostEdited,
    PostHelped,
    PostWritten,
    ThreadDeleted,
    ThreadSplit,
)
from mashrabiya.notifications import commands
from mashrabiya.notifications.events import PassedOn
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to


@listens_to(PostWritten)
def tell_written(uow: Write, event: PostWritten) -> None:
    """Whoever is in the thread."""
    commands.tell_written(uow, event.post)


@listens_to(PassedOn)
def go_on(uow: Write, event: PassedOn) -> None:
    """The next of many."""
    commands.go_on(uow, event)


@listens_to(PostEdited)
def tell_edited(uow: Write, event: PostEdited) -> None:
    """Who is mentioned now, and who no longer."""
    commands.tell_edited(uow, event.post)


@listens_to(PostHelped)
def tell_helped(uow: Write, event: PostHelped) -> None:
    """Whoever wrote it by name."""
    commands.tell_helped(uow, event.post)


@listens_to(PollClosed)
def tell_closed(uow: Write, event: PollClosed) -> None:
    """Whoever is in a thread that asked."""
    commands.tell_closed(uow, event.tid, own=bool(event.own))


@listens_to(PostDeleted)
def forget_post(uow: Write, event: PostDeleted) -> None:
    """What is gone is told by nothing."""
    commands.forget_post(uow, event.tid, event.post)


@listens_to(ThreadSplit)
def take_along(uow: Write, event: ThreadSplit) -> None:
    """What was told of the posts of which a thread was made by splitting another."""
    commands.take_along(uow, event.tid)


@listens_to(ThreadDeleted)
def forget_thread(uow: Write, event: ThreadDeleted) -> None:
    """The same of a whole thread, and nobody follows it."""
    commands.forget_thread(uow, event.tid)


@listens_to(PersonaErased)
def forget_person(uow: Write, event: PersonaErased) -> None:
    """Nothing lies there for a persona that is gone."""
    commands.forget_person(uow, event.pid)
