"""What a sample is going to hold, before anything is written: values without ids, keys or days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mashrabiya.discussions.types import Kind, PostState
from mashrabiya.people.types import Grant


@dataclass(frozen=True, slots=True)
class Name:
    """A persona: its key in the texts, its name, and what its page says."""

    key: str
    name: str
    pronouns: str = ""
    about: str = ""


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
class Case:
    """Why a reply was reported; what was done then and with which words, or nothing yet."""

    reason: str
    note: str
    act: str = ""
    words: str = ""


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


@dataclass(slots=True)
class Thread:
    """A thread with its posts. ``mark`` tells the long and the fresh one."""

    place: str
    title: str
    wants: int = 0
    spare: int = 0
    mark: str = ""
    posts: list[Post] = field(default_factory=list)
