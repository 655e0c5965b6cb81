"""Values of discussions that other rooms may hold."""

from msgspec import Struct

from mashrabiya.communities.types import CommunityFacts
from mashrabiya.discussions.types.judged import Judged
from mashrabiya.discussions.types.kinds import SPARED, Kind, PostState, kinds_in
from mashrabiya.discussions.types.writing import STARTER, Change, NewReply, NewThread, Speaking, Ways
from mashrabiya.kernel.clock import SIX_HOURS
from mashrabiya.kernel.ids import show_id

__all__ = [
    "BODY_LIMIT",
    "EXCERPT_LIMIT",
    "ID_SIZE",
    "PAGE",
    "POST_ID_SIZE",
    "SPARED",
    "STARTER",
    "TITLE_LIMIT",
    "WAITING",
    "Change",
    "Judged",
    "Kind",
    "NewReply",
    "NewThread",
    "OwnPost",
    "Paging",
    "Placed",
    "PostFacts",
    "PostRow",
    "PostState",
    "Speaking",
    "ThreadFacts",
    "ThreadList",
    "ThreadPage",
    "ThreadRow",
    "Ways",
    "kinds_in",
]

ID_SIZE = 16
POST_ID_SIZE = 10

PAGE = 20
"""Posts on a page of a thread, and threads on a page of a list."""

TITLE_LIMIT = 160
BODY_LIMIT = 12_000
EXCERPT_LIMIT = 180

WAITING = 3
"""Threads shown at most as waiting for a first reply."""


class ThreadFacts(Struct, frozen=True):
    """A thread as one viewer may know it, with the community it stands in."""

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
    community: CommunityFacts

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def wanted(self) -> list[Kind]:
        """What helps here, as far as the community still speaks of kinds."""
        return kinds_in(self.wants & self.community.wants)

    @property
    def unwanted(self) -> list[Kind]:
        """What does not help here now, as far as the community still speaks of kinds."""
        return kinds_in(self.spare & self.community.wants)

    @property
    def audience(self) -> int:
        """Who may read: the narrower of what held at the beginning and what holds now."""
        return max(self.begun_for, self.community.audience)

    @property
    def kept_days(self) -> int:
        """Days from the last reply to the end: the shorter of then and now."""
        return min(self.retention_days, self.community.retention_days)


class ThreadRow(Struct, frozen=True):
    """A thread in a list."""

    id: bytes
    title: str
    excerpt: str
    lang: str
    pos: int
    n: int
    cid: bytes
    community: str
    seed: bytes

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def begun(self) -> int:
        """When, in six-hour steps: a list says no more of an unnamed thread than its page."""
        return self.pos - self.pos % SIX_HOURS

    @property
    def replies(self) -> int:
        return self.n - 1


class PostRow(Struct, frozen=True):
    """A post on a page. Who wrote it is a face or a label, never an id."""

    id: bytes
    n: int
    state: int
    label: int | None
    name: str | None
    pub: str | None
    seed: bytes | None
    html: str
    lang: str
    kind: int
    t: int
    edited: int
    mine: int

    @property
    def shown(self) -> str:
        return show_id(self.id)


class PostFacts(Struct, frozen=True):
    """A post as its author's doors need it."""

    id: bytes
    tid: bytes
    n: int
    home_tid: bytes
    pid: bytes | None
    tok: bytes | None
    state: int
    lang: str
    notes: int
    html: str
    body: str

    @property
    def shown(self) -> str:
        return show_id(self.id)


class OwnPost(Struct, frozen=True):
    """A post that its author may change, in the thread where it stands."""

    thread: ThreadFacts
    post: PostFacts


class Placed(Struct, frozen=True):
    """Where a post stands."""

    tid: bytes
    n: int

    @property
    def address(self) -> str:
        """A link that always leads to the same page and post."""
        path = f"/t/{show_id(self.tid)}"
        return path if self.n == 1 else f"{path}?n={self.n}#n{self.n}"


class Paging(Struct, frozen=True):
    """Which posts of a thread a page holds. A post stays on its page for ever."""

    first: int
    n: int

    @classmethod
    def of(cls, number: int, n: int) -> "Paging":
        """The page on which the post of this number stands, in a thread of ``n`` posts."""
        within = min(max(number, 1), n)
        return cls(within - (within - 1) % PAGE, n)

    @property
    def last(self) -> int:
        """The number of the last post this page has room for."""
        return self.first + PAGE - 1

    @property
    def before(self) -> int:
        """The first post of the page before, or 0."""
        return max(self.first - PAGE, 0)

    @property
    def after(self) -> int:
        """The first post of the page after, or 0."""
        return self.first + PAGE if self.last < self.n else 0


class ThreadPage(Struct, frozen=True):
    """Everything a thread's page says."""

    thread: ThreadFacts
    posts: list[PostRow]
    paging: Paging
    ways: Ways

    @property
    def opening(self) -> PostRow | None:
        """The first post, where it stands on this page."""
        return self.posts[0] if self.paging.first == 1 else None

    @property
    def replies(self) -> list[PostRow]:
        return self.posts[1:] if self.paging.first == 1 else self.posts


class ThreadList(Struct, frozen=True):
    """One page of a list of threads; ``after`` leads to the next, or is empty."""

    rows: list[ThreadRow]
    after: str = ""
