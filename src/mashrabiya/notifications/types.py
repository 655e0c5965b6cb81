"""Values of notices."""

from __future__ import annotations

from enum import IntEnum, IntFlag

from msgspec import Struct

from mashrabiya.kernel.clock import DAY
from mashrabiya.kernel.ids import show_id

KEPT_DAYS = 30
"""So long a notice is kept after what it tells of."""

PAGE = 20
MOST = 500
"""So many of the newest rows are looked at."""

TRIED = 20_000
"""So many notices of unnamed voices are tried at most, the newest."""

WINDOW = 99
"""So many posts of a thread are counted at most; beyond that there are "many"."""

STEP = 500
"""So many are told in one transaction."""

MOST_MUTED = 50

UNNAMED = 16
"""Added to the kind of a notice that lies at the token of an unnamed voice."""


class Kind(IntEnum):
    """What happened. Numbers are stored."""

    REPLY = 1
    ANSWER = 2
    MENTION = 3
    HELPED = 4
    POLL = 5


class Sort(IntFlag):
    """As what she can have it or not: bits are kept, sealed. Answers and mentions are ``MINE``."""

    REPLIES = 1
    MINE = 2
    HELPED = 4
    POLLS = 8

    @property
    def code(self) -> str:
        return str(self.name).lower()

    @property
    def key(self) -> str:
        """What it is called where the list is narrowed."""
        return f"notice_of.{self.code}"

    @property
    def wish(self) -> str:
        """What it is called where she chooses."""
        return f"notice_want.{self.code}"


SORT_OF = {
    Kind.REPLY: Sort.REPLIES,
    Kind.ANSWER: Sort.MINE,
    Kind.MENTION: Sort.MINE,
    Kind.HELPED: Sort.HELPED,
    Kind.POLL: Sort.POLLS,
}


class Row(Struct, frozen=True):
    """A notice with what of its thread the reader may know. ``post_state`` and ``helped`` are of the post it names."""

    addr: bytes
    tid: bytes
    kind: int
    ref: bytes
    n: int
    day: int
    readable: int
    title: str
    lang: str
    cid: bytes
    community: str
    last: int
    notes: int
    poll_day: int
    starter: bytes | None
    post_state: int | None
    helped: int

    @property
    def what(self) -> Kind:
        return Kind(self.kind % UNNAMED)


class Counted(Struct, frozen=True):
    """A post that stands, as far as it has to be known whether the reader is told of it."""

    tid: bytes
    n: int
    pid: bytes | None
    tok: bytes | None
    home_tid: bytes
    met: bytes | None
    label: int | None
    notes: int
    html: str


class Told(Struct, frozen=True):
    """What the reader is told of one thread: one line.

    ``n`` is the post to begin with. ``many``: more than were counted. ``opening``: its first post mentions her.
    ``last`` is what has been read once she says so: a number of a post, or how many texts helped.
    """

    tid: bytes
    sort: Sort
    title: str
    lang: str
    cid: bytes
    community: str
    day: int
    n: int
    count: int
    new: bool
    many: bool = False
    opening: bool = False
    last: int = 0

    @property
    def shown(self) -> str:
        return show_id(self.tid)

    @property
    def place(self) -> str:
        return show_id(self.cid)

    @property
    def address(self) -> str:
        at = f"#n{self.n}" if self.n > 1 else ""
        return f"/t/{self.shown}?n={self.n}{at}" if at else f"/t/{self.shown}"

    @property
    def when(self) -> int:
        return self.day * DAY

    @property
    def key(self) -> str:
        """The sentence, but for what it counts."""
        if self.opening:
            return "notice.named"
        if self.many:
            return "notice.many"
        return {Sort.HELPED: "notice.helped", Sort.POLLS: "notice.poll"}.get(self.sort, "notice.replies")

    @property
    def is_counted(self) -> bool:
        return self.key == "notice.replies"


class Waiting(Struct, frozen=True):
    """Something elsewhere in the house that waits for her: a sentence, its place or nothing, how many, and its page."""

    key: str
    href: str
    name: str = ""
    n: int = 0


class Asked(Struct, frozen=True):
    """How the list is narrowed."""

    new: bool = False
    sort: Sort = Sort(0)
    cid: bytes = b""
    since: int = 0
    skipped: int = 0


class Centre(Struct, frozen=True):
    """The notices of one reader. ``elsewhere`` are those of her other names: a number."""

    told: list[Told]
    further: int = 0
    elsewhere: int = 0
    places: tuple[tuple[bytes, str], ...] = ()
    news: int = 0
