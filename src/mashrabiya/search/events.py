"""Facts of this domain: what of the index is still to go, or to come."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ThreadLeft(Event):
    """There may be more in the index of a thread that is gone, or of which some stand elsewhere now."""

    tid: bytes


@dataclass(frozen=True, slots=True)
class ThreadMoved(Event):
    """Posts of a thread past this number may not stand in the index as they stand there."""

    tid: bytes
    past: int
