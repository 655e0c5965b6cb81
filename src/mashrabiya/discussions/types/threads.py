"""A thread, as one viewer may know it."""

from msgspec import Struct

from mashrabiya.communities.types import AnonMode, CommunityFacts, PlaceTag, tags_in
from mashrabiya.discussions.types.kinds import Kind, PostState, kinds_in
from mashrabiya.discussions.types.polls import Poll
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id


class ThreadFacts(Struct, frozen=True):
    """A thread as one viewer may know it, with the community it stands in.

    ``opening`` is the state of its first post: a poll shows while that does.
    What those who care for the place did with it: it is ``shut`` to answers, stands on ``top`` of its list,
    lets each person answer once in ``slow`` minutes until ``slow_day``, and carries their ``care_note``.
    ``parted`` of its numbers stand in other threads now; it ``began`` in another, if it was split from one.
    ``tags`` are bits of the tags of its community; ``own_tags`` those its author chose, where carers set others.
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
    poll_day: int
    kept_poll: str
    opening: int
    community: CommunityFacts
    shut: int = 0
    top: int = 0
    slow: int = 0
    slow_day: int = 0
    care_note: str | None = None
    needed: int = 0
    parted: int = 0
    began: bytes | None = None
    opener_pid: bytes | None = None
    opener_tok: bytes | None = None
    opener_home: bytes | None = None
    tags: int = 0
    own_tags: int | None = None

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def replies(self) -> int:
        """So many answers stand in it."""
        return self.n - 1 - self.parted

    @property
    def is_mixed(self) -> bool:
        """Whether something went from it to another thread, or came from one: numbers and tokens are not its own alone."""
        return bool(self.parted) or self.began is not None

    @property
    def tagged(self) -> tuple[PlaceTag, ...]:
        """Its tags, where its title is shown."""
        return tags_in(self.community.kept_tags, self.tags) if self.title else ()

    @property
    def had_tags(self) -> tuple[PlaceTag, ...]:
        """The same for its author, who sees her title also while it is held."""
        return tags_in(self.community.kept_tags, self.tags)

    @property
    def slowed(self) -> int:
        """Minutes between two answers of one person, for this thread alone; nought once its days are over."""
        return self.slow if self.slow_day >= clock.day() else 0

    @property
    def pace(self) -> int:
        """Minutes between two answers of one person here: the longer of the thread's and its community's."""
        return max(self.slowed, self.community.slow)

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
    def poll(self) -> Poll | None:
        """Its poll, for whoever may read it; held, hidden or taken back it goes with its first post."""
        return Poll.read(self.kept_poll) if self.opening == PostState.SHOWN else None

    @property
    def amends(self) -> bool:
        """Whether it proposes a wording of what is agreed in its place."""
        poll = Poll.read(self.kept_poll)
        return poll is not None and poll.amends

    @property
    def takes_votes(self) -> bool:
        """Whether its last day is not over. What was not counted yet after that shows nothing either."""
        return self.poll_day >= clock.day()

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
