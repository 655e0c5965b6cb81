"""The index follows what happens to posts. Each may be run twice."""

from __future__ import annotations

from mashrabiya.discussions.events import (
    PostDeleted,
    PostEdited,
    PostHelped,
    PostRestored,
    PostWithheld,
    PostWritten,
    ThreadDeleted,
    ThreadPlaced,
    ThreadSplit,
)
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to
from mashrabiya.search import commands
from mashrabiya.search.events import ThreadLeft, ThreadMoved


@listens_to(PostWritten)
def index_written(uow: Write, event: PostWritten) -> None:
    """It can be found."""
    commands.put(uow, event.post)


@listens_to(PostEdited)
def index_edited(uow: Write, event: PostEdited) -> None:
    """It is found by what it says now."""
    commands.put(uow, event.post)


@listens_to(PostRestored)
def index_restored(uow: Write, event: PostRestored) -> None:
    """It is found again."""
    commands.put(uow, event.post)


@listens_to(PostDeleted)
def forget_post(uow: Write, event: PostDeleted) -> None:
    """Nothing of its words stays."""
    commands.drop(uow, event.post)


@listens_to(PostWithheld)
def withhold(uow: Write, event: PostWithheld) -> None:
    """What was held back, hidden or removed is found by nobody."""
    commands.drop(uow, event.post)


@listens_to(ThreadDeleted)
def forget_thread(uow: Write, event: ThreadDeleted) -> None:
    """The same of a whole thread."""
    commands.drop_thread(uow, event.tid)


@listens_to(ThreadLeft)
def forget_more(uow: Write, event: ThreadLeft) -> None:
    """The next of it."""
    commands.drop_thread(uow, event.tid)


@listens_to(ThreadSplit)
def take_along(uow: Write, event: ThreadSplit) -> None:
    """Posts of which a thread was made are of that one now, and its opening has a title."""
    commands.take_along(uow, event.tid)


@listens_to(ThreadMoved)
def take_more_along(uow: Write, event: ThreadMoved) -> None:
    """The next of them."""
    commands.take_along(uow, event.tid, event.past)


@listens_to(ThreadPlaced)
def place_anew(uow: Write, event: ThreadPlaced) -> None:
    """Its posts are looked up where they stand now."""
    commands.take_along(uow, event.tid)


@listens_to(PostHelped)
def note_helped(uow: Write, event: PostHelped) -> None:
    """It is found among what helped somebody."""
    commands.note_helped(uow, event.post)
