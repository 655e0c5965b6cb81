"""Values of discussions that other rooms may hold."""

from msgspec import Struct

from mashrabiya.communities.types import AnonMode, CommunityFacts
from mashrabiya.discussions.types.judged import Judged
from mashrabiya.discussions.types.kinds import SPARED, Answers, Kind, PostState, kinds_in
from mashrabiya.discussions.types.lists import (
    NO_FILTERS,
    Beginning,
    Filters,
    FirstWords,
    Lamp,
    ThreadList,
    ThreadRow,
)
from mashrabiya.discussions.types.own import Fading, OwnWords, Typed, TypedName
from mashrabiya.discussions.types.paging import EVERYTHING, PAGE, Paging, Sought
from mashrabiya.discussions.types.pictures import PictureRow
from mashrabiya.discussions.types.writing import (
    ALT_LIMIT,
    PICTURES,
    STARTER,
    Change,
    NewPicture,
    NewReply,
    NewThread,
    PlaceChange,
    Speaking,
    Ways,
)
from mashrabiya.kernel.ids import show_id

__all__ = [
    "ALT_LIMIT",
    "ANSWERABLE_DAYS",
    "BODY_LIMIT",
    "EVERYTHING",
    "EXCERPT_LIMIT",
    "ID_SIZE",
    "NO_FILTERS",
    "PAGE",
    "PICTURES",
    "POST_ID_SIZE",
    "SPARED",
    "STARTER",
    "TITLE_LIMIT",
    "WAITING",
    "Answers",
    "Beginning",
    "Change",
    "Fading",
    "Filters",
    "FirstWords",
    "Fold",
    "Judged",
    "Kind",
    "Lamp",
    "Marked",
    "NewPicture",
    "NewReply",
    "NewThread",
    "OwnPost",
    "OwnWords",
    "Paging",
    "PictureRow",
    "PlaceChange",
    "Placed",
    "PostFacts",
    "PostRow",
    "PostState",
    "Sought",
    "Speaking",
    "ThreadFacts",
    "ThreadList",
    "ThreadPage",
    "ThreadRow",
    "Typed",
    "TypedName",
    "Ways",
    "kinds_in",
]

ID_SIZE = 16
POST_ID_SIZE = 10

TITLE_LIMIT = 160
BODY_LIMIT = 12_000
EXCERPT_LIMIT = 180

ANSWERABLE_DAYS = 30
"""So many days two of a care team could learn who wrote an unnamed post that is accountable."""

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
    answers: int
    anon_mode: int
    community: CommunityFacts

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


class PostRow(Struct, frozen=True):
    """A post on a page. Who wrote it is a face or a label, never an id.

    ``to_n`` is the number it answers; ``to_label`` or ``to_name`` says whose that is, while it
    stands. ``welcomed`` is nought to all but its author. ``mine`` is 1 where the viewer may change
    it, 2 where another name of hers wrote it. ``pictured`` is 1 where pictures belong to it.
    ``source`` is there for the one post that is about to be quoted, and ``names`` are whom it mentions. ``pid`` and ``home_tid`` say
    whether the reader wants to meet this voice; they are shown nowhere.
    """

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
    notes: int
    helped: int
    newcomer: int
    welcomed: int
    to_n: int | None
    to_label: int | None
    to_name: str | None
    mine: int
    pictured: int
    source: str | None
    pid: bytes | None
    home_tid: bytes
    names: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return show_id(self.id)


class Fold(Struct, frozen=True):
    """Why a text is not open at once: its content notes, a kind that is not wanted now, or this reader's wish.

    ``why`` is a key of the catalogues: a voice she does not want to meet, or a word she hid.
    """

    notes: tuple[str, ...] = ()
    hidden: bool = False
    kind: str = ""
    why: str = ""


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

    @property
    def is_named(self) -> bool:
        return self.pid is not None


class OwnPost(Struct, frozen=True):
    """A post that its author may change, in the thread where it stands; ``names`` are whom it mentions, in order."""

    thread: ThreadFacts
    post: PostFacts
    names: tuple[str, ...] = ()


class Placed(Struct, frozen=True):
    """Where a post stands."""

    tid: bytes
    n: int

    @property
    def address(self) -> str:
        """A link that always leads to the same page and post."""
        return f"/t/{show_id(self.tid)}" if self.n == 1 else self.link

    @property
    def link(self) -> str:
        """The same, and down to the post itself, even where it is the first."""
        return f"/t/{show_id(self.tid)}?n={self.n}#n{self.n}"


class Marked(Struct, frozen=True):
    """Whether a post has helped this person, and how many people it has helped in all."""

    placed: Placed
    helped: bool
    people: int


class ThreadPage(Struct, frozen=True):
    """Everything a thread's page says.

    ``folds`` and ``marked`` are of this reader alone: why which post is folded, and which helped her.
    ``pictures`` stand by the number of their post.
    """

    thread: ThreadFacts
    posts: list[PostRow]
    paging: Paging
    ways: Ways
    sought: Sought = Sought()
    folds: dict[int, Fold] = {}
    marked: frozenset[int] = frozenset()
    pictures: dict[int, list[PictureRow]] = {}
    title_hidden: bool = False

    @property
    def opening(self) -> PostRow | None:
        """The first post, where it stands on this page."""
        return self.posts[0] if self.posts and self.posts[0].n == 1 else None

    @property
    def replies(self) -> list[PostRow]:
        return self.posts[1:] if self.opening else self.posts

    @property
    def kinds(self) -> list[int]:
        """The kinds of reply that are spoken of here."""
        return [int(kind) for kind in kinds_in(self.thread.community.wants)]

    @property
    def has_unwanted(self) -> bool:
        """Whether a reply is folded here for its kind."""
        return any(fold.kind for fold in self.folds.values())

    def post(self, number: int) -> PostRow | None:
        """The post of that number, where it stands on this page."""
        return next((post for post in self.posts if post.n == number), None)
