"""Values of guides. Numbers are stored."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

from mashrabiya.kernel.clock import DAY
from mashrabiya.kernel.content import Note, notes_in
from mashrabiya.kernel.ids import show_id

ID_SIZE = 16
LANGS = ("ar", "en")
WRONG_LIMIT = 1000
"""So many letters whoever finds something wrong can write."""
WRONG_DAYS = 180
"""So long that lies with the desk."""
CASES = ("arrested", "outed", "blackmailed", "thrown-out", "violence", "suicide", "someone-else")
"""The cases of help now, by the names that guides use."""


class _Coded(IntEnum):
    @property
    def code(self) -> str:
        return self.name.lower()


class Topic(_Coded):
    """Where a guide stands, in the order of the front page."""

    DANGER = 1
    SELF = 2
    TELLING = 3
    PEOPLE = 4
    MIND = 5
    TRANSITION = 6
    HEALTH = 7
    LIFE = 8
    LAW = 9


class Kind(_Coded):
    """Medical and legal guides begin closed, until a host has read them."""

    PLAIN = 0
    MEDICAL = 1
    LEGAL = 2


class State(_Coded):
    DRAFT = 0
    FIRST = 1
    REVIEWED = 2
    DUE = 3
    WITHDRAWN = 4


READABLE = (State.FIRST, State.REVIEWED, State.DUE)


class EditionState(_Coded):
    """A draft waits for the desk; of a language one edition is published; old ones were."""

    DRAFT = 0
    PUBLISHED = 1
    OLD = 2


class Role(_Coded):
    """Who wrote or read a guide: as what, never who."""

    EDITOR = 1
    COMMUNITY = 2
    PSYCHOLOGIST = 3
    PHYSICIAN = 4
    LAWYER = 5
    SOCIAL = 6
    DIGITAL = 7
    FAITH = 8
    TRANS = 9
    INTERSEX = 10
    EXPERIENCE = 11
    VIOLENCE = 12
    TRANSLATOR = 13
    SHELF = 14
    """Came with the software."""


class Wrong(_Coded):
    """What somebody says is wrong with a guide."""

    FACT = 1
    OLD = 2
    HARM = 3
    WORDS = 4
    SOURCE = 5
    OTHER = 6


class Step(Struct, frozen=True):
    title: str
    html: str


class Section(Struct, frozen=True):
    """A part of a guide: ``key`` is one of ``before steps weigh ask unknown``."""

    key: str
    title: str
    html: str
    steps: tuple[Step, ...] = ()


class Parts(Struct, frozen=True):
    """What a page shows of an edition, made when it was published. Codes of sources stand in the order of the text."""

    sections: tuple[Section, ...]
    think_title: str
    think: tuple[str, ...]
    sources: tuple[str, ...]
    links: tuple[str, ...]
    """Guides it leads to, as addresses show them."""


class Edition(Struct, frozen=True):
    """One row of ``guide_edition``, in the order of its columns."""

    guide: bytes
    lang: str
    n: int
    state: int
    title: str
    lead: str
    text: str
    parts: str
    day: int
    role: int
    of_lang: str
    of_n: int

    @property
    def what(self) -> EditionState:
        return EditionState(self.state)

    @property
    def when(self) -> int:
        return self.day * DAY


class Guide(Struct, frozen=True):
    """One row of ``guide``, in the order of its columns."""

    id: bytes
    slug: str
    topic: int
    place: int
    kind: int
    notes: int
    help: str
    months: int
    reviewers: str
    state: int
    open: int
    checked_day: int
    checked_by: str
    next_day: int
    helped: int

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def address(self) -> str:
        return f"/y/{show_id(self.id)}"

    @property
    def about(self) -> Topic:
        return Topic(self.topic)

    @property
    def sort(self) -> Kind:
        return Kind(self.kind)

    @property
    def now(self) -> State:
        return State(self.state)

    @property
    def is_read(self) -> bool:
        """Readers find it."""
        return bool(self.open) and self.state in READABLE

    @property
    def content_notes(self) -> tuple[Note, ...]:
        return notes_in(self.notes)

    @property
    def cases(self) -> tuple[str, ...]:
        return tuple(self.help.split())

    @property
    def readers(self) -> tuple[Role, ...]:
        """Who has to read it before it counts as reviewed."""
        return roles_of(self.reviewers)

    @property
    def checked(self) -> tuple[Role, ...]:
        """Who has read it, on ``checked_day``."""
        return roles_of(self.checked_by)


def roles_of(codes: str) -> tuple[Role, ...]:
    """The roles behind codes with a space between them."""
    return tuple(Role[code.upper()] for code in codes.split())


class Source(Struct, frozen=True):
    """One row of ``guide_source``, in the order of its columns."""

    code: str
    title: str
    publisher: str
    year: str
    languages: str
    address: str
    licence: str
    quote: str
    mark: str
    seen: str
    supports_ar: str
    supports_en: str
    broken_day: int

    def supports(self, lang: str) -> str:
        """What it is cited for, and no more."""
        return self.supports_ar if lang == "ar" else self.supports_en
