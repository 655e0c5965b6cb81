"""A thread, as one viewer may know it."""

from msgspec import Struct

from mashrabiya.communities.types import AnonMode, CommunityFacts
from mashrabiya.discussions.types.kinds import Kind, kinds_in
from mashrabiya.kernel.ids import show_id


class ThreadFacts(Struct, frozen=True):
    """A thread as one viewer may know it, with the community it stands in.

    ``needed`` is the number of the reply that whoever opened it needed, or nought. Whose its opening is,
    serves rules and is shown nowhere.
    """

    id: bytes
    title: str
    lang: str
    begun_for: int
    retention_days: int
    n: int
    labels: int
    wants: int
    spare: int
    notes: int
    answers: int
    anon_mode: int
    community: CommunityFacts
    needed: int = 0
    opener_pid: bytes | None = None
    opener_tok: bytes | None = None
    opener_home: bytes | None = None

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def wanted(self) -> tuple[Kind, ...]:
        """What helps here, as far as the community still speaks of kinds."""
        return kinds_in(self.wants & self.community.wants)

    @property
    def unwanted(self) -> tuple[Kind, ...]:
        """What does not help here now, as far as the community still speaks of kinds."""
        return kinds_in(self.spare & self.community.wants)

    @property
    def unwanted_names(self) -> list[str]:
        """The same as keys of the catalogues."""
        return [kind.key for kind in self.unwanted]

    @property
    def audience(self) -> int:
        """Who may read: the narrower of what held at the beginning and what holds now."""
        return max(self.begun_for, self.community.audience)

    @property
    def is_accountable(self) -> bool:
        """Two of the care team could learn who writes unnamed here: as it was when the thread was begun."""
        return self.anon_mode == AnonMode.ACCOUNTABLE

    @property
    def kept_days(self) -> int:
        """Days from the last reply to the end: the shorter of then and now."""
        return min(self.retention_days, self.community.retention_days)
