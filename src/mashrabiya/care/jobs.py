"""What time does to what was removed."""

from __future__ import annotations

from mashrabiya.care import commands
from mashrabiya.platform.db import Read, Write
from mashrabiya.platform.retention import overdue, rule


@rule("removed texts go")
def let_go(uow: Write) -> int:
    """The text of a removed post is kept for the undo, then it goes."""
    return commands.let_texts_go(uow)


_WITH_CASE = "notes among carers go with their case"


@rule(_WITH_CASE)
def let_asides_go(uow: Write) -> int:
    """Notes among carers are kept as long as there is a report of their thing, and no longer."""
    return commands.let_asides_go(uow)


@overdue(_WITH_CASE)
def asides_left_over(db: Read, days: int) -> int:
    """How many stayed without their case."""
    return commands.asides_left_over(db, days)
