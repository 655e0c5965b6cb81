"""Editions with their hands, and texts as the desk shows them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.library.desk.types.roles import role_key
from mashrabiya.library.guides.types import EditionState, Guide, Role


class Hand(Struct, frozen=True):
    """That somebody wrote an edition, or read it in a role."""

    who: bytes
    role: int
    day: int

    @property
    def key(self) -> str:
        return role_key(self.role)

    @property
    def when(self) -> int:
        return self.day * clock.DAY


class Piece(Struct, frozen=True):
    """A piece of a text: ``del`` where the later one has it no more, ``ins`` where that added it."""

    kind: str
    text: str


class Line(Struct, frozen=True):
    """An edition without its text."""

    guide: bytes
    lang: str
    n: int
    state: int
    title: str
    day: int
    role: int
    of_lang: str
    of_n: int

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    @property
    def key(self) -> str:
        """By which role it was written."""
        return role_key(self.role)

    @property
    def state_key(self) -> str:
        return f"library.desk.edition_{EditionState(self.state).code}"

    @property
    def is_draft(self) -> bool:
        """Somebody of the house writes it."""
        return self.state == EditionState.DRAFT and self.role != Role.SHELF

    @property
    def is_proposed(self) -> bool:
        """A later shelf says it so."""
        return self.state == EditionState.DRAFT and self.role == Role.SHELF

    @property
    def follows(self) -> int:
        """Up to which edition of the other language: the first translation was made from this, and needs nothing."""
        return self.of_n if self.of_lang else 1


class Volume(Struct, frozen=True):
    """A guide with all that the desk knows of its editions."""

    guide: Guide
    lines: tuple[Line, ...]
    hands: dict[tuple[str, int], list[Hand]] = {}

    def published(self, lang: str) -> Line | None:
        return self._first(lang, lambda one: one.state == EditionState.PUBLISHED)

    def draft(self, lang: str) -> Line | None:
        return self._first(lang, lambda one: one.is_draft)

    def proposed(self, lang: str) -> Line | None:
        return self._first(lang, lambda one: one.is_proposed)

    def now(self, lang: str) -> Line | None:
        """What is written next, else what readers read."""
        return self.draft(lang) or self.published(lang)

    def titled(self, lang: str) -> tuple[str, str]:
        """Its title and the language of that: the reader's where there is one."""
        beside = other(lang)
        for found in (self.now(lang), self.now(beside), self.proposed(lang), self.proposed(beside)):
            if found is not None:
                return found.title, found.lang
        return "", lang

    def title(self, lang: str) -> str:
        return self.titled(lang)[0]

    def lags(self, lang: str) -> bool:
        """Whether the other language has a later edition that this one does not follow yet."""
        own, beside = self.published(lang), self.published(other(lang))
        return own is not None and beside is not None and beside.n > own.follows

    def hands_of(self, line: Line) -> list[Hand]:
        return self.hands.get((line.lang, line.n), [])

    def was_read(self, line: Line) -> bool:
        """Whether anybody said that she had read it."""
        return any(hand.role for hand in self.hands_of(line))

    def _first(self, lang: str, fits: Callable[[Line], bool]) -> Line | None:
        return next((one for one in self.lines if one.lang == lang and fits(one)), None)


def other(lang: str) -> str:
    """The language beside this one."""
    return "en" if lang == "ar" else "ar"


class Typed(Struct, frozen=True):
    """A text as it was sent: ``seen`` says what stood there when it was begun, ``of_n`` which edition of the other language."""

    lang: str
    text: str
    seen: str
    of_n: int = 0


class Row(Struct, frozen=True):
    """A line of a text as it is shown: a heading, a point or a paragraph, in pieces."""

    kind: str
    pieces: list[Piece]
    change: int = 0
    """Which change of the text it is; 0 where it stayed."""


class Beside(Struct, frozen=True):
    """One block in two languages: what it is now in the original, what became of it since, and the field of the other."""

    field: str
    heading: str
    original: list[Row]
    changed: bool
    text: str
    rows: int
