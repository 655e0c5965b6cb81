"""What the care team is told of vouching that was taken back."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.people.types import Branch


class Pulled(Struct, frozen=True):
    """Somebody vouches for this name no more; for so many days this is told. Without a name, it is away."""

    id: str
    name: str
    left: int
    branch: Branch
