"""The people of the sample. Their passphrases are public: such a house never becomes a real one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache

from mashrabiya.people.types import Grant
from mashrabiya.platform.words import words
from mashrabiya.stewardship.sample.script import lines
from mashrabiya.stewardship.sample.types import Name, Somebody

_SECOND_NAME = 0.3
_NEW_EACH = 12
# Enough to be taken, and short, since judging hundreds of passphrases takes longer than making them.
_IN_PASSPHRASE = 4


@lru_cache(maxsize=1)
def fixed_people() -> tuple[Somebody, ...]:
    """Those who stand in the texts, in the order in which a small house has them."""
    return tuple(_people(lines("people")))


def _people(told: list[str]) -> Iterator[Somebody]:
    """``@ name | passphrase | language | marks`` and below it ``key | name | pronouns | about``."""
    head: list[str] = []
    names: list[Name] = []
    for line in [*told, "@"]:
        parts = [part.strip() for part in line.split("|")]
        if not line.startswith("@"):
            names.append(Name(*parts))
            continue
        if head:
            yield _somebody(head, names)
        head, names = [parts[0].removeprefix("@").strip(), *parts[1:]], []


def _somebody(head: list[str], names: list[Name]) -> Somebody:
    name, passphrase, language, marks = head
    grants = Grant(sum(Grant[mark.upper()] for mark in marks.split() if mark != "new"))
    return Somebody(name, passphrase, tuple(names), language, grants, "new" in marks.split())


def people(members: int, seed: int) -> list[Somebody]:
    """So many people: the fixed ones first, then others with drawn names."""
    fixed = fixed_people()[:members]
    chance = random.Random(f"people {seed}")  # noqa: S311 - a sample, no secret
    taken = {name.name for somebody in fixed_people() for name in somebody.personas}
    drawn = _Names(chance, taken)
    return [*fixed, *(_invented(number, drawn, chance) for number in range(len(fixed), members))]


def _invented(number: int, drawn: _Names, chance: random.Random) -> Somebody:
    language = "ar" if number % 2 else "en"
    personas = [Name(f"m{number}", drawn.name(language))]
    is_new = number % _NEW_EACH == 0
    if not is_new and chance.random() < _SECOND_NAME:
        other = chance.choice(("ar", "en"))
        personas.append(Name(f"m{number}b", drawn.name(other)))
    plain = words("en")
    sign_in = f"{chance.choice(plain)} {chance.choice(plain)} {number}"
    passphrase = " ".join(chance.choice(plain) for _ in range(_IN_PASSPHRASE))
    return Somebody(sign_in, passphrase, tuple(personas), language, new=is_new)


class _Names:
    """Draws names of two words, none of them twice."""

    def __init__(self, chance: random.Random, taken: set[str]) -> None:
        self._chance = chance
        self._taken = taken
        self._halves = _halves()

    def name(self, language: str) -> str:
        first, second = self._halves[language]
        while True:
            name = f"{self._chance.choice(first)} {self._chance.choice(second)}"
            rounds = sum(taken.startswith(name) for taken in self._taken) if name in self._taken else 0
            name = f"{name} {rounds + 1}" if rounds else name
            if name not in self._taken:
                self._taken.add(name)
                return name


def _halves() -> dict[str, tuple[list[str], list[str]]]:
    """Two rows of words per language: any of the first goes with any of the second."""
    rows = [line.split() for line in lines("names")]
    return {"ar": (rows[0], rows[1]), "en": (rows[2], rows[3])}
