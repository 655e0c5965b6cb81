"""Values of discussions that other rooms may hold."""

from enum import IntEnum

from msgspec import Struct

from mashrabiya.communities.types import CommunityFacts
from mashrabiya.kernel.clock import SIX_HOURS
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.ids import show_id

ID_SIZE = 16
POST_ID_SIZE = 10

PAGE = 20
"""Posts on a page of a thread, and threads on a page of a list."""

TITLE_LIMIT = 160
BODY_LIMIT = 12_000
EXCERPT_LIMIT = 180

WAITING = 3
"""Threads shown at most as waiting for a first reply."""

STARTER = 0
"""The label of whoever opened the thread unnamed: the first, shown without a number."""


class PostState(IntEnum):
    """What became of a post."""

    SHOWN = 0
    DELETED = 1
    REMOVED = 2
    HIDDEN = 3


class Kind(IntEnum):
    """What a reply is meant as; most are meant as nothing special."""

    PLAIN = 0
    LISTENING = 1
    EXPERIENCE = 2
    ADVICE = 3
    FACTS = 4
    NEWS = 5
    TALK = 6


class NewReply(Struct, frozen=True, kw_only=True):
    """A reply as it was typed."""

    body: str
    unnamed: bool = False
    kind: Kind = Kind.PLAIN
    submission: str = ""


class NewThread(Struct, frozen=True, kw_only=True):
    """A thread as it was typed. An empty language is told from the letters."""

    title: str
    body: str
    unnamed: bool = False
    lang: str = ""
    submission: str = ""


class Change(Struct, frozen=True, kw_only=True):
    """A post as its author wants it now. The title counts for the first post only."""

    body: str
    title: str = ""


class ThreadFacts(Struct, frozen=True):
    """A thread as one viewer may know it, with the community it stands in."""

    id: bytes
    title: str
    lang: str
    begun_for: int
    retention_days: int
    n: int
    labels: int
    community: CommunityFacts

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def audience(self) -> int:
        """Who may read: the narrower of what held at the beginning and what holds now."""
        return max(self.begun_for, self.community.audience)

    @property
    def kept_days(self) -> int:
        """Days from the last reply to the end: the shorter of then and now."""
        return min(self.retention_days, self.community.retention_days)


class Speaking(Struct, frozen=True):
    """How one person has spoken in a thread so far; made for herself alone.

    ``label`` is hers where she wrote unnamed; ``voice`` is the persona she spoke
    under by name. ``members`` counts no further than needed to call a place small.
    """

    label: int | None = None
    voice: bytes | None = None
    voice_name: str | None = None
    members: int = 0


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
    wants: int
    notes: int
    helped: int

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def kinds(self) -> list[int]:
        """What would help here, as numbers of kinds."""
        return [kind for kind in Kind if self.wants << 1 & 1 << kind]

    def notes_to_fold(self, shown: int) -> list[str]:
        """The keys of its content notes, unless a reader who wants ``shown`` open wants all of them."""
        return [f"note.{note.code}" for note in notes_in(self.notes)] if self.notes & ~shown else []

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


class Ways(Struct, frozen=True, kw_only=True):
    """In which ways somebody may write, and what she should know before she does.

    ``label`` is the one her unnamed post would carry. ``other_voice`` names the
    persona she has spoken under instead of the one in use.
    """

    named: bool = False
    unnamed: bool = False
    label: int = STARTER
    other_voice: str = ""
    spoke_named: bool = False
    spoke_unnamed: bool = False
    small: bool = False

    @property
    def any(self) -> bool:
        return self.named or self.unnamed


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


class Filters(Struct, frozen=True):
    """What a list is narrowed to: a kind or state of threads, and their language."""

    only: str = ""
    lang: str = ""


NO_FILTERS = Filters()


class ThreadList(Struct, frozen=True):
    """One page of a list of threads; ``after`` leads to the next, or is empty."""

    rows: list[ThreadRow]
    after: str = ""
    filters: Filters = NO_FILTERS
