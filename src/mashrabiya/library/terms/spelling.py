"""How a word may be written, and what of it is compared. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from mashrabiya.kernel.folding import fold, fold_word, light_stem

_ASIDE = re.compile(r"\(([^)]*)\)")
STEM = 4
_MOST = 8
_ARTICLES = ("ال", "لل")
_PARTICLES = ("و", "ف", "ب", "ك", "ل", "وب", "ول", "وك", "فب", "فل")
_DISTANT = 4
"""A word of fewer letters has no near ones: they would be other words."""


def readings_asked(form: str) -> tuple[str, ...]:
    """A word as search folds it, once for each way to read it: «عابر/ة جنسيًا» is two, what stands in brackets may go."""
    found: dict[str, None] = {}
    for said in (form, _ASIDE.sub(" ", form)) if "(" in form else (form,):
        parts = [_halves(part) for part in said.split()]
        for chosen in list(product(*parts))[:_MOST]:
            # Together once more: two words may be one, «لا جنسي».
            if folded := fold(" ".join(chosen)):
                found[folded] = None
    return tuple(found)


readings = lru_cache(maxsize=4096)(readings_asked)
"""The same of a word of the glossary, remembered: it is read for several lists. What somebody looks up is not."""


def _halves(part: str) -> list[str]:
    folded = fold(part).split()
    # What a slash makes two of is one word for two persons; other signs only part words.
    if len(folded) == 2 and folded[0] != folded[1] and not is_latin(folded[0]) and "/" in part:
        return folded
    return [" ".join(folded)]


def stemmed(folded: str) -> str:
    """What is compared where no word is written just so."""
    return " ".join(light_stem(word, STEM) for word in folded.split())


def is_latin(folded: str) -> bool:
    return folded.isascii()


def is_of(language: str, folded: str) -> bool:
    """Whether a form is written in the letters of its language: Arabic in Latin letters is not."""
    return is_latin(folded) != (language == "ar")


@lru_cache(maxsize=16384)
def bare(word: str) -> tuple[str, ...]:
    """A folded word of a text, and what it may be without what is written onto its beginning or, in English, its end."""
    if is_latin(word):
        return (word, word[:-1]) if len(word) > STEM and word.endswith("s") else (word,)
    kept, free = [word], []
    for first in ("", *_PARTICLES):
        if not word.startswith(first):
            continue
        rest = word[len(first) :]
        kept += [rest] if first else []
        if rest.startswith("لل"):
            kept.append("ال" + rest[2:])
        free += [rest[len(article) :] for article in _ARTICLES if rest.startswith(article)]
    found = [*kept, *free]
    return tuple(one for one in dict.fromkeys(found) if len(one) > 1)


_WORD = re.compile(r"[\w\u064b-\u0670'’\u200c\u200d]+")
_FEMALE = re.compile(r"[/_.·•(\-](?:ية|ة|ات|ت)\)?(?!\w)")


def words_at(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text with where each stands in it."""
    found, after = [], 0
    for piece in _WORD.finditer(text):
        start, end = piece.span()
        if start < after:
            continue
        words = fold_word(piece[0]).split()
        # «عابر/ة» is one word for two persons.
        if words and (both := _FEMALE.match(text, end)):
            end = after = both.end()
        found += [(word, start, end) for word in words]
    return _joined(found)


def _joined(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Two words that are one term, as folding joins them: «لا جنسي»."""
    found: list[tuple[str, int, int]] = []
    for word, start, end in words:
        before = found[-1] if found else None
        if before and before[0] in {"لا", "غير"} and " " not in (pair := fold_word(f"{before[0]} {word}")):
            found[-1] = (pair, before[1], end)
        else:
            found.append((word, start, end))
    return found


def is_near(asked: str, word: str) -> bool:
    """Whether one letter more, less, other or two exchanged makes one of the other."""
    short, long = sorted((asked, word), key=len)
    if len(short) < _DISTANT or len(long) - len(short) > 1:
        return False
    at = next(
        (place for place, (one, other) in enumerate(zip(short, long, strict=False)) if one != other),
        len(short),
    )
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or (
        short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    )
