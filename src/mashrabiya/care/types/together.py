"""What takes two people."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id


class Joint(IntEnum):
    """What takes two people."""

    ANON_MODE = 1
    LEARN = 2


class Proposal(Struct, frozen=True):
    """What one person proposed and another has yet to agree to. Who it was serves a rule, and is shown nowhere.

    ``carry`` is the mode proposed, or what the first of two made of the boxes of a post.
    """

    id: bytes
    kind: Joint
    object: bytes
    cid: bytes
    pid: bytes
    role: str
    words: str
    carry: bytes
    exp_h: int

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def left(self) -> int:
        """Hours in which somebody may agree; never fewer than one while it stands."""
        return max(self.exp_h - clock.hour(), 1)


class NewMode(Struct, frozen=True):
    """How unnamed writing should be from now on, and why, as it was typed."""

    mode: int
    words: str


class NewLearning(Struct, frozen=True):
    """Why one of two wants to learn which persona wrote something. ``proposal`` is the other's, where she is the second."""

    words: str
    proposal: bytes = b""


class LearnedFace(Struct, frozen=True):
    """The persona behind an unnamed post, for the one answer that shows it."""

    name: str
    pub: str
    seed: bytes
