"""What takes two people."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import CARE, HOST, TRUSTED
from mashrabiya.people.types import USUAL_TERM, months_of


class Joint(IntEnum):
    """What takes two people."""

    ANON_MODE = 1
    LEARN = 2
    GIVE_CARE = 3
    GIVE_HOST = 4
    END_CARE = 5
    END_HOST = 6
    CLOSE = 7
    GIVE_TRUST = 8
    END_TRUST = 9
    RENEW_CARE = 10

    @property
    def key(self) -> str:
        return f"together.joint_{self.name.lower()}"

    @property
    def about_role(self) -> bool:
        return self in _ROLES

    @property
    def role(self) -> str:
        """The role in the house that is given, ended or given for another term; of somebody named trusted, that."""
        return _ROLES[self]

    @property
    def ends(self) -> bool:
        return self in {Joint.END_CARE, Joint.END_HOST, Joint.END_TRUST}

    @classmethod
    def of_role(cls, role: str, *, ends: bool, renews: bool = False) -> Joint:
        if renews and role == CARE:
            return cls.RENEW_CARE
        return next(kind for kind, about in _ROLES.items() if about == role and kind.ends is ends)


_ROLES = {
    Joint.GIVE_CARE: CARE,
    Joint.GIVE_HOST: HOST,
    Joint.GIVE_TRUST: TRUSTED,
    Joint.END_CARE: CARE,
    Joint.END_HOST: HOST,
    Joint.END_TRUST: TRUSTED,
    Joint.RENEW_CARE: CARE,
}


class Proposal(Struct, frozen=True):
    """What one person proposed and another has yet to agree to. Who it was serves a rule, and is shown nowhere.

    ``carry`` is the mode proposed, what the first of two made of the boxes of a post, or whom the house is to be closed to.
    """

    id: bytes
    kind: Joint
    object: bytes
    cid: bytes
    pid: bytes
    whom: bytes | None
    role: str
    words: str
    carry: bytes
    exp_h: int

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def key(self) -> str:
        """What would happen, as a text."""
        return self.kind.key

    @property
    def term(self) -> int:
        """How long care is proposed for, in days."""
        return int.from_bytes(self.carry, "big") or USUAL_TERM

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


class NewRole(Struct, frozen=True, kw_only=True):
    """A role to be given to somebody, or to be ended or given for another term to the persona of that ``name``, and why.

    ``days`` is how long care is given for.
    """

    role: str
    ends: bool
    words: str
    name: str = ""
    renews: bool = False
    days: int = USUAL_TERM


class Waiting(Struct, frozen=True):
    """A role that waits for a second person, as the page shows it. ``name`` is whose it would end.

    ``own``: the viewer proposed it. ``may``: she may agree to it.
    """

    proposal: Proposal
    name: str
    own: bool
    may: bool

    @property
    def months(self) -> int:
        """For how long care would be given; nothing where it is another role, or ends."""
        gives = self.proposal.kind in {Joint.GIVE_CARE, Joint.RENEW_CARE}
        return months_of(self.proposal.term) if gives else 0


class NewClosing(Struct, frozen=True, kw_only=True):
    """Closing the whole house to somebody, as it was typed. ``proposal`` is the other's, where she is the second."""

    words: str
    days: int = 0
    agreement: str = ""
    proposal: bytes = b""
    agreement_gone: bool = False


class Closing(Struct, frozen=True):
    """What the first of two proposed: how long, what it goes against, and whom it meets where that is an unnamed voice."""

    voice: bytes
    days: int
    agreement: str
    # The decision it may become, and what that keeps of whoever proposed it.
    decision: bytes
    by: bytes
