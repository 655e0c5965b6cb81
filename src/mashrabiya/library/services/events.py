"""Facts about services."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ServiceChanged(Event):
    """There is another record of it, a new one, or none any more."""

    service: bytes
