"""Facts about experiences."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class StoryChanged(Event):
    """It was told, told otherwise, or is gone."""

    story: bytes
