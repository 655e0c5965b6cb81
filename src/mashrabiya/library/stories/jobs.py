"""What time does to experiences, and to those of somebody who has left."""

from __future__ import annotations

from mashrabiya.library.stories import commands, queries
from mashrabiya.library.stories.types import FADE
from mashrabiya.people.flows.leaving import TAKE_BACK_TOLD
from mashrabiya.platform.db import Read, Write
from mashrabiya.platform.due import when_due
from mashrabiya.platform.retention import overdue, rule


@rule(FADE)
def let_old_go(uow: Write) -> int:
    """An experience goes five years after the month it was told in."""
    return commands.let_old_go(uow)


@when_due(TAKE_BACK_TOLD)
def take_back(uow: Write, story: bytes) -> None:
    """An unnamed experience whose teller left, on a day of its own."""
    commands.take_back_unnamed(uow, story)


@overdue(FADE)
def left_over(db: Read, days: int) -> int:
    """Experiences that should have gone."""
    return queries.overdue(db, days)
