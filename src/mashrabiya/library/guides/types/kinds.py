"""Kinds, states, roles and sizes. Numbers are stored."""

from __future__ import annotations

from enum import IntEnum

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

    @property
    def key(self) -> str:
        return f"library.guides.role_{self.code}"


class Wrong(_Coded):
    """What somebody says is wrong with a guide."""

    FACT = 1
    OLD = 2
    HARM = 3
    WORDS = 4
    SOURCE = 5
    OTHER = 6


def roles_of(codes: str) -> tuple[Role, ...]:
    """The roles behind codes with a space between them."""
    return tuple(Role[code.upper()] for code in codes.split())
