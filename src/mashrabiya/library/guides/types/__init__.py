"""Values of guides. Rows are in the order of their columns."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.clock import DAY
from mashrabiya.kernel.content import Note, notes_in
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.guides.types.kinds import (
    CASES,
    ID_SIZE,
    LANGS,
    READABLE,
    WRONG_DAYS,
    WRONG_LIMIT,
    EditionState,
    Kind,
    Role,
    State,
    Topic,
    Wrong,
    roles_of,
)
from mashrabiya.library.guides.types.parts import Parts, Section, Step

__all__ = [
    "CASES",
    "ID_SIZE",
    "LANGS",
    "READABLE",
    "WRONG_DAYS",
    "WRONG_LIMIT",
    "Doubt",
    "Edition",
    "EditionState",
    "Entry",
    "Guide",
    "Kind",
    "NewEdition",
    "NewWrong",
    "Opened",
    "Parts",
    "Role",
    "Section",
    "Source",
    "State",
    "Step",
    "Stock",
    "Topic",
    "Wrong",
    "numbered",
    "roles_of",
    "stocked",
]


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
        """A review that is over counts as over, whether or not the desk has said so."""
        if self.state == State.REVIEWED and 0 < self.next_day < clock.day():
            return State.DUE
        return State(self.state)

    @property
    def is_read(self) -> bool:
        """Readers find it."""
        return bool(self.open) and self.state in READABLE

    @property
    def content_notes(self) -> tuple[Note, ...]:
        return notes_in(self.notes)

    @property
    def topic_key(self) -> str:
        """Keys of the catalogue: templates see no more of an enum than its number."""
        return f"library.guides.topic_{self.about.code}"

    @property
    def state_code(self) -> str:
        return self.now.code

    @property
    def state_key(self) -> str:
        return f"library.guides.state_{self.now.code}"

    @property
    def kind_key(self) -> str:
        return f"library.guides.kind_{self.sort.code}"

    @property
    def general_key(self) -> str:
        """That a medical or legal guide is general."""
        return f"library.guides.general_{self.sort.code}"

    @property
    def note_keys(self) -> list[str]:
        return [f"note.{note.code}" for note in self.content_notes]

    @property
    def reader_keys(self) -> list[str]:
        return [role.key for role in self.readers]

    @property
    def checked_keys(self) -> list[str]:
        return [role.key for role in self.checked]

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


class Entry(Struct, frozen=True):
    """A guide as lists show it: title, lead and number of what is published, by language."""

    guide: Guide
    titles: dict[str, str]
    leads: dict[str, str]
    numbers: dict[str, int]
    """Which edition of each it is."""

    @property
    def out(self) -> str:
        """Which words readers read, so that a form can say which its sender had before her."""
        return numbered(self.numbers.items())

    def lang_for(self, lang: str) -> str:
        """The reader's language, or the one there is."""
        return lang if lang in self.titles else next(iter(self.titles), "")


class Stock(Struct, frozen=True):
    """All guides and sources of the house, held in memory: guides in the order of the front page."""

    entries: dict[bytes, Entry]
    sources: dict[str, Source]
    shown: dict[str, Entry]
    """Those that readers find, by their addresses."""
    topics: dict[Topic, list[Entry]]
    """The same by their topics, in the order of the front page; no topic is empty."""


def numbered(editions: Iterable[tuple[str, int]]) -> str:
    """Published editions by language and number, in one word."""
    return ".".join(f"{lang}{n}" for lang, n in sorted(editions))


def stocked(entries: dict[bytes, Entry], sources: dict[str, Source]) -> Stock:
    """Put in order once, so that no page has to."""
    found = [entry for entry in entries.values() if entry.guide.is_read and entry.titles]
    topics = {topic: [entry for entry in found if entry.guide.about is topic] for topic in Topic}
    shown = {entry.guide.address: entry for entry in found}
    return Stock(entries, sources, shown, {topic: some for topic, some in topics.items() if some})


class Opened(Struct, frozen=True):
    """A guide as one reader opens it, with the edition in her language or in the one there is."""

    guide: Guide
    edition: Edition
    marked: bool
    """She said that it helped."""


class NewEdition(Struct, frozen=True):
    """Words for a guide, as the desk or the shelf brings them."""

    lang: str
    text: str
    role: Role
    of_lang: str = ""
    of_n: int = 0


class NewWrong(Struct, frozen=True):
    """What somebody says is wrong, as it was typed."""

    what: int
    step: int
    text: str
    submission: str = ""


class Doubt(Struct, frozen=True):
    """One row of ``guide_wrong``, in the order of its columns."""

    id: bytes
    guide: bytes
    lang: str
    step: int
    what: int
    text: str
    day: int
    done: int

    @property
    def kind(self) -> Wrong:
        return Wrong(self.what)

    @property
    def when(self) -> int:
        return self.day * DAY
