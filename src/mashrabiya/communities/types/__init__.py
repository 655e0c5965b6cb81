"""Values of communities that other rooms may hold."""

from enum import IntEnum
from typing import Protocol

from msgspec import Struct

from mashrabiya.communities.types.agreements import TOLD_DAYS, agreed_in
from mashrabiya.communities.types.doors import Audience, Entry, entry_key
from mashrabiya.communities.types.lists import Belonging, CommunityCard, Directory, RunBy
from mashrabiya.communities.types.shape import CLOSING_DAYS, OFFER_DAYS, Leaving, PlaceState, Running, Wish
from mashrabiya.communities.types.tags import TAG_REF_SIZE, PlaceTag, alike, read_tags, tags_in
from mashrabiya.communities.types.topics import TOPIC_GROUPS, Topic, topics_in
from mashrabiya.communities.types.unnamed import AnonMode, KeyState
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.ids import show_id

__all__ = [
    "ABOUT_LIMIT",
    "AGREEMENTS_LIMIT",
    "AGREEMENTS_OFFERED",
    "ALL_WANTS",
    "CLOSING_DAYS",
    "ID_SIZE",
    "NAME_LIMIT",
    "OFFER_DAYS",
    "PAGE",
    "PROTECTED_HOURS",
    "RETENTION_CHOICES",
    "RUNS_LIMIT",
    "SEED_SIZE",
    "SMALL",
    "TAG_REF_SIZE",
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
    "Leaving",
    "NewCommunity",
    "PlaceState",
    "PlaceTag",
    "Role",
    "RunBy",
    "Running",
    "Search",
    "Setting",
    "Topic",
    "Wish",
    "alike",
    "entry_key",
    "read_tags",
    "tags_in",
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
    archived: bool = False
    after: bytes = b""


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
    unlisted_day: int = 0
    state: int = 0
    closes_day: int = 0
    agreed_day: int = 0
    said_in: str = ""
    notes: int = 0
    slow: int = 0
    members_invite: int = 0
    kept_tags: str = ""

    @property
    def tags(self) -> tuple[PlaceTag, ...]:
        """Those it offers, in its order."""
        return tuple(tag for tag in read_tags(self.kept_tags) if not tag.retired)

    @property
    def all_tags(self) -> tuple[PlaceTag, ...]:
        """Those too that stand under threads and are offered no longer."""
        return read_tags(self.kept_tags)

    @property
    def unlisted_days(self) -> int:
        """For so many days more, today among them, no list shows it to those outside."""
        return max(0, self.unlisted_day - clock.day() + 1)

    @property
    def is_archived(self) -> bool:
        """It is read as before, and nothing new is written there."""
        return self.state == PlaceState.ARCHIVED

    @property
    def closes_in(self) -> int:
        """In so many days it closes; 0 where it does not. On the day itself one says one."""
        return max(1, self.closes_day - clock.day()) if self.closes_day else 0

    @property
    def entry_key(self) -> str:
        """How one enters, in the words of the catalogues."""
        return entry_key(self.entry, self.audience)

    @property
    def asks_first(self) -> bool:
        """One asks to enter, and is let in or not."""
        return self.audience < Audience.HIDDEN and self.entry in (Entry.QUESTION, Entry.VOUCH)

    @property
    def may_have_asked(self) -> bool:
        """The persona in use may have a request here: to be told of on its page."""
        # A request outlives a change of the ways in. Whoever belongs here is asked about it only where one asks first.
        outside = self.role is None and self.audience < Audience.HIDDEN
        return not self.excluded and (self.asks_first or outside)

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
    def note_keys(self) -> list[str]:
        """What every thread begun there carries, in the catalogues."""
        return [f"note.{note.code}" for note in notes_in(self.notes)]

    @property
    def uses(self) -> list[str]:
        """The wants and kinds of reply it speaks of."""
        return wants_in(self.wants)

    @property
    def agreed_anew(self) -> bool:
        """What is agreed changed lately: its page says so for some days."""
        return clock.day() < self.agreed_day + TOLD_DAYS

    @property
    def agreed(self) -> list[str]:
        """The agreements, one by one."""
        return agreed_in(self.agreements)
