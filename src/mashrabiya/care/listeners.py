"""What care does when something happened elsewhere."""

from __future__ import annotations

from mashrabiya.care import commands
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to


@listens_to(PersonaErased)
def forget_concerned(uow: Write, event: PersonaErased) -> None:
    """A decision about a persona outlives it, and names it no more."""
    commands.forget_persona(uow, event.pid)
