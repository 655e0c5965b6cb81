"""What safety does when something happened elsewhere."""

from __future__ import annotations

from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to
from mashrabiya.safety import commands


@listens_to(PersonaErased)
def forget_reported(uow: Write, event: PersonaErased) -> None:
    """Reports about a persona go with it."""
    commands.forget_persona(uow, event.pid)
