"""Facts about guides."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class GuideWorded(Event):
    """An edition of it stands where readers see it, in place of another."""

    guide: bytes
