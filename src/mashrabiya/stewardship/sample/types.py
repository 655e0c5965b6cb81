"""What a sample is going to hold, before anything is written: values without ids, keys or days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mashrabiya.discussions.types import Answers, Kind, PostState
from mashrabiya.people.types import Grant


@dataclass(frozen=True, slots=True)
class Name:
    """A persona: its key in the texts, its name, and what its page says."""

    key: str
    name: str
    pronouns: str = ""
    about: str = ""
    marks: str = ""

    @property
    def first(self) -> str:
        """The name it began under: another one where it was renamed."""
        return self.marks.removeprefix("was ") if self.marks.startswith("was ") else self.name


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in a post: which drawing, and what it shows in words."""

    drawing: str
    alt: str


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the sample's people: a sign-in name, a public passphrase, and personas."""

    name: str
    passphrase: str
    personas: tuple[Name, ...]
    language: str = "ar"
    grant: Grant = Grant.NONE
    new: bool = False

    @property
    def role(self) -> str:
        """What she does in the house."""
        if self.grant & Grant.HOST:
            return "host"
        return "carer" if self.grant & Grant.CARE else "member"


@dataclass(frozen=True, slots=True)
class Objection:
    """What whoever wrote it said to the decision, and what another carer answered: it stands, or reverse."""

    words: str
    became: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Why a reply was reported; what was done then and with which words, or nothing yet.

    Without a reason nobody reported it, and who decided came upon it in the thread.
    """

    reason: str
    note: str
    act: str = ""
    words: str = ""
    objection: Objection | None = None

    @property
    def withholds(self) -> bool:
        """Whether its post is not shown from then on."""
        return self.act in {"hold", "hide", "remove"}


@dataclass(slots=True)
class Post:
    """A post as it is going to stand. ``at`` is how many days ago it was written."""

    persona: str
    body: str
    language: str
    at: float
    unnamed: bool = False
    kind: Kind = Kind.PLAIN
    to: int | None = None
    notes: int = 0
    new: bool = False
    edited: bool = False
    state: PostState = PostState.SHOWN
    helped: Sequence[str] = ()
    welcomed: Sequence[str] = ()
    case: Case | None = None
    pictures: tuple[Drawn, ...] = ()


@dataclass(slots=True)
class Thread:
    """A thread with its posts. ``mark`` tells the long and the fresh one, ``answers`` who may answer now."""

    place: str
    title: str
    wants: int = 0
    spare: int = 0
    mark: str = ""
    answers: Answers = Answers.EVERYONE
    posts: list[Post] = field(default_factory=list)
