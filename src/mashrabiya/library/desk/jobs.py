"""What time does to guides."""

from __future__ import annotations

from mashrabiya.library.desk import commands
from mashrabiya.platform.db import Write
from mashrabiya.platform.retention import rule


@rule("guides are due")
def become_due(uow: Write) -> int:
    """Guides whose day has passed wait for review, in the night after it."""
    return commands.become_due(uow)
