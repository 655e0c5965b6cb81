"""Countries and territories by their codes: names from CLDR, and how a file's codes are read."""

from __future__ import annotations

from functools import lru_cache

from mashrabiya.kernel import cldr
from mashrabiya.library.laws.types.records import is_made_up

# What CLDR lists beside countries and territories: unions, what is not known, codes for tests, and parts of others.
_NO_COUNTRY = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"])
# Spellings of files for Kosovo, which has no code of its own in the standard.
_ALSO_CODES = {"XKX": "XK", "KSV": "XK", "RKS": "XK", "KOS": "XK"}
# How people call them besides what CLDR says, to be found by.
_ALSO_NAMES = {
    "AE": ("UAE", "Emirates", "الإمارات"),
    "BA": ("Bosnia", "البوسنة"),
    "CD": ("DRC", "Congo Kinshasa", "Zaire"),
    "CG": ("Congo Brazzaville",),
    "CI": ("Ivory Coast",),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Britain", "England", "Scotland", "Wales", "إنجلترا", "بريطانيا"),
    "KP": ("DPRK",),
    "KR": ("ROK",),
    "MM": ("Burma", "بورما"),
    "NL": ("Holland",),
    "PS": ("Palestine", "State of Palestine", "فلسطين", "غزة", "الضفة"),
    "SA": ("KSA", "السعودية"),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    # "America" alone may be a continent.
    "US": ("USA", "United States America", "الولايات المتحدة أمريكا"),
    "VA": ("Holy See",),
    "XK": ("Kosova",),
}


@lru_cache(maxsize=8)
def names(language: str) -> dict[str, str]:
    """Every country and territory of CLDR by its code, in a language."""
    said, english = (cldr.territories(spoken) for spoken in (language, "en"))
    codes = (code for code in english if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY)
    return {code: said.get(code, english[code]) for code in codes}


def also_named(code: str) -> tuple[str, ...]:
    """Other names by which it is looked for."""
    return _ALSO_NAMES.get(code, ())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name.casefold(): code for code, name in names("en").items()}


@lru_cache(maxsize=4096)
def code_of(iso: str, name: str = "") -> str:
    """The code behind what a file calls a country: three letters, two, or its English name. Empty where unknown."""
    asked = iso.strip().upper()
    known = names("en")
    if asked in known or is_made_up(asked):
        return asked
    if asked in _ALSO_CODES:
        return _ALSO_CODES[asked]
    if (meant := cldr.of_three_letters().get(asked, "")) in known:
        return meant
    return _by_name().get(name.strip().casefold(), "")
