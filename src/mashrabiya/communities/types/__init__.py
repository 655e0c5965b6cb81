"""Values of communities that other rooms may hold."""

from hashlib import sha256
from typing import Protocol

from msgspec import Struct

from mashrabiya.communities.types.agreements import TOLD_DAYS, agreed_in
from mashrabiya.communities.types.doors import FOUND, Audience, Entry, entry_key
from mashrabiya.communities.types.lists import Belonging, CommunityCard, Directory, RunBy
from mashrabiya.communities.types.roles import POWERS, TOLD_AHEAD_DAYS, Asked, Holder, Power, Role
from mashrabiya.communities.types.shape import CLOSING_DAYS, OFFER_DAYS, Leaving, PlaceState, Running, Wish
from mashrabiya.communities.types.tags import TAG_REF_SIZE, HasTags, PlaceTag, alike, read_tags, tags_in
from mashrabiya.communities.types.topics import TOPIC_GROUPS, Topic, topic_keys, topics_in
from mashrabiya.communities.types.typed import ALL_WANTS, WANTS, NewCommunity, Search, wants_in
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
    "FOUND",
    "ID_SIZE",
    "NAME_LIMIT",
    "OFFER_DAYS",
    "PAGE",
    "POWERS",
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
    "Asked",
    "Audience",
    "Belonging",
    "CommunityCard",
    "CommunityFacts",
    "Directory",
    "Entry",
    "Holder",
    "KeyState",
    "Leaving",
    "NewCommunity",
    "PlaceState",
    "PlaceTag",
    "Power",
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

AGREEMENTS_OFFERED = 6
"""Agreements to pick from when founding: ``community.agree_1`` and so on."""


class Setting(Protocol):
    """What of the house decides about founding."""

    @property
    def open(self) -> bool: ...

    @property
    def sample(self) -> bool: ...


class CommunityFacts(Struct, HasTags, frozen=True):
    """A community as one viewer may know it.

    ``role`` is that of the persona in use while its term runs, None outside; ``until_day`` is the last day of
    that, and ``lapsed`` a role that is over since; ``kin`` tells whether
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
    until_day: int | None = 0
    lapsed: int | None = 0
    kept_tags: str = ""

    def may(self, power: Power) -> bool:
        """Whether the role of the persona in use lets her do that here, now."""
        return self.belongs and power in POWERS[Role(self.role or 0)]

    def might(self, power: Power) -> bool:
        """Whether a role of hers let her do that, and is over since not long ago."""
        return self.belongs and power in POWERS[self.over or Role.MEMBER]

    @property
    def may_write_texts(self) -> bool:
        """Write what the place says of itself."""
        return self.may(Power.TEXTS)

    @property
    def may_translate(self) -> bool:
        """Write its second language."""
        return self.may(Power.TRANSLATE)

    @property
    def over(self) -> Role | None:
        """The role that she held here until not long ago, where she holds none."""
        return Role(self.lapsed) if self.belongs and not self.role and self.lapsed else None

    @property
    def over_key(self) -> str:
        """What that was called, in the catalogues."""
        return self.over.key if self.over else ""

    @property
    def ends_soon_key(self) -> str:
        """What her role here is called, where its term ends within some days; else nothing."""
        left = (self.until_day or 0) - clock.day()
        return Role(self.role).key if self.belongs and self.role and 0 <= left <= TOLD_AHEAD_DAYS else ""

    @property
    def until(self) -> clock.Date:
        """The last day of her role here."""
        return clock.date(self.until_day or 0)

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
        return self.may(Power.SHAPE)

    @property
    def helps(self) -> bool:
        """The persona in use runs this community, or cares for it."""
        return self.may(Power.CASES)

    @property
    def asks_trust(self) -> bool:
        """Whoever enters is trusted, under the name in use."""
        return self.audience == Audience.TRUSTED

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def topic_keys(self) -> tuple[str, ...]:
        """The names of its topics in the catalogues."""
        return topic_keys(self.topics)

    @property
    def note_keys(self) -> list[str]:
        """What every thread begun there carries, in the catalogues."""
        return [f"note.{note.code}" for note in notes_in(self.notes)]

    @property
    def uses(self) -> list[str]:
        """The wants and kinds of reply it speaks of."""
        return wants_in(self.wants)

    @property
    def agreed_print(self) -> str:
        """By which a form knows whether this is still what it showed."""
        return sha256(self.agreements.encode()).hexdigest()[:16]

    @property
    def agreed_anew(self) -> bool:
        """What is agreed changed lately: its page says so for some days."""
        return clock.day() < self.agreed_day + TOLD_DAYS

    @property
    def agreed(self) -> list[str]:
        """The agreements, one by one."""
        return agreed_in(self.agreements)
