"""What hosts are asked to look at again because something else is no longer as it was. Each may be run twice."""

from __future__ import annotations

from mashrabiya.library.desk import commands as desk
from mashrabiya.library.laws.events import LawChanged
from mashrabiya.library.services import commands as services
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to


@listens_to(LawChanged)
def look_again(uow: Write, event: LawChanged) -> None:
    """Whoever helps there may do so otherwise, or no longer; and what guides say of that topic may be true no more."""
    services.look_again(uow, event.country)
    desk.look_again(uow, event.topic)
