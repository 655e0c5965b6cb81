"""What communities do when something happened elsewhere."""

from __future__ import annotations

from mashrabiya.communities import commands
from mashrabiya.communities.events import CommunityClosed
from mashrabiya.people import commands as people
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to
from mashrabiya.safety import commands as safety


@listens_to(PersonaErased)
def forget_member(uow: Write, event: PersonaErased) -> None:
    """A persona that is gone is a member nowhere, however often this is told."""
    commands.forget_persona(uow, event.pid)


@listens_to(CommunityClosed)
def forget_rules(uow: Write, event: CommunityClosed) -> None:
    """The automatic rules of a closed place go with it, and what closed it to somebody."""
    safety.forget_precepts(uow, event.cid)
    people.lift_guards_of(uow, event.cid)
