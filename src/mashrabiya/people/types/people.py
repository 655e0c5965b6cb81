"""People and their personas, as the rest of the house meets them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag, StrEnum

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.types.grants import Band, Flags

KEY_HOLDERS = 5
"""So many of a care team may hold a care key in one place."""

KEYS_NEEDED = 2
"""So many of them open together what stands behind an unnamed post. One opens nothing."""


BRANCH_QUARTERS = 6
"""So long the first persona of somebody whom a member invited carries the branch that she came by."""

INVITED_DAYS, INVITE_AGAIN_DAYS = 14, 30
"""So long a member's invitation opens; one in so many days is hers to make."""


class State(IntFlag):
    """How a persona meets others: bits of ``persona.state``.

    An away persona is named nowhere; an unseen one's posts are not shown either, for as long as it is
    away. Away and closed hide its page. Quiet takes no replies to what it wrote. Shares says that its
    private lists hold something for all names of its person, so that the session brings them along.
    """

    OPEN = 0
    AWAY = 1
    CLOSED = 2
    QUIET = 4
    SHARES = 8
    UNSEEN = 16

    @property
    def is_shown(self) -> bool:
        """Whether its page is open to those who share a community with it."""
        return not self & (State.AWAY | State.CLOSED)


class Entry(StrEnum):
    """Who may make an account."""

    OPEN = "open"
    QUESTION = "question"
    INVITATION = "invitation"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Opened:
    """A session, opened for one request.

    ``case`` is the case of a house-wide exclusion that meets one of her personas
    or unnamed posts: such a person sees her case page and nothing else.
    ``ageing`` says that the session should be renewed, ``second`` that a second step
    is asked for at sign-in.
    """

    viewer: Viewer
    band: Band
    level: int
    own_device: bool
    expires: int
    begun: int
    case: bytes = b""
    ageing: bool = False
    narrow: bool = False
    second: bool = False


@dataclass(frozen=True, slots=True)
class Persona:
    """A persona as its owner sees it."""

    id: bytes
    slot: int
    name: str
    pub: str
    seed: bytes
    pronouns: str
    about: str
    season: int
    state: State
    flags: Flags = field(default_factory=Flags)


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation that somebody made last, as only she is shown it.

    ``days`` are left in which it opens, -1 where it opens nothing any more; whether somebody came by it is not told.
    ``again``: in so many days she may make another.
    """

    code: str = field(repr=False)
    days: int
    again: int

    @property
    def stands(self) -> bool:
        return self.days >= 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A persona in the tree of invitations, by its name of the moment; without one while it is away."""

    name: str
    seed: bytes


@dataclass(frozen=True, slots=True)
class Branch:
    """Who came by the same member's invitations as somebody, and who by theirs."""

    beside: list[Leaf]
    below: list[Leaf]


@dataclass(frozen=True, slots=True)
class Page:
    """A persona as others may see it."""

    id: bytes
    name: str
    pub: str
    seed: bytes
    pronouns: str
    about: str
    is_own: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """A persona that somebody is about to reach: by its page, or by answering what it wrote."""

    pid: bytes
    public: bytes = field(repr=False)
    state: int = State.OPEN

    @property
    def is_quiet(self) -> bool:
        """It takes no replies now."""
        return bool(self.state & State.QUIET)


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom somebody keeps away: a persona, or an unnamed label in one thread."""

    pid: bytes = b""
    tid: bytes = b""
    label: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How the persona in use keeps a voice away now. ``days`` are left of a mute with an end, else -1."""

    blocked: bool = False
    muted: bool = False
    days: int = -1


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a voice: one of ``ACTS``, for so many days (0: until lifted)."""

    act: str
    days: int = 0
    shared: bool = False


BLOCK, UNBLOCK, MUTE, UNMUTE = ACTS = ("block", "unblock", "mute", "unmute")
