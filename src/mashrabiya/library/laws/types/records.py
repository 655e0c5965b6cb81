"""What is kept of a country, and what a page shows of it."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.laws.types.topics import UNKNOWN, Tone, Topic

FRESH_DAYS = 366
"""So long after the day it speaks of something counts as known."""
REVIEW_DAYS = 183
MISTAKE_DAYS = 180
"""So long a note that something is wrong waits for those who look at it."""
TEXT_LIMIT = 1200
SOURCE_LIMIT = 300
SHOWN_SIZE = 10
"""Bytes of an address."""
WHOLE = "country"
"""The name of what editors say of a country as a whole, among the names of topics."""
ID_SIZE = 16


MEANINGS = {
    **dict.fromkeys(("not_recognised", "no_ban_found", "none_found"), "none_found"),
    **dict.fromkeys(("so_only", "gi_only", "partly_banned", "conditions", "union_only", "diagnosis"), "partly"),
    **dict.fromkeys(("criminal_not_enforced", "restricted_not_enforced"), "not_enforced"),
    **{value: value for value in (
        "used_against", "no_explicit_law", "neither_coded", "varies", "no_information", "some_cases",
        "dead_letter_documented", "not_recorded", "possible_requirement_unknown", "death_possible",
    )},
    **dict.fromkeys(("none", "not_applicable"), "other_laws"),
}  # fmt: skip


class Level(IntEnum):
    """How hostile the law is known to be. The lower, the more careful one must be."""

    CRIMINAL = 0
    UNKNOWN = 1
    UNCLEAR = 2
    LEGAL = 3

    @property
    def word(self) -> str:
        """As other rooms are told it."""
        return self.name.lower()

    @property
    def head(self) -> str:
        """What a page of such a country says first."""
        return f"library.laws.head.{self.word}"


class Row(Struct, frozen=True, array_like=True):
    """A row of a data set as it stood there: what a cell was made from."""

    law: str
    status: str
    year: int
    proportion: str
    enforcement: str
    sources: tuple[str, ...] = ()


class Cell(Struct, frozen=True, array_like=True):
    """What a data set says of one topic. ``marks`` are short words: what was peculiar about its rows."""

    value: str
    year: int
    penalty: str = ""
    region: str = ""
    marks: tuple[str, ...] = ()

    @property
    def day(self) -> int:
        """The last day of which it speaks, in days since 1970."""
        return year_end(self.year)


class Note(Struct, frozen=True, array_like=True):
    """What an editor says of one topic. ``value`` is empty where it says nothing else than the data set.

    ``over`` is the value that the data set had when this was written. ``foreign_ar`` and ``foreign_en`` say what is other
    for people of another country; ``also`` is a second source that says the same.
    """

    value: str = ""
    ar: str = ""
    en: str = ""
    source: str = ""
    disputed: bool = False
    role: str = ""
    day: int = 0
    next: int = 0
    over: str = ""
    foreign_ar: str = ""
    foreign_en: str = ""
    also: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that was typed, as texts: by these a form knows whether it is still what it showed."""
        texts = self.value, self.ar, self.en, self.source, self.foreign_ar, self.foreign_en, self.also
        return (*texts, str(self.disputed))

    @property
    def checked(self) -> clock.Date:
        return clock.date(self.day)

    @property
    def next_on(self) -> clock.Date:
        return clock.date(self.next)

    @property
    def late(self) -> bool:
        """Whether its next review should have been."""
        return self.says and self.next < clock.day()

    @property
    def says(self) -> bool:
        texts = self.value, self.ar, self.en, self.source, self.foreign_ar, self.foreign_en, self.also
        return any(texts) or self.disputed


class Origin(Struct, frozen=True):
    """Where everything imported of one country comes from, row by row."""

    dataset: str
    licence: str
    day: int
    rows: dict[str, tuple[Row, ...]]
    name: str = ""

    @property
    def read_on(self) -> clock.Date:
        return clock.date(self.day)


class Known(Struct, frozen=True):
    """Everything kept of a country that its page needs."""

    code: str
    name: str
    cells: dict[str, Cell]
    notes: dict[str, Note]
    dataset: str
    licence: str
    day: int

    @property
    def made_up(self) -> bool:
        """Whether it is an example: its code is nobody's."""
        return is_made_up(self.code)


class Fact(Struct, frozen=True):
    """One topic as a page shows it. ``other`` is a value that disagrees and is less careful.

    ``agreed``: a data set and the source of an editor say the same.
    """

    topic: Topic
    value: str
    tone: Tone
    year: int = 0
    penalty: str = ""
    region: str = ""
    marks: tuple[str, ...] = ()
    imported: bool = False
    note: Note = Note()
    other: str = ""
    disputed: bool = False
    old: bool = False
    outrun: bool = False
    due: bool = False
    agreed: bool = False

    @property
    def key(self) -> str:
        return f"library.laws.value.{self.value}"

    @property
    def meaning(self) -> str:
        """What the value means, where its word does not say it all; of none that says "safe"."""
        said = MEANINGS.get(self.value, "in_law" if self.tone is Tone.PLAIN else "")
        return f"library.laws.meaning.{said}" if said else ""

    @property
    def marked(self) -> list[str]:
        """What was peculiar about its rows, as keys of texts."""
        return [f"library.laws.mark.{mark}" for mark in self.marks]

    @property
    def icon(self) -> str:
        return ("warn", "eye", "fact")[self.tone]

    @property
    def light(self) -> str:
        return self.tone.light

    @property
    def is_unknown(self) -> bool:
        return self.value == UNKNOWN


class Standing(Struct, frozen=True):
    """What a list needs of a country: how hostile its law is, and until when that is known."""

    code: str
    name: str
    level: int
    until: int

    def now(self, today: int) -> Level:
        return Level(self.level) if today <= self.until else Level.UNKNOWN


class Listed(Struct, frozen=True):
    """A country in the list."""

    shown: str
    name: str
    level: Level

    @property
    def key(self) -> str:
        return f"library.laws.level.{self.level.word}"

    @property
    def light(self) -> str:
        return ("red", "red", "amber", "")[self.level]


class Written(Struct, frozen=True, kw_only=True):
    """What an editor wrote. ``seen`` is the print of what her form showed."""

    note: Note
    seen: str = ""


class Mistake(Struct, frozen=True):
    """A note that something is wrong, as those who look at it find it. It says nothing of who wrote it."""

    id: bytes
    code: str
    topic: str
    text: str
    day: int

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def on(self) -> clock.Date:
        return clock.date(self.day)


def year_end(year: int) -> int:
    """The last day of a year, in days since 1970."""
    before = year - 1970
    return before * 365 + (year - 1969) // 4 - (year - 1901) // 100 + (year - 1601) // 400 + 364 + _leap(year)


def _leap(year: int) -> int:
    return int(year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def is_made_up(code: str) -> bool:
    """Whether a code is one of those that no country will ever have: QMA to QMZ, for examples."""
    return len(code) == 3 and code[:2] == "QM" and "A" <= code[2] <= "Z"
