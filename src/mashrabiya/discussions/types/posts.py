"""A post: on a page, at its author's doors, and where it stands."""

from msgspec import Struct

from mashrabiya.discussions.types.kinds import PostState
from mashrabiya.discussions.types.threads import ThreadFacts
from mashrabiya.discussions.types.tongues import Tongue, original_of, where
from mashrabiya.kernel.ids import show_id


class PostRow(Struct, frozen=True):
    """A post on a page. Who wrote it is a face or a label, never an id.

    ``to_n`` is the number it answers; ``to_label`` or ``to_name`` says whose that is, while it
    stands. ``care_note`` is what the care team says under it. ``welcomed`` is nought to all but its author. ``mine`` is 1 where the viewer may change
    it, 2 where another name of hers wrote it. ``pictured`` is 1 where pictures belong to it.
    ``source`` is there for the one post that is about to be quoted, and ``names`` are whom it mentions. ``pid`` and ``home_tid`` say
    whether the reader wants to meet this voice; they are shown nowhere. ``to_tid`` is the thread in which
    the answered post stands, where that is another. ``asked_in`` is the title of the thread that its author
    opened unnamed, where that is another.
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
    care_note: str | None = None
    tongue: int = 0
    names: tuple[str, ...] = ()
    to_tid: bytes | None = None
    asked_in: str = ""

    @property
    def answered(self) -> str:
        """Where the post stands that it answers, once that went to another thread; else nothing."""
        return Placed(self.to_tid, self.to_n).link if self.to_tid and self.to_n else ""

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def is_translated(self) -> bool:
        """Whether translations may stand beside it."""
        return self.tongue & (Tongue.HAS | Tongue.ALONE) == Tongue.HAS and self.state == PostState.SHOWN


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
    t: int
    html: str
    body: str
    # Of its notes, those that a care team set.
    noted: int = 0
    tongue: int = 0

    @property
    def original(self) -> int:
        """The number of the post that these words translate; nought for any other post."""
        return original_of(self.n) if self.n < 0 else 0

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def is_held(self) -> bool:
        """Kept back by a care team until it is decided on."""
        return self.state == PostState.HELD

    @property
    def is_named(self) -> bool:
        return self.pid is not None

    @property
    def lines(self) -> list[str]:
        """What was typed, line by line."""
        return self.body.split("\n")


class OwnPost(Struct, frozen=True):
    """A post that its author may change, in the thread where it stands; ``names`` are whom it mentions, in order.

    ``mark`` tells this wording of it from every other, and nothing of when it was written.
    """

    thread: ThreadFacts
    post: PostFacts
    names: tuple[str, ...] = ()
    mark: str = ""


class Placed(Struct, frozen=True):
    """Where a post stands. ``held``: a rule of the place keeps it back until somebody has looked."""

    tid: bytes
    n: int
    held: bool = False

    @property
    def address(self) -> str:
        """A link that always leads to the same page and post."""
        return where(self.tid, self.n)

    @property
    def told(self) -> str:
        """Where its author is led once it is written: to it, or to why it is held."""
        return f"/t/{show_id(self.tid)}/y/{self.n}" if self.held else self.address

    @property
    def history(self) -> str:
        """Where its earlier wordings stand."""
        return f"/t/{show_id(self.tid)}/v/{self.n}"

    @property
    def translations(self) -> str:
        """Where its translations stand; of a translation, those of its original."""
        return f"/t/{show_id(self.tid)}/x/{original_of(self.n)}"

    @property
    def link(self) -> str:
        """The same, and down to the post itself, even where it is the first."""
        return where(self.tid, self.n, to_it=True)


class TakenBack(Struct, frozen=True):
    """Where a post that its author took back leaves her: at its empty place, or where its thread stood."""

    cid: bytes
    placed: Placed | None = None

    @property
    def address(self) -> str:
        return self.placed.address if self.placed else f"/c/{show_id(self.cid)}"


class Marked(Struct, frozen=True):
    """Whether a post has helped this person, and how many people it has helped in all."""

    placed: Placed
    helped: bool
    people: int
