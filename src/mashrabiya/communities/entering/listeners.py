"""What the ways in do when something happened elsewhere."""

from __future__ import annotations

from mashrabiya.communities.entering.commands import endings
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to


@listens_to(PersonaErased)
def forget_asking(uow: Write, event: PersonaErased) -> None:
    """A persona that is gone asks nowhere, however often this is told."""
    endings.forget_persona(uow, event.pid)
