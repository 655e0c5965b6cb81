"""What CLDR calls countries and languages, in the languages of the house.

From a file of names alone. Babel, which knows them as well, keeps all that it opens for them, dates and currencies among
it: six megabytes of memory in each process. ``python -m tools.cldr`` writes the file anew from Babel.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "shelf" / "names.json"


class _Names(msgspec.Struct, frozen=True):
    territories: dict[str, dict[str, str]]
    languages: dict[str, dict[str, str]]
    of_three_letters: dict[str, str]


def territories(language: str) -> dict[str, str]:
    """Whatever has a code of two letters, unions and what is unknown among it, by that code."""
    return _names().territories[language]


def languages(language: str) -> dict[str, str]:
    """Every language by its code."""
    return _names().languages[language]


def of_three_letters() -> dict[str, str]:
    """The code of two letters behind one of three, where that is one and no more."""
    return _names().of_three_letters


@lru_cache(maxsize=1)
def _names() -> _Names:
    return msgspec.json.decode(FILE.read_bytes(), type=_Names)
