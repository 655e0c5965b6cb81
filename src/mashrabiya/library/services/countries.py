"""Names of countries and languages, as CLDR has them in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from mashrabiya.kernel import cldr
from mashrabiya.kernel.folding import fold
from mashrabiya.library.services.types import EVERYWHERE

# What CLDR lists beside countries and territories: unions, zones, what is not known, and parts of others.
_NO_PLACE = frozenset(["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"])


@lru_cache(maxsize=8)
def countries(language: str) -> Mapping[str, str]:
    """Every country and territory by its two letters, in the order of their names."""
    found = {code: name for code, name in cldr.territories(language).items() if code not in _NO_PLACE}
    return dict(sorted(found.items(), key=lambda pair: fold(pair[1])))


def languages(language: str) -> Mapping[str, str]:
    """Every language by its code."""
    return cldr.languages(language)


def country_name(code: str, language: str) -> str:
    """What it is called; the code itself where nobody knows it. What serves every country has no name here."""
    return "" if code == EVERYWHERE else countries(language).get(code, code)


def language_name(code: str, language: str) -> str:
    return languages(language).get(code, code)


def is_country(code: str) -> bool:
    return code == EVERYWHERE or code in countries("en")


def is_language(code: str) -> bool:
    return code in languages("en")


def named(codes: Iterable[str], language: str) -> list[tuple[str, str]]:
    """Code and name of each, in the order of the names; what serves every country first, without a name."""
    pairs = [(code, country_name(code, language)) for code in codes]
    return sorted(pairs, key=lambda pair: fold(pair[1]))


def code_of(typed: str) -> str:
    """The country somebody means by its letters or its name in Arabic or English, or nothing."""
    code = typed.strip().upper()
    if is_country(code):
        return code
    return _by_name().get(fold(typed.strip()), "")


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, str]:
    return {fold(name): code for language in ("en", "ar") for code, name in countries(language).items()}
