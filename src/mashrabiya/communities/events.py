"""Facts about communities."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class CommunityFounded(Event):
    """A community was founded."""

    cid: bytes


@dataclass(frozen=True, slots=True)
class CommunityEdited(Event):
    """Its name, words, audience or retention changed."""

    cid: bytes


@dataclass(frozen=True, slots=True)
class CommunityClosed(Event):
    """It is nobody's and nothing any more. What others keep of it goes."""

    cid: bytes


@dataclass(frozen=True, slots=True)
class PersonaJoined(Event):
    """A persona became a member."""

    cid: bytes
    pid: bytes


@dataclass(frozen=True, slots=True)
class PersonaLeft(Event):
    """A persona is a member no longer."""

    cid: bytes
    pid: bytes


@dataclass(frozen=True, slots=True)
class PlaceProtected(Event):
    """For so many hours nobody joins and only the established write; none at all ends it.

    Without a community it is the whole house. ``care``: the house's care team did it, or its hosts.
    """

    cid: bytes
    hours: int
    care: int
