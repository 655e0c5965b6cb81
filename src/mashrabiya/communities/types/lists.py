"""Communities as they stand in lists, and who runs them."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.communities.types.agreements import IN_FORCE
from mashrabiya.communities.types.doors import entry_key
from mashrabiya.communities.types.shape import PlaceState
from mashrabiya.communities.types.topics import topic_keys
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id


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
    state: int
    said_in: str
    belongs: int

    @property
    def is_archived(self) -> bool:
        return self.state == PlaceState.ARCHIVED

    @property
    def entry_key(self) -> str:
        """How one enters, in the words of the catalogues."""
        return entry_key(self.entry, self.audience)

    @property
    def topic_keys(self) -> tuple[str, ...]:
        """The names of its topics in the catalogues."""
        return topic_keys(self.topics)

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        return f"/c/{show_id(self.id)}"


class Belonging(Struct, frozen=True):
    """A place that a persona belongs to, as it may be told to herself."""

    name: str
    role: int
    month: int
    until_day: int = 0

    @property
    def until(self) -> str:
        """The last day of her role there, where it has one, as a calendar says it."""
        if not self.role or self.until_day == IN_FORCE:
            return ""
        last = clock.date(self.until_day)
        return f"{last.year}-{last.month:02d}-{last.day:02d}"

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
