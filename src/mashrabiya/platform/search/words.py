"""A text as the words by which it is found, in their order. No word is lost: what has no stem stands as it is.

Words of texts are remembered, since they come again and again. What ends in ``asked`` is the same for what somebody looks
for, and remembers nothing: whoever saw the memory of a house would else read there what was asked last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from mashrabiya.kernel.folding import REMEMBERED, fold_asked, fold_words
from mashrabiya.platform.search.tongues import ENGLISH, TONGUES, stemmer, told
from mashrabiya.platform.search.whole import whole

KEY_BYTES, CODE_BYTES = 5, 3
"""So long a word is where it is looked up, and where it stands in the row of a text."""

_LATIN = "\u024f"
# Where a word's letters say its language well enough.
_SCRIPTS = (("\u03ff", "greek"), ("\u052f", "russian"), ("\u058f", "armenian"))
_ARABIC = ("\u0600", "\u06ff")
_BLOCKS = (("\u0900", "\u097f", "hindi"), ("\u0b80", "\u0bff", "tamil"))

# Written without spaces: each two neighbours are a word.
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)")

# What Arabic writes before a word: and, then, by, like, for, the.
_BEFORE = ("ال", "لل", "و", "ف", "ب", "ك", "ل")
# What it writes after one, longest first: number, whose it is, who did it. Twice of each kind: «صديقاتي».
_ENDINGS = (
    ("ات", "ون", "ين", "يه", "ها", "ه"),
    (
        "تهما", "تكما", "تين", "هما", "كما", "تها", "تهم", "تهن", "تكم", "تكن", "تنا",
        "هم", "هن", "كم", "كن", "نا", "ان", "ها", "وا", "تم", "تي", "تك", "ته",
    ),
    ("ا", "ي", "ه", "ت", "ك"),
)  # fmt: skip
_LEAST = 3


def words_of(text: str) -> list[str]:
    """The words of a text, folded and stemmed, in their order."""
    words = folded(text)
    tongue = tongue_of(words)
    return [stem(word, tongue) for word in words]


def folded(text: str) -> list[str]:
    """The words of a text, folded alone."""
    return _parted(text, fold_words(text))


def folded_asked(text: str) -> list[str]:
    """The same of what somebody looks for."""
    return _parted(text, fold_asked(text))


def tongue_of(words: Iterable[str]) -> str:
    """The language in which the Latin words of a text are stemmed."""
    return told(words)


def stem_asked(word: str, tongue: str = ENGLISH) -> str:
    """What a folded word shares with its other forms; one in Latin letters in this language."""
    first = word[0]
    if _ARABIC[0] <= first <= _ARABIC[1]:
        return whole(word) or _arabic(word)
    if first <= _LATIN:
        return str(stemmer(tongue).stemWord(word)) if first.isalpha() else word
    for last, name in _SCRIPTS:
        if first <= last:
            return str(stemmer(name).stemWord(word)) if first.isalpha() else word
    for begins, ends, name in _BLOCKS:
        if begins <= first <= ends:
            return str(stemmer(name).stemWord(word))
    return word


@lru_cache(maxsize=REMEMBERED)
def stem(word: str, tongue: str = ENGLISH) -> str:
    """The same of a word of a text."""
    return stem_asked(word, tongue)


def other_stems(word: str, tongues: Iterable[str] = TONGUES) -> list[str]:
    """What texts in these languages have of a word that is asked for in Latin letters, and itself, where that is another stem."""
    if not (word[0].isalpha() and word[0] <= _LATIN):
        return []
    known = stem_asked(word)
    return [
        one for one in dict.fromkeys([word, *(stem_asked(word, name) for name in tongues)]) if one != known
    ]


def key_asked(word: str) -> bytes:
    """A stem as the index knows it."""
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


key_of = lru_cache(maxsize=REMEMBERED)(key_asked)
"""The same of a word of a text."""


def keys_of(text: str) -> list[bytes]:
    """The words of a text as the index knows them, in their order."""
    return [key_of(word) for word in words_of(text)]


def _arabic(word: str) -> str:
    kept, before = word, ""
    while kept != before:
        before, kept = kept, _bare(kept, whole=kept == word)
    for kind, endings in enumerate(_ENDINGS):
        # Of the first kind as many as there are, as ``light_stem`` has it.
        for _ in range(2 if kind else len(kept)):
            if not kept.endswith(endings):
                break
            before, kept = kept, next((kept[: -len(end)] for end in endings if _ends(kept, end)), kept)
            if kept == before:
                break
    return kept


def _bare(word: str, *, whole: bool) -> str:
    """A word without one thing that is written before it.

    What begins with an article behind another letter mostly has none where three letters would be left: «والدتي».
    """
    for start in _BEFORE:
        least = _LEAST if whole or start != "ال" else _LEAST + 1
        if word.startswith(start) and len(word) - len(start) >= least:
            return word[len(start) :]
    return word


def _ends(word: str, end: str) -> bool:
    return word.endswith(end) and len(word) - len(end) >= _LEAST


def _parted(text: str, said: str) -> list[str]:
    words = said.split()
    return words if text.isascii() else [part for word in words for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """A word in one piece, or each two neighbours where a script writes no spaces."""
    if not _UNSPACED.search(word):
        return [word]
    found: list[str] = []
    for piece in filter(None, _UNSPACED.split(word)):
        pairs = [piece[at : at + 2] for at in range(len(piece) - 1)]
        found += pairs if pairs and _UNSPACED.match(piece) else [piece]
    return found
