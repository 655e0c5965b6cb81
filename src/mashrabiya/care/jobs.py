"""What time does to what was removed."""

from __future__ import annotations

from mashrabiya.care import commands
from mashrabiya.platform.db import Write
from mashrabiya.platform.retention import rule


@rule("removed texts go")
def let_go(uow: Write) -> int:
    """The text of a removed post is kept for the undo, then it goes."""
    return commands.let_texts_go(uow)
