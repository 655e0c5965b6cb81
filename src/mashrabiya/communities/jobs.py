"""What time does to places."""

from __future__ import annotations

from mashrabiya.communities import commands, queries
from mashrabiya.platform.db import Read, Write
from mashrabiya.platform.retention import overdue, rule


@rule("communities close")
def close(uow: Write) -> int:
    """Those whose members have had their notice are out of sight."""
    return commands.close_ripe(uow)


@rule("roles in places end")
def end_terms(uow: Write) -> int:
    """Terms that are over are written down as over; that they are is read with the row since their day."""
    return commands.end_terms(uow)


@overdue("closed communities go")
def overdue_places(db: Read, days: int) -> int:
    """Places that should have closed."""
    return queries.overdue_places(db, days)
