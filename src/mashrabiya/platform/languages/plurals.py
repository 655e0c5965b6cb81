"""Plural categories, pinned: Babel's built-in Arabic order differs from CLDR's."""

from __future__ import annotations

HEADERS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)",
    "en": "nplurals=2; plural=(n != 1)",
}

# The same conditions in the template language, in the order of the forms; the last form has none.
CONDITIONS = {
    "ar": (
        "{n} == 0",
        "{n} == 1",
        "{n} == 2",
        "{n} % 100 >= 3 and {n} % 100 <= 10",
        "{n} % 100 >= 11",
    ),
    "en": ("{n} == 1",),
}


def form_of(language: str, n: int) -> int:
    """Which of the language's forms belongs to the count."""
    if language != "ar":
        return 0 if n == 1 else 1
    if n < 3:
        return n
    if 3 <= n % 100 <= 10:
        return 3
    return 4 if n % 100 >= 11 else 5
