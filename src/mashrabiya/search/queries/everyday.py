"""What people ask every day, and the guide that answers it, also where they ask in other words than the shelf has.

Nobody who is frightened asks as a book would. Words that are taken for one another, and forms that a stem does not tell,
count as one here ("my dad hit me", «بابا ضربني»). Two things say which guide is meant, each as much as the other: the
nearest of the questions on the shelf, and of which guide such words are asked (naive Bayes over its questions).
Nothing of what is asked is remembered.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mashrabiya.library.guides import shelf
from mashrabiya.library.guides.types import LANGS
from mashrabiya.platform.search.asking import read_question
from mashrabiya.platform.search.little import telling
from mashrabiya.platform.search.words import folded_asked, stem_asked

_SURE = 0.5
"""So sure it must be, of 1 (decision 0072)."""
_UNKNOWN = 3.0
"""What a word weighs that nobody asks every day: as much as one that tells the guide."""
_SELDOM = 0.1
"""As often a guide is taken to be asked by a word that none of its questions has."""
_MOST, _FEW = 2, 4
_NOTHING = "nothing"
_LEAST = 3
# What Arabic writes before a verb, and whom it happens to: «بيضربني».
_BEFORE = ("بي", "بت", "هي", "هت", "سي", "ست", "ي", "ت", "ن", "ا", "ب")
_BEHIND = ("وني", "تني", "ني")


class _Asked(NamedTuple):
    slug: str
    many: int
    weight: float


class _Book(NamedTuple):
    """``weights``: how well a word tells the guide. ``likely``: of each word, how often each guide is asked by it, as logarithms."""

    every: list[_Asked]
    weights: dict[str, float]
    holding: dict[str, list[int]]
    slugs: list[str]
    likely: dict[str, array[float]]


def answers(text: str) -> list[str]:
    """The guides that answer what is asked, by their names on the shelf, the surest first; none where it is no question of every day."""
    words = folded_asked(text)
    if len(words) < 2:
        # A word by itself is looked up, and not asked.
        return []
    asked, book = _core(words), _book()
    near, meant = _nearest(asked, book), _meant(asked, book)
    sure = {slug: (one + meant[slug]) / 2 for slug, one in near.items()}
    best = sorted((slug for slug in sure if sure[slug] >= _SURE), key=lambda slug: (-sure[slug], slug))
    return best[:_MOST]


@cache
def keys_to(slug: str) -> tuple[bytes, ...]:
    """Words by which the index has a guide of the shelf in each of its languages, as keys: how people ask for it first."""
    first = [shelf.asked_of(slug, lang).split(". ")[0] for lang in LANGS]
    return tuple(key for one in first for key in read_question(one).keys[:_FEW])


def _nearest(asked: frozenset[str], book: _Book) -> dict[str, float]:
    """How much of the nearest of each guide's questions and of what is asked is the same, by weight: 1 is all."""
    whole = sum(book.weights.get(word, _UNKNOWN) for word in asked)
    shared: dict[int, float] = defaultdict(float)
    count: Counter[int] = Counter()
    for word in asked:
        places = book.holding.get(word, ())
        count.update(places)
        for place in places:
            shared[place] += book.weights[word]
    best: dict[str, float] = {}
    for place, same in shared.items():
        one = book.every[place]
        # One word of several says little, unless it is all of either.
        if count[place] == 1 and len(asked) > 1 and one.many > 1:
            continue
        best[one.slug] = max(best.get(one.slug, 0.0), 2 * same / (whole + one.weight))
    return best


def _meant(asked: frozenset[str], book: _Book) -> dict[str, float]:
    """How likely each guide is meant, of those words that are asked every day."""
    rows = [book.likely[word] for word in asked if word in book.likely]
    if not rows:
        return dict.fromkeys(book.slugs, 0.0)
    sums = [sum(each) for each in zip(*rows, strict=True)]
    most = max(sums)
    odds = [math.exp(one - most) for one in sums]
    share = len(rows) / len(asked) / sum(odds)
    return {slug: one * share for slug, one in zip(book.slugs, odds, strict=True)}


def _core(words: Iterable[str]) -> frozenset[str]:
    """The words that tell what is asked, each by the lot it belongs to."""
    each = [_lot(word) for word in telling(list(words))]
    return frozenset(one for one in each if one != _NOTHING) or frozenset(each)


def _lot(word: str) -> str:
    whole, loose = _lots()
    return whole.get(word) or loose.get(_loose(word)) or _loose(word)


def _loose(word: str) -> str:
    """What a word of speech shares with its other forms: less than a stem keeps, since few words are compared."""
    if not "\u0600" <= word[0] <= "\u06ff":
        return stem_asked(word)
    for end in _BEHIND:
        if word.endswith(end) and len(word) - len(end) >= _LEAST:
            word = word.removesuffix(end)
            break
    kept = stem_asked(word)
    for begin in _BEFORE:
        if kept.startswith(begin) and len(kept) - len(begin) >= _LEAST:
            return kept.removeprefix(begin)
    return kept


@cache
def _lots() -> tuple[dict[str, str], dict[str, str]]:
    """Of each word which lot it belongs to, as it is written and by what it shares with its forms."""
    whole: dict[str, str] = {}
    loose: dict[str, str] = {}
    for name, words in shelf.alike().items():
        for word in words:
            for part in folded_asked(word):
                whole.setdefault(part, name)
                loose.setdefault(_loose(part), name)
    return whole, loose


@cache
def _book() -> _Book:
    said = [(slug, _core(folded_asked(one))) for slug, one in shelf.every_asked()]
    holding: dict[str, list[int]] = defaultdict(list)
    often: dict[str, Counter[str]] = defaultdict(Counter)
    for place, (slug, words) in enumerate(said):
        for word in words:
            holding[word].append(place)
            often[word][slug] += 1
    slugs = sorted({slug for slug, _ in said})
    weights = {word: _weight(counts, len(slugs)) for word, counts in often.items()}
    every = [_Asked(slug, len(words), sum(map(weights.__getitem__, words))) for slug, words in said]
    return _Book(every, weights, dict(holding), slugs, _likely(often, slugs))


def _weight(counts: Mapping[str, int], many: int) -> float:
    """More where fewer guides are asked by a word: as many as its entropy makes them."""
    whole = sum(counts.values())
    entropy = -sum(one / whole * math.log(one / whole) for one in counts.values())
    return math.log(1 + many / math.exp(entropy))


def _likely(often: Mapping[str, Mapping[str, int]], slugs: Sequence[str]) -> dict[str, array[float]]:
    wholes = {
        slug: sum(counts.get(slug, 0) for counts in often.values()) + _SELDOM * len(often) for slug in slugs
    }
    return {
        word: array("f", [math.log((counts.get(slug, 0) + _SELDOM) / wholes[slug]) for slug in slugs])
        for word, counts in often.items()
    }
