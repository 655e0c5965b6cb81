"""What is a reader's own, as only her own session can know it."""

from datetime import UTC, datetime

from msgspec import Struct

from mashrabiya.discussions.types.kinds import Kind
from mashrabiya.discussions.types.polls import Poll
from mashrabiya.discussions.types.tongues import original_of, where
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id


class KeptPost(Struct, frozen=True):
    """Where a post stands that somebody keeps for later."""

    id: bytes
    tid: bytes
    n: int
    title: str
    lang: str
    community: str

    @property
    def address(self) -> str:
        return where(self.tid, self.n, to_it=True)


class Fading(Struct, frozen=True):
    """A thread of hers whose time is nearly over. Its ids stay in this process."""

    tid: bytes
    title: str
    lang: str
    ends: int
    community: str
    readable: int
    pid: bytes | None
    tok: bytes | None
    home_tid: bytes
    body: str

    @property
    def shown(self) -> str:
        return show_id(self.tid)

    @property
    def is_unnamed(self) -> bool:
        return self.pid is None

    @property
    def days(self) -> int:
        """Whole days that are left."""
        return max(0, self.ends - clock.day())

    @property
    def kept_text(self) -> str:
        """The opening as a note keeps it: its title is the first line."""
        return f"{self.title}\n\n{self.body}"


class OwnWording(Struct, frozen=True):
    """How a post of hers stood up to a day."""

    day: str
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


class OwnWords(Struct, frozen=True):
    """A post of hers for her own copy: her words, and of others nothing but a number and a title."""

    tid: bytes
    n: int
    title: str
    community: str
    lang: str
    kind: int
    t: int
    edited: int
    to_n: int | None
    helped: int
    body: str
    pictures: tuple[str, ...] = ()
    """How each of its pictures was described; the pictures themselves stay here."""
    kept_poll: str = ""
    earlier: tuple[OwnWording, ...] = ()
    """How it stood before, the newest first."""

    @property
    def poll(self) -> Poll | None:
        """The poll she asked with it: choices, and counts once it is closed."""
        return Poll.read(self.kept_poll)

    @property
    def day(self) -> str:
        """The day on which it was written, as a calendar says it."""
        return datetime.fromtimestamp(self.t, UTC).date().isoformat()

    @property
    def lines(self) -> list[str]:
        """Its text, line by line."""
        return self.body.split("\n")

    @property
    def original(self) -> int:
        """The number of the post that these words translate; nought for words of her own."""
        return original_of(self.n) if self.n < 0 else 0

    @property
    def kind_key(self) -> str:
        """What it says it is, as a key of the catalogues; nothing for a plain one."""
        return Kind(self.kind).key if self.kind else ""


class Typed(Struct, frozen=True):
    """A post whose words, or whose ``earlier`` ones, hold a name that she has put away."""

    tid: bytes
    n: int
    title: str
    lang: str
    mine: bool
    earlier: bool = False

    @property
    def address(self) -> str:
        """Where it stands: the post, or its earlier wordings."""
        if self.earlier:
            return f"/t/{show_id(self.tid)}/v/{self.n}"
        return where(self.tid, self.n)

    @property
    def report(self) -> str:
        """Where it is reported."""
        return f"/r/t/{show_id(self.tid)}/{self.n}"


class TypedName(Struct, frozen=True):
    """Where a name was typed. ``stopped`` after so many posts; 0 where all were looked at."""

    posts: list[Typed]
    stopped: int = 0
