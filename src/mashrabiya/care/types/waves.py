"""A wave: like words or like links by several who are new, as they are looked through and hidden together."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.care.types.cases import Place
from mashrabiya.discussions.types import Judged
from mashrabiya.kernel.ids import show_id
from mashrabiya.safety.trust.bursts import Sign

WAVE_HOURS = (1, 3, 6, 12, 24, 48)
"""How far back one looks; the last is the most."""

MOST = 150
"""So many posts are hidden in one press; a form holds little more."""

STEP = 15
"""So many in one write, so that nobody who writes meanwhile waits for all of them."""

LOOKED_AT = 2000
"""So many posts are looked at, the newest."""


class Recent(Struct, frozen=True):
    """A post of the last hours. ``days``: on how many days its persona wrote there; ``leads``: its links do."""

    post: Judged
    days: int
    leads: int


class Alike(Struct, frozen=True):
    """Posts with the same words or the same host: ``what`` they share."""

    what: str
    posts: list[Judged]


class Wave(Struct, frozen=True):
    """What is alike in a place, at most as much as is hidden at once. ``more`` waits; ``cut``: not all was looked at."""

    place: Place
    found: list[Alike]
    more: bool = False
    cut: bool = False

    @property
    def posts(self) -> list[Judged]:
        return [post for alike in self.found for post in alike.posts]


class NewWave(Struct, frozen=True, kw_only=True):
    """As typed: which posts stayed ticked, and the reason."""

    sign: Sign
    picked: frozenset[bytes]
    words: str
    agreement: str = ""
    agreement_gone: bool = False
    submission: str = ""


class Batch(Struct, frozen=True):
    """Posts that are hidden together; the first decision has the id of all."""

    id: bytes
    new: NewWave
    posts: list[Judged]

    @property
    def path(self) -> str:
        """Where all of it stands, and is undone."""
        return f"/care/w/{show_id(self.id)}"
