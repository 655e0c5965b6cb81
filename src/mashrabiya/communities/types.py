"""Values of communities that other rooms may hold."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.kernel.ids import show_id

ID_SIZE = 16
SEED_SIZE = 8
SMALL = 20
"""Below so many members an unnamed author is easily guessed."""

RETENTION_CHOICES = (30, 90, 180, 365)
"""Days offered. Longer, up to 24 months, takes two people: it comes with the desks of care."""
LONGEST_RETENTION = 730

NAME_LIMIT = 60
ABOUT_LIMIT = 600
AGREEMENTS_LIMIT = 4000


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


class AnonMode(IntEnum):
    """Whether anybody could learn who wrote an unnamed post. Sealed: nobody, ever."""

    SEALED = 0


class NewCommunity(Struct, frozen=True, kw_only=True):
    """What founding or editing a community says about it."""

    name: str
    about: str = ""
    language: str = "ar"
    audience: Audience = Audience.SIGNED_IN
    retention_days: int = 365
    agreements: str = ""


class CommunityCard(Struct, frozen=True):
    """A community in a list."""

    id: bytes
    name: str
    about: str
    seed: bytes
    language: str
    audience: int
    entry: int
    belongs: int

    @property
    def path(self) -> str:
        return f"/c/{show_id(self.id)}"


class CommunityFacts(Struct, frozen=True):
    """A community as one viewer may know it.

    ``role`` is that of the persona in use, None outside; ``kin`` tells whether
    any persona of the person belongs. Of an excluded person both say outside.
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
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def agreed(self) -> list[str]:
        """The agreements, one by one."""
        return [line.strip() for line in self.agreements.splitlines() if line.strip()]


class RunBy(Struct, frozen=True):
    """A persona that runs a community, as its page names it."""

    name: str
    pub: str
    seed: bytes
