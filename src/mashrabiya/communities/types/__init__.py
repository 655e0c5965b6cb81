"""Values of communities that other rooms may hold."""

from enum import IntEnum
from typing import Protocol

from msgspec import Struct

from mashrabiya.communities.types.topics import TOPIC_GROUPS, Topic, topics_in
from mashrabiya.communities.types.unnamed import AnonMode, KeyState
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id

__all__ = [
    "ABOUT_LIMIT",
    "AGREEMENTS_LIMIT",
    "AGREEMENTS_OFFERED",
    "ALL_WANTS",
    "ID_SIZE",
    "NAME_LIMIT",
    "PAGE",
    "PROTECTED_HOURS",
    "RETENTION_CHOICES",
    "RUNS_LIMIT",
    "SEED_SIZE",
    "SMALL",
    "TOPICS_LIMIT",
    "TOPIC_GROUPS",
    "WANTS",
    "AnonMode",
    "Audience",
    "Belonging",
    "CommunityCard",
    "CommunityFacts",
    "Directory",
    "Entry",
    "KeyState",
    "NewCommunity",
    "Role",
    "RunBy",
    "Search",
    "Setting",
    "Topic",
    "topics_in",
    "wants_in",
]

ID_SIZE = 16
SEED_SIZE = 8
SMALL = 20
"""Below so many members an unnamed author is easily guessed."""

RETENTION_CHOICES = (30, 90, 180, 365)
"""Days offered. Longer, up to 24 months, takes two people: it comes with the desks of care."""

NAME_LIMIT = 60
ABOUT_LIMIT = 600
AGREEMENTS_LIMIT = 4000
TOPICS_LIMIT = 4
PROTECTED_HOURS = (6, 24, 48)
"""So long a place may be protected. It ends by itself."""

RUNS_LIMIT = 3
"""Communities that one persona may run."""

PAGE = 24
"""Communities on a page of the list."""

WANTS = ("listening", "experience", "advice", "facts", "news", "talk")
"""What a thread may want and a reply may be, in the order of their bits."""
ALL_WANTS = (1 << len(WANTS)) - 1

AGREEMENTS_OFFERED = 6
"""Agreements to pick from when founding: ``community.agree_1`` and so on."""


class Audience(IntEnum):
    """Who may read. A larger number is narrower."""

    PUBLIC = 0
    SIGNED_IN = 1
    MEMBERS = 2
    HIDDEN = 3


class Entry(IntEnum):
    """How one enters."""

    OPEN = 0


class Role(IntEnum):
    """What a member does in the community."""

    MEMBER = 0
    FACILITATOR = 1
    HOST = 2


def wants_in(bits: int) -> list[str]:
    """The wants among these bits."""
    return [want for place, want in enumerate(WANTS) if bits >> place & 1]


class Setting(Protocol):
    """What of the house decides about founding."""

    @property
    def open(self) -> bool: ...

    @property
    def sample(self) -> bool: ...


class NewCommunity(Struct, frozen=True, kw_only=True):
    """What founding or editing a community says about it. ``submission`` names the sending of the form."""

    name: str
    about: str = ""
    language: str = "ar"
    audience: Audience = Audience.SIGNED_IN
    retention_days: int = 365
    agreements: str = ""
    topics: int = 0
    wants: int = ALL_WANTS
    submission: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything it says, as texts: with them a form sent twice is known again."""
        numbers = (self.audience, self.retention_days, self.topics, self.wants)
        return (self.name, self.about, self.language, self.agreements, *(str(int(one)) for one in numbers))


class Search(Struct, frozen=True, kw_only=True):
    """What somebody looks for. Topics are bits of which one is enough; nothing asked finds everything."""

    words: str = ""
    topics: int = 0
    language: str = ""
    public: bool = False
    after: bytes = b""


class CommunityCard(Struct, frozen=True):
    """A community in a list."""

    id: bytes
    name: str
    about: str
    seed: bytes
    language: str
    audience: int
    entry: int
    topics: int
    belongs: int

    @property
    def topic_keys(self) -> list[str]:
        """The names of its topics in the catalogues."""
        return [topic.key for topic in topics_in(self.topics)]

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        return f"/c/{show_id(self.id)}"


class CommunityFacts(Struct, frozen=True):
    """A community as one viewer may know it.

    ``role`` is that of the persona in use, None outside; ``kin`` tells whether
    any persona of the person belongs. Of an excluded person both say outside.
    ``keys`` counts those of the care team, but for herself, who hold a care key. ``slow`` are the
    minutes between two answers of one person in a thread.
    """

    id: bytes
    name: str
    about: str
    seed: bytes
    language: str
    audience: int
    entry: int
    retention_days: int
    agreements: str
    anon_mode: int
    topics: int
    wants: int
    excluded: int
    role: int | None
    kin: int
    keys: int = 0
    protected_h: int = 0
    slow: int = 0

    @property
    def protected_hours(self) -> int:
        """For so many hours more nobody joins, and only the established write."""
        return max(0, self.protected_h - clock.hour())

    @property
    def is_accountable(self) -> bool:
        """Two of the care team could learn who wrote unnamed in a thread that is begun now."""
        return self.anon_mode == AnonMode.ACCOUNTABLE

    @property
    def unnamed_key(self) -> str:
        """What the catalogues say of unnamed writing here."""
        return AnonMode(self.anon_mode).key

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        return f"/c/{show_id(self.id)}"

    @property
    def belongs(self) -> bool:
        """The persona in use is a member."""
        return self.role is not None and not self.excluded

    @property
    def kin_belongs(self) -> bool:
        """Some persona of the person is a member."""
        return bool(self.kin) and not self.excluded

    @property
    def hosts(self) -> bool:
        """The persona in use runs this community."""
        return self.belongs and self.role == Role.HOST

    @property
    def helps(self) -> bool:
        """The persona in use runs this community, or helps to."""
        return self.belongs and (self.role or 0) >= Role.FACILITATOR

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def topic_keys(self) -> list[str]:
        """The names of its topics in the catalogues."""
        return [topic.key for topic in topics_in(self.topics)]

    @property
    def uses(self) -> list[str]:
        """The wants and kinds of reply it speaks of."""
        return wants_in(self.wants)

    @property
    def agreed(self) -> list[str]:
        """The agreements, one by one."""
        return [line.strip() for line in self.agreements.splitlines() if line.strip()]


class Belonging(Struct, frozen=True):
    """A place that a persona belongs to, as it may be told to herself."""

    name: str
    role: int
    month: int

    @property
    def joined(self) -> str:
        """The month of joining, as a calendar says it."""
        return f"{1970 + self.month // 12}-{self.month % 12 + 1:02d}"


class RunBy(Struct, frozen=True):
    """A persona that runs a community, as its page names it."""

    name: str
    pub: str
    seed: bytes
    closed: int

    @property
    def path(self) -> str:
        """Where those who share a community with it find more, or nowhere."""
        return "" if self.closed else f"/p/{self.pub}"


class Directory(Struct, frozen=True):
    """One page of the list of communities; ``after`` leads to the next, or is empty."""

    cards: list[CommunityCard]
    after: str = ""
