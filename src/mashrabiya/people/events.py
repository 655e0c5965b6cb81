"""Facts that higher domains listen to. They hold ids only."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PersonaErased(Event):
    """A persona is gone. Whoever keeps rows that name it empties them.

    ``remove_posts`` says whether what it wrote goes too (1) or stays unnamed (0).
    """

    pid: bytes
    remove_posts: int = 0


@dataclass(frozen=True, slots=True)
class PersonaRenamed(Event):
    """A persona has another name and address now; what shows or finds the old one follows."""

    pid: bytes
