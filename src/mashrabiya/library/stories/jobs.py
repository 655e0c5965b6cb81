"""What time does to experiences, and to those of somebody who has left."""

from __future__ import annotations

from mashrabiya.library.stories import commands, queries
from mashrabiya.library.stories.types import FADE
from mashrabiya.platform.db import Read, Write
from mashrabiya.platform.retention import overdue, rule


@rule(FADE)
def let_old_go(uow: Write) -> int:
    """An experience goes five years after the month it was told in."""
    return commands.let_old_go(uow)


@overdue(FADE)
def left_over(db: Read, days: int) -> int:
    """Experiences that should have gone."""
    return queries.overdue(db, days)
