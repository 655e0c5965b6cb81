"""What a reader keeps away, for tests in a whole house."""

from __future__ import annotations

from mashrabiya.people import commands
from mashrabiya.people.types import Voice
from mashrabiya.testing.house import Person


def mute(who: Person, voice: Voice, days: int = 0) -> None:
    with who.house.database.write() as uow:
        commands.mute(uow, who.viewer, voice, days=days)


def hide(who: Person, *words: str) -> None:
    with who.house.database.write() as uow:
        commands.hide_words(uow, who.viewer, words, shared=False)
