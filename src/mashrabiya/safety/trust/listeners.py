"""What trust does when somebody leaves."""

from __future__ import annotations

from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Write
from mashrabiya.platform.outbox import listens_to
from mashrabiya.safety.trust import commands


@listens_to(PersonaErased)
def forget_helper(uow: Write, event: PersonaErased) -> None:
    """That a persona was helpful goes with it. What it found helpful is nobody's already, and fades."""
    commands.forget_persona(uow, event.pid)
