"""Public words beside the glossary's: those of the titles of guides that are read here, and the names of countries.

A slip of the pen and Arabic in Latin letters lead to them too. No word of a post is among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from mashrabiya.kernel.folding import fold_asked, fold_words
from mashrabiya.library.guides.types import Stock
from mashrabiya.library.laws.types.countries import also_named, names
from mashrabiya.library.terms.spelling import is_near, words_at
from mashrabiya.platform.search.little import telling
from mashrabiya.platform.search.words import stem, stem_asked
from mashrabiya.safety.matching.arabizi import Arabizi
from mashrabiya.search.saying import Words

_SIGNS = 3
"""So many letters beside the long vowels, ع and ه a word has to have to be known in Latin letters without a digit: else
"sin" is China.
"""
_WEAK = frozenset("اويهع")
_MOST = 3


class Titles:
    """The words of titles, made ready when they are first looked up."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def _written(self) -> dict[str, str]:
        """Each folded word as it is written there."""
        found: dict[str, str] = {}
        for text in self._texts:
            for folded, start, end in words_at(text):
                if telling([folded, ""]) != [""]:
                    found.setdefault(folded, text[start:end])
        return found

    @cached_property
    def _stems(self) -> set[str]:
        return {stem(word) for word in self._written}

    @cached_property
    def _arabic(self) -> list[str]:
        # The article is written before a word in Latin letters in many ways, or not at all.
        return [word.removeprefix("ال") for word in self._written if word[0] > "\u0600"]

    @cached_property
    def _arabizi(self) -> Arabizi:
        return Arabizi(dict(enumerate(self._arabic)))

    def knows(self, typed: str) -> bool:
        """Whether it is one of them, in any form."""
        return any(stem_asked(word) in self._stems for word in fold_asked(typed).split())

    def near(self, typed: str) -> tuple[str, ...]:
        """Those of which it may be a slip, as they are written; none for one of them."""
        asked = fold_asked(typed)
        if self.knows(typed):
            return ()
        return tuple(written for word, written in self._written.items() if is_near(asked, word))[:_MOST]

    def typed(self, word: str) -> tuple[str, ...]:
        """Those that are written so in Latin letters, folded."""
        if not word.isascii():
            return ()
        found = (self._arabic[number] for number in self._arabizi.meant(word.casefold()))
        numbered = any(sign.isdigit() for sign in word)
        return tuple(one for one in found if numbered or _is_told(one))[:_MOST]


class Shelf:
    """The titles in force. Another stock is another object."""

    def __init__(self) -> None:
        self._known: tuple[Stock, Titles] | None = None

    def titles(self, stock: Stock) -> Titles:
        """Made once for a stock."""
        if self._known is None or self._known[0] is not stock:
            self._known = stock, Titles([*_of_guides(stock), *_of_countries()])
        return self._known[1]


class Known:
    """The glossary, and where it says nothing, titles: what is asked of the one is asked of the others."""

    def __init__(self, words: Words | None, *titles: Titles) -> None:
        self._words, self._titles = words, titles

    def beside(self, titles: Titles) -> Known:
        """The same, and more titles."""
        return Known(self._words, *self._titles, titles)

    def same_in(self, words: str, language: str = "") -> tuple[str, ...]:
        """How else a concept is said; else what of a title is written so in Latin letters."""
        said = self._words.same_in(words, language) if self._words else ()
        return said or tuple(word for titles in self._titles for word in titles.typed(words))

    def runs(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """The terms in a question."""
        return self._words.runs(words) if self._words else iter(())

    def meant(self, typed: str) -> tuple[str, ...]:
        """What a word may be a slip of: a word of the glossary first, then of a title."""
        said = self._words.meant(typed) if self._words else ()
        if any(titles.knows(typed) for titles in self._titles) or (
            self._words and self._words.same_in(typed)
        ):
            return said
        near = (word for titles in self._titles for word in titles.near(typed))
        found: dict[str, str] = {}
        for word in (*said, *near):
            found.setdefault(fold_words(word), word)
        return tuple(found.values())


def _is_told(word: str) -> bool:
    return sum(sign not in _WEAK for sign in word) >= _SIGNS


def _of_guides(stock: Stock) -> Iterator[str]:
    for entry in stock.shown.values():
        yield from entry.titles.values()


def _of_countries() -> Iterator[str]:
    for language in ("ar", "en"):
        yield from names(language).values()
    for code in names("en"):
        yield from also_named(code)
