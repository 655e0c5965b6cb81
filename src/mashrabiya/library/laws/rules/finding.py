"""Finding a country by its name, in either language, and listing all of them by letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from mashrabiya.kernel.folding import fold, light_stem
from mashrabiya.library.laws.types import Level, Listed
from mashrabiya.library.laws.types.countries import also_named, names

_ARTICLE = "ال"


def fits(asked: tuple[str, ...], code: str, name: str = "") -> bool:
    """Whether every word that is looked for stands in one of its names, or is its letters."""
    said, letters = _said(code, name), code.lower()
    return all(word == letters or any(word in one for one in said) for word in asked)


def asked(words: str) -> tuple[str, ...]:
    """What somebody looks for, as names are compared. It is remembered nowhere."""
    return tuple(light_stem(word) for word in fold(words).split())


@lru_cache(maxsize=1024)
def _said(code: str, name: str) -> tuple[str, ...]:
    """All that it is called, as search compares it."""
    spoken = [name, *also_named(code), *(names(language).get(code, "") for language in ("ar", "en"))]
    return tuple(word for one in spoken for word in fold(one).split())


@lru_cache(maxsize=2048)
def letter(name: str) -> str:
    """The letter under which a name stands: without the article, and without what stands on a letter."""
    plain = fold(name).replace(" ", "")
    if plain.startswith(_ARTICLE) and len(plain) > len(_ARTICLE) + 1:
        plain = plain[len(_ARTICLE) :]
    return plain[:1].upper()


@lru_cache(maxsize=2048)
def _order(name: str) -> tuple[str, str]:
    plain = fold(name)
    return letter(name), plain.removeprefix(_ARTICLE)


def by_letter(found: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Countries under their letters. How hostile a law is, moves none of them."""
    letters: dict[str, list[Listed]] = {}
    for one in sorted(found, key=lambda one: _order(one.name)):
        letters.setdefault(letter(one.name), []).append(one)
    return list(letters.items())


def with_risk(found: Iterable[Listed]) -> list[Listed]:
    """Where there is a risk or nobody knows: what is unknown is never left out as if it were safe."""
    return [one for one in found if one.level != Level.LEGAL]


def in_sight(levels: Mapping[str, Level]) -> int:
    """Of how many countries something is known."""
    return sum(level != Level.UNKNOWN for level in levels.values())
