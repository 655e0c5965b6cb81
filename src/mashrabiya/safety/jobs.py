"""What time does to reports that wait."""

from __future__ import annotations

from mashrabiya.platform.db import Write
from mashrabiya.platform.retention import rule
from mashrabiya.safety import commands


@rule("what waits stays in the list")
def stand_for_all(uow: Write) -> int:
    """The report that stood for all of its thing may be gone before the others."""
    return commands.stand_for_all(uow)
