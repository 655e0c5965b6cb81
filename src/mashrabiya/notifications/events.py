"""Facts of this domain: how far something has been passed on."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PassedOn(Event):
    """All up to this address have been told of it; there may be more. It names nobody who wrote."""

    tid: bytes
    post: bytes
    kind: int
    after: bytes
