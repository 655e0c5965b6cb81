"""Values of this domain that others may hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum, IntFlag, StrEnum
from functools import lru_cache

from mashrabiya.kernel.viewer import CARE, HOST, Viewer

KEY_HOLDERS = 5
"""So many of a care team may hold a care key in one place."""

KEYS_NEEDED = 2
"""So many of them open together what stands behind an unnamed post. One opens nothing."""


class Band(IntEnum):
    """The age group somebody declared. It cannot differ between her personas."""

    UNKNOWN = 0
    ADULT = 1
    MINOR = 2


class Grant(IntFlag):
    """What an invitation, and then one persona, brings with it."""

    NONE = 0
    HOST = 1
    CARE = 2
    # How long care lasts, where it is not the usual year. They go with the code that gives it, and end there.
    SHORT = 4
    LONG = 8

    @property
    def term(self) -> int:
        """For how many days care is given."""
        return next((days for days, length in TERMS.items() if length and self & length), USUAL_TERM)

    @property
    def roles(self) -> frozenset[str]:
        """The names under which the rest of the house asks for it."""
        return _roles(self)


USUAL_TERM = 365
TERMS = {183: Grant.SHORT, USUAL_TERM: Grant.NONE, 730: Grant.LONG}
"""Terms of a carer, in days. Whoever goes on is given another by two."""


def months_of(term: int) -> int:
    """A term as it is told."""
    return term * 12 // USUAL_TERM


@lru_cache(maxsize=1 << len(Grant))
def _roles(grants: Grant) -> frozenset[str]:
    names = {Grant.HOST: HOST, Grant.CARE: CARE}
    return frozenset(name for grant, name in names.items() if grants & grant)


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
class Flags:
    """What a persona carries sealed under the house's key. ``care_until`` is the day on which its care has ended."""

    band: Band = Band.UNKNOWN
    grant: Grant = Grant.NONE
    branch: bytes = bytes(8)
    care_until: int = 0

    def given(self, grant: Grant, today: int) -> Flags:
        """With these roles as well, from today: care for its term, counted anew."""
        until = today + grant.term if grant & Grant.CARE else self.care_until
        return replace(self, grant=(self.grant | grant) & ~(Grant.SHORT | Grant.LONG), care_until=until)

    def without(self, grant: Grant) -> Flags:
        """With these roles no more."""
        return replace(
            self, grant=self.grant & ~grant, care_until=0 if grant & Grant.CARE else self.care_until
        )


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


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """A note that only its persona's person can open. ``version`` is another after every writing."""

    number: int
    text: str = field(repr=False)
    day: int
    version: str


class CopyOf(IntEnum):
    """What somebody wants a copy of. Numbers are stored, sealed."""

    PERSONA = 1
    UNNAMED = 2
    TOGETHER = 3


@dataclass(frozen=True, slots=True)
class CopyAsked:
    """That she asked for a copy, and from which hour to which it can be made."""

    of: CopyOf
    ready: int
    over: int

    def is_ready(self, hour: int) -> bool:
        return self.ready <= hour < self.over


@dataclass(frozen=True, slots=True)
class PrivateShelf:
    """All private notes of a persona, and how many more there may be.

    ``early`` are rows that would go too early now: each tag with the quarter it has and should have.
    """

    notes: list[PrivateNote]
    free: int
    early: dict[bytes, tuple[int, int]] = field(repr=False)
