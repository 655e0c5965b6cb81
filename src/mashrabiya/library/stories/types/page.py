"""Experiences as they are typed, looked for and met."""

from __future__ import annotations

from msgspec import Struct

from mashrabiya.kernel.ids import show_id
from mashrabiya.library.stories.types.kinds import Layer
from mashrabiya.library.stories.types.quotes import Quoted
from mashrabiya.library.stories.types.rows import Row


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
    words: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.about or self.guide or self.country or self.lang or self.words)


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


class AtStep(Struct, frozen=True):
    """What stands beside one step; number 0 is the whole guide."""

    step: int
    stories: list[Shown]
    more: int
    guide: str
    quotes: list[Quoted] = []

    @property
    def all(self) -> str:
        """Where the others stand."""
        return f"/y/e?g={self.guide}&s={self.step}"


class Beside(Struct, frozen=True):
    """What stands beside a guide for this reader: chosen ones by step, how many more there are at each, and passages."""

    steps: dict[int, list[Shown]]
    more: dict[int, int]
    guide: str = ""
    quotes: dict[int, list[Quoted]] = {}

    @property
    def at(self) -> dict[str, AtStep]:
        """The same as a page asks for it, by the number of the step."""
        numbers = sorted({*self.steps, *self.more, *self.quotes})
        return {
            str(n): AtStep(n, self.steps.get(n, []), self.more.get(n, 0), self.guide, self.quotes.get(n, []))
            for n in numbers
        }

    @property
    def all(self) -> int:
        """How many stand beside it, or wait behind a link, passages among them."""
        shown = sum(map(len, self.steps.values())) + sum(map(len, self.quotes.values()))
        return shown + sum(self.more.values())


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
    steps: tuple[tuple[int, str], ...] = ()
    """Each by its key, which stays when an edition orders them anew, with its title."""

    def has(self, step: int) -> bool:
        """Whether it has that step, or the whole is meant."""
        return not step or any(key == step for key, _ in self.steps)

    def place_of(self, step: int) -> int:
        """Which of its steps that is, from one; nought where there is none."""
        return next((place for place, (key, _) in enumerate(self.steps, 1) if key == step), 0)

    def title_of(self, step: int) -> str:
        """The title of that step; nothing where there is none."""
        return next((title for key, title in self.steps if key == step), "")
