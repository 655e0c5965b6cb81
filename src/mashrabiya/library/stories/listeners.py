"""What follows here when something happens elsewhere."""

from __future__ import annotations

from mashrabiya.library.stories import commands
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to


@listens_to(PersonaErased)
def forget_teller(uow: Write, event: PersonaErased) -> None:
    """What a deleted persona told by name goes with it, whatever became of its posts: it could never be taken back."""
    commands.forget_persona(uow, event.pid)
