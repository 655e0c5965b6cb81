"""What the glossary speaks of: concepts, their words, and what is found in a text."""

from __future__ import annotations

from enum import Enum, IntEnum

from msgspec import Struct

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id

ID_SIZE = 16
WORD_LIMIT, WHY_LIMIT, MEANING_LIMIT = 80, 300, 600
SPELLINGS_LIMIT = 24
"""Spellings of one word, at most."""
WORDS_LIMIT = 16
"""Words of one concept, in all languages together."""
QUERY_LIMIT = 80
KEPT_DAYS = 90
"""So long the wording before a change is kept."""
MOST_VERSIONS = 20
TONGUES = ("ar", "en")
"""The languages that stand side by side."""


class Use(IntEnum):
    """Who says a word. Numbers are stored."""

    PREFERRED = 0
    SOME = 1
    RECLAIMED = 2
    AVOID = 3

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def key(self) -> str:
        """In the catalogues."""
        return f"library.terms.use_{self.code}"


class Subject(Enum):
    """What a concept is about; the list is read in this order."""

    IDENTITY = "identity"
    TRANSITION = "transition"
    RELATIONS = "relations"
    HEALTH = "health"
    SAFETY = "safety"
    LAW = "law"
    COMMUNITY = "community"

    @property
    def key(self) -> str:
        """In the catalogues."""
        return f"library.terms.topic_{self.value}"


SUBJECTS = tuple(one.value for one in Subject)


class Word(Struct, frozen=True, omit_defaults=True):
    """A word for a concept. ``asks``: before posting, its author may be told that it is one to avoid."""

    lang: str
    text: str
    use: int = 0
    why: str = ""
    spellings: tuple[str, ...] = ()
    asks: bool = True

    @property
    def use_key(self) -> str:
        return Use(self.use).key

    @property
    def avoided(self) -> bool:
        return self.use == Use.AVOID

    @property
    def forms(self) -> tuple[str, ...]:
        """How it may be written."""
        return (self.text, *self.spellings)


class Body(Struct, frozen=True):
    """What editors write of a concept."""

    topic: str = ""
    guide: str = ""
    see: tuple[str, ...] = ()
    meaning: dict[str, str] = {}
    words: tuple[Word, ...] = ()


class Concept(Struct, frozen=True):
    """A concept as it stands."""

    id: bytes
    key: str
    body: Body
    hidden: bool = False
    changed: bool = False
    v: int = 1
    day: int = 0

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        return f"/y/v/{self.shown}"

    @property
    def topic(self) -> str:
        return self.body.topic

    def meaning(self, language: str) -> str:
        """What it means, in that language or in another."""
        said = self.body.meaning
        return said.get(language) or next(iter(said.values()), "")

    def words(self, language: str) -> list[Word]:
        """Its words in a language, those to avoid last."""
        return sorted((one for one in self.body.words if one.lang == language), key=lambda one: one.use)

    def said(self, language: str) -> list[Word]:
        """Those that people use."""
        return [one for one in self.words(language) if not one.avoided]

    def avoided(self, language: str) -> list[Word]:
        return [one for one in self.words(language) if one.avoided]

    def name(self, language: str) -> str:
        """The word it is called by in that language; in another where that has none."""
        for tongue in (language, *TONGUES):
            if words := self.said(tongue):
                return words[0].text
        return self.body.words[0].text if self.body.words else ""


class Half(Struct, frozen=True):
    """A concept in one language: what it means and its words."""

    lang: str
    name: str
    meaning: str
    said: list[Word]
    avoided: list[Word]


class Entry(Struct, frozen=True):
    """A concept as a page shows it: the reader's language first, the other beside it."""

    shown: str
    path: str
    name: str
    halves: list[Half]
    hidden: bool

    @classmethod
    def of(cls, concept: Concept, language: str) -> Entry:
        tongues = [language, *(one for one in TONGUES if one != language)] if language in TONGUES else TONGUES
        halves = [
            Half(
                one,
                concept.name(one),
                concept.body.meaning.get(one, ""),
                concept.said(one),
                concept.avoided(one),
            )
            for one in tongues
        ]
        return cls(concept.shown, concept.path, halves[0].name, halves, concept.hidden)

    @property
    def meaning(self) -> str:
        """In the reader's language."""
        return self.halves[0].meaning

    @property
    def other(self) -> Half:
        """The same in the other language."""
        return self.halves[1]


class Version(Struct, frozen=True):
    """How a concept stood before a change, and the day of that."""

    v: int
    day: int
    body: Body

    @property
    def when(self) -> int:
        """The day, in seconds."""
        return self.day * clock.DAY


class Match(Struct, frozen=True):
    """A concept that a word leads to. ``word`` is the one that was met, which may be one to avoid."""

    concept: Concept
    word: Word

    @property
    def is_kind(self) -> bool:
        """Whether it is a word that people use."""
        return not self.word.avoided


class Answer(Struct, frozen=True):
    """What a question leads to. ``near``: nothing is written so; these are close to it."""

    matches: tuple[Match, ...] = ()
    near: bool = False


class Term(Struct, frozen=True):
    """A term in a text: from where to where, and its concept."""

    start: int
    end: int
    concept: Concept


class Hint(Struct, frozen=True):
    """What is said of a word to avoid before it is posted. ``mark`` is how it is known again."""

    mark: str
    found: str
    better: tuple[str, ...]
    lang: str
    why: str
    path: str
