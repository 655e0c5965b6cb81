"""Threads in lists, and the first words of those who are new."""

from functools import lru_cache

from msgspec import Struct

from mashrabiya.communities.types import PlaceTag, tags_in
from mashrabiya.discussions.types.kinds import Kind, kinds_in
from mashrabiya.kernel.clock import SIX_HOURS
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.ids import show_id


@lru_cache(maxsize=1 << len(Kind))
def _numbers(bits: int) -> tuple[int, ...]:
    return tuple(int(kind) for kind in kinds_in(bits))


def notes_to_fold(notes: int, shown: int) -> list[str]:
    """The keys of these content notes, unless a reader who wants ``shown`` open wants all of them."""
    return list(_note_keys(notes)) if notes & ~shown else []


@lru_cache(maxsize=1024)
def _note_keys(notes: int) -> tuple[str, ...]:
    return tuple(f"note.{note.code}" for note in notes_in(notes))


class ThreadRow(Struct, frozen=True):
    """A thread in a list.

    ``polled``: it has a poll. ``starter`` is the persona that opened it, unless it is away; it is shown
    nowhere and says whether the reader keeps it away. ``top``: those who care for its community let it stand
    first there. ``hidden``: it has a word that she hid. ``new``: so many posts since she read there.
    """

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
    tags: int = 0
    kept_tags: str = ""
    polled: int = 0
    starter: bytes | None = None
    parted: int = 0
    home: bytes | None = None
    label: int = 0
    top: int = 0
    hidden: bool = False
    new: int = 0

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def place(self) -> str:
        """Its community, as addresses name it."""
        return show_id(self.cid)

    @property
    def tagged(self) -> tuple[PlaceTag, ...]:
        """Its tags; as its title, nothing is told of an opening that is not shown or not to be met."""
        return tags_in(self.kept_tags, self.tags) if self.title and not self.hidden else ()

    @property
    def kinds(self) -> tuple[int, ...]:
        """What would help here, by number."""
        return _numbers(self.wants)

    def notes_to_fold(self, shown: int) -> list[str]:
        """The keys of its content notes, unless a reader who wants ``shown`` open wants all of them."""
        return notes_to_fold(self.notes, shown)

    @property
    def begun(self) -> int:
        """When, in six-hour steps: a list says no more of an unnamed thread than its page."""
        return self.pos - self.pos % SIX_HOURS

    @property
    def replies(self) -> int:
        return self.n - 1 - self.parted


class Filters(Struct, frozen=True):
    """What a list is narrowed to: a kind or state of threads, their language, a tag of their community by number."""

    only: str = ""
    lang: str = ""
    tag: int = 0


NO_FILTERS = Filters()


class ThreadList(Struct, frozen=True):
    """One page of a list of threads; ``after`` leads to the next, or is empty."""

    rows: list[ThreadRow]
    after: str = ""
    filters: Filters = NO_FILTERS


class Suggested(Struct, frozen=True):
    """A thread of a place where she does not belong, and the tag she follows that led to it: ``because`` as she
    keeps it, ``tag`` as that place calls it.
    """

    row: ThreadRow
    because: bytes
    tag: PlaceTag

    @property
    def path(self) -> str:
        """Where following that tag ends."""
        return f"/l/{show_id(self.because)}"


class Beginning(Struct, frozen=True):
    """What stands above the list on the first page of one reader, and up to where she has read what is in it.

    ``lit``: somebody is new whom she has not welcomed. ``soon``: so many threads of hers go soon;
    ``learned``: in so many two of a care team learned who wrote.
    """

    waiting: list[ThreadRow] = []
    read: dict[bytes, int] = {}
    lit: bool = False
    soon: int = 0
    learned: int = 0
    suggested: list[Suggested] = []


class FirstWords(Struct, frozen=True):
    """The first words of somebody who said that she is new here, as one reader may know them.

    ``pid``, or ``home_tid`` with ``tok``, is whom a welcome goes to. They stay in
    this process: a page shows a face or a label, as the thread does.
    """

    id: bytes
    tid: bytes
    n: int
    home_tid: bytes
    pid: bytes | None
    tok: bytes | None
    label: int | None
    t: int
    lang: str
    notes: int
    welcomed: int
    name: str | None
    pub: str | None
    seed: bytes | None
    title: str
    community: str
    words: str
    hidden: bool = False

    @property
    def target(self) -> bytes:
        """The persona, or the unnamed voice of one thread: two that are one person stay two."""
        return self.pid or self.home_tid + (self.tok or b"")

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def address(self) -> str:
        """Where the words stand."""
        path = f"/t/{show_id(self.tid)}"
        return path if self.n == 1 else f"{path}?n={self.n}#n{self.n}"

    def notes_to_fold(self, shown: int) -> list[str]:
        """As of a row."""
        return notes_to_fold(self.notes, shown)


class Lamp(Struct, frozen=True):
    """First words to say welcome to, and her own; ``said`` are the shown ids of those she has welcomed."""

    others: list[FirstWords]
    own: list[FirstWords]
    said: list[str]
