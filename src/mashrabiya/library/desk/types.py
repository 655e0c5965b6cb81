"""Values of the desk."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.library.guides.types import EditionState, Guide, Role

GIVEN = tuple(role for role in Role if role is not Role.SHELF)
"""The roles that hosts give."""
TERMS = (90, 180, 365)
"""Days for which a role is given."""
USUAL_TERM = 180
MOST_HOLDERS = 200
TOLD_AHEAD_DAYS = 30
"""So long before a guide is due, or a role ends, hosts read of it."""
OPEN_AGAIN_DAYS = 365
"""After so many days a source is opened again."""
TEXT_LIMIT = 40_000
TITLE_LIMIT = 160
MONTHS = (6, 12, 24)
"""After so many a guide is read again."""
REASON_LIMIT = 600
ANSWER_LIMIT = 1000
ANSWER_DAYS = 365
"""So long an answer is kept."""
WROTE = 0
"""The role of a hand that wrote; any other one read."""


class Desk(Struct, frozen=True):
    """What the persona in use is at the desk."""

    duties: frozenset[Role]
    host: bool

    def has(self, role: Role) -> bool:
        return role in self.duties


class NewDuty(Struct, frozen=True):
    """What a host types: whose role, which, for how many days."""

    name: str
    role: int
    days: int


class Holder(Struct, frozen=True):
    """Who holds a role, as hosts alone read it."""

    pid: bytes
    name: str
    seed: bytes
    role: int
    until_day: int

    @property
    def key(self) -> str:
        return role_key(self.role)

    @property
    def until(self) -> clock.Date:
        return clock.date(self.until_day)

    @property
    def ends_soon(self) -> bool:
        return self.until_day - clock.day() < TOLD_AHEAD_DAYS


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


class NewGuide(Struct, frozen=True):
    """A guide that the house begins: in which language its first draft is, and what is known before its words."""

    title: str
    lang: str
    topic: int
    kind: int
    months: int
    readers: tuple[int, ...]
    notes: int
    submission: str = ""


class Piece(Struct, frozen=True):
    """A piece of a text: ``del`` where the later one has it no more, ``ins`` where that added it."""

    kind: str
    text: str


class Answer(Struct, frozen=True):
    """What the desk did about it."""

    text: str
    role: int
    day: int

    @property
    def when(self) -> int:
        return self.day * clock.DAY


class Withdrawn(Struct, frozen=True):
    """Why a guide is not shown any more: in words of the desk, in each language where it said them."""

    day: int
    ar: str
    en: str

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    def reason(self, lang: str) -> str:
        """In the reader's language, else in the other."""
        return (self.ar or self.en) if lang == "ar" else (self.en or self.ar)


def role_key(role: int) -> str:
    """What a role is called, in the catalogues."""
    return f"library.desk.role_{Role(role).code}"


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


class Task(Struct, frozen=True):
    """One line of a list at the desk. ``roles`` are keys of roles that are still wanted, ``yours`` that the reader has one of them."""

    href: str
    title: str
    lang: str
    editions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    yours: bool = False
    when: int = 0
    said: str = ""


class Listed(Struct, frozen=True):
    """One list at the desk."""

    name: str
    tasks: list[Task]

    @property
    def key(self) -> str:
        return f"library.desk.list_{self.name}"

    @property
    def why(self) -> str:
        return f"library.desk.why_{self.name}"


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


class Shelved(Struct, frozen=True):
    """A source as the desk lists it: ``state`` is one of ``never broken old fine``, ``guides`` are (address, title)."""

    code: str
    title: str
    publisher: str
    address: str
    state: str
    seen: str
    broken: int
    cited_for: str
    guides: list[tuple[str, str]]

    @property
    def key(self) -> str:
        return f"library.desk.source_{self.state}"


class Warned(Struct, frozen=True):
    """What needs somebody, counted: for hosts."""

    due: int
    soon: int
    wrong: int
    sources: int
    roles: int
