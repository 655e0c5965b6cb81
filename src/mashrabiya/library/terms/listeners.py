"""What the glossary does when something happened elsewhere."""

from __future__ import annotations

from mashrabiya.communities.events import CommunityClosed
from mashrabiya.library.terms import commands
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to


@listens_to(CommunityClosed)
def forget_place(uow: Write, event: CommunityClosed) -> None:
    """However often this is told."""
    commands.forget_place(uow, event.cid)
