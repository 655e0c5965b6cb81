"""A text as the words by which it is found, in their order. No word is lost: what has no stem stands as it is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any

from mashrabiya.kernel.folding import fold_words, light_stem

KEY_BYTES, CODE_BYTES = 5, 3
"""So long a word is where it is looked up, and where it stands in the row of a text."""

# Where a word's letters say its language well enough. Latin ones are taken for English: what is no English word
# mostly stands as it is, and does so in what is asked as well.
_LATIN, _CYRILLIC, _GREEK, _ARMENIAN = "english", "russian", "greek", "armenian"
_SCRIPTS = (("\u024f", _LATIN), ("\u03ff", _GREEK), ("\u052f", _CYRILLIC), ("\u058f", _ARMENIAN))
_ARABIC = ("\u0600", "\u06ff")
_BLOCKS = (("\u0900", "\u097f", "hindi"), ("\u0b80", "\u0bff", "tamil"))

# Written without spaces: each two neighbours are a word.
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)")

# What Arabic writes after a word, longest first, beyond what ``light_stem`` takes: whose it is, who did it, two of it.
_ENDINGS = (
    ("تين", "هما", "كما", "تها", "هم", "هن", "كم", "كن", "نا", "ان", "ها", "وا", "تم"),
    ("ا", "ي", "ه", "ت"),
)
_LEAST = 3


def words_of(text: str) -> list[str]:
    """The words of a text, folded and stemmed, in their order."""
    return [stem(word) for word in folded(text)]


def folded(text: str) -> list[str]:
    """The words of a text, folded alone."""
    words = fold_words(text).split()
    return words if text.isascii() else [part for word in words for part in _parts(word)]


@cache
def _stemmer(name: str) -> Any:
    # Its package reads the rules of thirty languages: not while a house starts, but when the first word is asked for.
    import snowballstemmer

    return snowballstemmer.stemmer(name)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What a folded word shares with its other forms."""
    first = word[0]
    if _ARABIC[0] <= first <= _ARABIC[1]:
        return _arabic(word)
    for last, name in _SCRIPTS:
        if first <= last:
            return str(_stemmer(name).stemWord(word)) if first.isalpha() else word
    for begins, ends, name in _BLOCKS:
        if begins <= first <= ends:
            return str(_stemmer(name).stemWord(word))
    return word


@lru_cache(maxsize=65536)
def key_of(word: str) -> bytes:
    """A stem as the index knows it."""
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def keys_of(text: str) -> list[bytes]:
    """The words of a text as the index knows them, in their order."""
    return [key_of(word) for word in words_of(text)]


def _arabic(word: str) -> str:
    kept = light_stem(word)
    for endings in _ENDINGS:
        kept = next(
            (kept[: -len(end)] for end in endings if kept.endswith(end) and len(kept) - len(end) >= _LEAST),
            kept,
        )
    return kept


def _parts(word: str) -> list[str]:
    """A word in one piece, or each two neighbours where a script writes no spaces."""
    if not _UNSPACED.search(word):
        return [word]
    found: list[str] = []
    for piece in filter(None, _UNSPACED.split(word)):
        pairs = [piece[at : at + 2] for at in range(len(piece) - 1)]
        found += pairs if pairs and _UNSPACED.match(piece) else [piece]
    return found
