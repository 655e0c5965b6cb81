"""Values of experiences. Numbers are stored."""

from __future__ import annotations

from enum import IntEnum, IntFlag
from functools import lru_cache

from msgspec import Struct

from mashrabiya.kernel.clock import DAY
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.ids import show_id

ID_SIZE = 16
KEPT_DAYS = 1826
"""So long an experience stays at most: five years."""
FADE = "experiences end"
"""The rule by which they do."""
PAGE = 20
BESIDE_MOST = 3
"""So many stand beside one step."""
QUESTION_LIMIT = 160
PART_LIMIT = 4000
EXCERPT_LIMIT = 220
MOST_TRIED = 20_000
"""So many unnamed experiences are tried for what is hers: two microseconds each."""
PARTS = ("was", "done", "came")
"""The three answers, in order."""


class State(IntEnum):
    """What a care team did with it. The numbers are those of posts."""

    SHOWN = 0
    REMOVED = 2
    HIDDEN = 3
    HELD = 5


class Layer(IntFlag):
    """What its teller agrees to, each by itself. Bits are stored: they are added to, never renumbered."""

    MEMBERS = 1
    EVERYBODY = 2
    BESIDE = 4
    QUOTED = 8

    @property
    def code(self) -> str:
        """The last word of its key in the catalogues: ``story.layer_…``."""
        return (self.name or "").lower()


ALL_LAYERS = Layer(sum(Layer))


class Situation(IntEnum):
    """What it is about. The words stand in the catalogues under ``story.kind_…``."""

    SELF = 1
    TELLING = 2
    FAMILY = 3
    HOME = 4
    LOVE = 5
    FAITH = 6
    WORK = 7
    HEALTH = 8
    MIND = 9
    TRANSITION = 10
    LAW = 11
    ONLINE = 12
    LEAVING = 13
    LOSS = 14
    OTHER = 15

    @property
    def key(self) -> str:
        return f"story.kind_{self.name.lower()}"


class Mark(IntEnum):
    """What a reader says of it: it is counted, and says nothing of her."""

    SAME = 1
    HELPED = 2

    @property
    def code(self) -> str:
        return self.name.lower()


class Row(Struct, frozen=True):
    """One experience as its statement gives it. ``pid`` and ``tok`` serve rules and never leave the house;
    ``name``, ``pub`` and ``seed`` are there while the persona is.
    """

    id: bytes
    pid: bytes | None
    tok: bytes | None
    state: int
    may: int
    about: int
    lang: str
    guide: bytes | None
    step: int
    country: str
    notes: int
    same: int
    helped: int
    picked: int
    day: int
    question: str
    was: str
    done: str
    came: str
    name: str | None = None
    pub: str | None = None
    seed: bytes | None = None
    # The persona, while it may be named: whom a reader keeps away is met by that name alone.
    met: bytes | None = None

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"/y/e/{show_id(self.id)}"

    @property
    def guide_shown(self) -> str:
        return show_id(self.guide) if self.guide else ""

    @property
    def when(self) -> int:
        """The beginning of its month, in seconds."""
        return self.day * DAY

    @property
    def is_named(self) -> bool:
        """Told by name, whether or not that can be shown now."""
        return self.pid is not None

    @property
    def is_withheld(self) -> bool:
        """Held, hidden or removed by a care team."""
        return self.state != State.SHOWN

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD

    @property
    def about_key(self) -> str:
        return Situation(self.about).key

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The answers that were given, each with the key of its question."""
        return tuple((f"story.{name}", text) for name in PARTS if (text := getattr(self, name)))

    @property
    def title(self) -> str:
        """What a list shows first: the question it answers, or how it begins."""
        return self.question or excerpt(next((text for _, text in self.parts), ""), QUESTION_LIMIT)

    @property
    def words(self) -> str:
        """How it goes on, in a list."""
        texts = [text for _, text in self.parts]
        if not self.question and len(texts[0]) <= QUESTION_LIMIT:
            texts = texts[1:]
        return excerpt(texts[0], EXCERPT_LIMIT) if texts else ""

    @property
    def layers(self) -> tuple[Layer, ...]:
        return tuple(layer for layer in Layer if layer & self.may)

    @property
    def is_for_members(self) -> bool:
        """Read by members and by nobody else."""
        return bool(self.may & Layer.MEMBERS) and not self.may & Layer.EVERYBODY

    @property
    def lies(self) -> bool:
        """Nobody reads it but its teller."""
        return not self.may & (Layer.MEMBERS | Layer.EVERYBODY)

    @property
    def note_keys(self) -> tuple[str, ...]:
        return tuple(f"note.{note.code}" for note in notes_in(self.notes))

    @property
    def texts(self) -> tuple[str, ...]:
        """All that was typed."""
        return (self.question, self.was, self.done, self.came)

    @property
    def body(self) -> str:
        """All of it as one text, for those who decide on it."""
        return "\n\n".join(text for text in self.texts if text)


@lru_cache(maxsize=512)
def excerpt(text: str, most: int) -> str:
    """How a text begins, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    whole, space, _ = line[: most - 1].rpartition(" ")
    return (whole if space else line[: most - 1]).rstrip() + "…"


class Told(Struct, frozen=True, kw_only=True):
    """An experience as it was typed."""

    about: int
    lang: str = ""
    unnamed: bool = False
    question: str = ""
    was: str = ""
    done: str = ""
    came: str = ""
    guide: bytes | None = None
    step: int = 0
    country: str = ""
    notes: int = 0
    may: int = int(Layer.MEMBERS)
    submission: str = ""


class Seek(Struct, frozen=True):
    """What a reader looks for; what is empty narrows nothing."""

    about: int = 0
    guide: bytes = b""
    step: int = 0
    country: str = ""
    lang: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.about or self.guide or self.country or self.lang)


class Fold(Struct, frozen=True):
    """Why words wait to be opened: content notes, or this reader's own wish (``why``, a key)."""

    notes: tuple[str, ...] = ()
    hidden: bool = False
    why: str = ""


class Shown(Struct, frozen=True):
    """An experience as one reader meets it. ``mine`` is 1 where she may change it, 2 where another name of hers told it."""

    row: Row
    fold: Fold | None = None
    mine: int = 0
    same: bool = False
    helped: bool = False


class Found(Struct, frozen=True):
    """One page of a list; ``after`` leads on, or is empty."""

    rows: list[Shown]
    after: str = ""


class Beside(Struct, frozen=True):
    """What stands beside a guide for this reader: chosen ones by step, and how many more there are at each."""

    steps: dict[int, list[Shown]]
    more: dict[int, int]

    @property
    def all(self) -> int:
        return sum(map(len, self.steps.values())) + sum(self.more.values())


class Placed(Struct, frozen=True):
    """Where it stands. ``held``: a rule of the house keeps it back until somebody has looked."""

    id: bytes
    held: bool = False

    @property
    def address(self) -> str:
        return f"/y/e/{show_id(self.id)}"

    @property
    def told(self) -> str:
        """Where its teller is led."""
        return self.address


class Tie(Struct, frozen=True):
    """What it can stand with, in words: a guide with its steps, or a country."""

    id: str
    title: str
    lang: str = ""
    steps: tuple[str, ...] = ()
