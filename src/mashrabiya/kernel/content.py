"""How a room names something of another room without knowing it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContentRef:
    """A kind of content and its id."""

    kind: str
    id: bytes
