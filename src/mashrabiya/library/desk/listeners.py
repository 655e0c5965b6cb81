"""What the desk does when something happened elsewhere."""

from __future__ import annotations

from mashrabiya.library.desk import commands
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to


@listens_to(PersonaErased)
def forget_person(uow: Write, event: PersonaErased) -> None:
    """Its roles go with it."""
    commands.forget_person(uow, event.pid)
