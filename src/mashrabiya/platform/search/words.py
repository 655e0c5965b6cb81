"""A text as the words by which it is found, in their order. No word is lost: what has no stem stands as it is.

Words of texts are remembered, since they come again and again. What ends in ``asked`` is the same for what somebody looks
for, and remembers nothing: whoever saw the memory of a house would else read there what was asked last.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

from mashrabiya.kernel.folding import REMEMBERED, fold_asked, fold_one, fold_words
from mashrabiya.platform.search.tongues import ENGLISH, SMALL, TONGUES, stemmer, told
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

# What Arabic writes after a word, longest first: number, whose it is, who did it. Twice of each kind: «صديقاتي».
_ENDINGS = (
    ("ات", "ون", "ين", "يه", "ها", "ه"),
    (
        "تهما", "تكما", "تين", "هما", "كما", "تها", "تهم", "تهن", "تكم", "تكن", "تنا",
        "هم", "هن", "كم", "كن", "نا", "ان", "ها", "وا", "تم", "تي", "تك", "ته",
    ),
    ("ا", "ي", "ه", "ت", "ك"),
)  # fmt: skip
# What it writes before one: and, then, by, like, for; and the article. A ف before any other letter than an ا is mostly
# one of the word's own: «فكرة» is not «كره», «فيروس» no «يروس».
_BEFORE = "اوفبكل"
_LEAST = 3
# By the last letter, and how often of each kind: of the first as many as there are, as ``light_stem`` has it.
_BY_LAST = tuple(
    (
        {last: [(end, len(end)) for end in kind if end[-1] == last] for last in {end[-1] for end in kind}},
        2 if at else sys.maxsize,
    )
    for at, kind in enumerate(_ENDINGS)
)
_FEW = 16_384
"""So many words of texts are remembered, in each of two halves: the older one goes when the younger one is full."""
_JOINS = re.compile(r"(?:جنسي|رومانسي|رومانسيه|ثنايي|ثناييه)\b")


def words_of(text: str) -> list[str]:
    """The words of a text, folded and stemmed, in their order."""
    words = folded(text)
    tongue = tongue_of(words)
    return [stem(word, tongue) for word in words]


def words_asked(text: str) -> list[str]:
    """The same of what somebody looks for."""
    words = folded_asked(text)
    tongue = tongue_of(words)
    return [stem_asked(word, tongue) for word in words]


def folded(text: str) -> list[str]:
    """The words of a text, folded alone."""
    return _apart(fold_words(text))


def folded_asked(text: str) -> list[str]:
    """The same of what somebody asks: none of it is remembered."""
    return _apart(fold_asked(text))


def tongue_of(words: Iterable[str]) -> str:
    """The language in which the Latin words of a text are stemmed."""
    return told(words)


def stem_asked(word: str, tongue: str = ENGLISH) -> str:
    """What a folded word shares with its other forms; one in Latin letters in this language. Nothing is remembered."""
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


stem = lru_cache(maxsize=REMEMBERED)(stem_asked)
"""The same, remembered: for words of texts, which come again and again."""


def other_stems(word: str, tongues: Iterable[str] = TONGUES) -> list[str]:
    """What texts in these languages have of a word that is asked for, and itself, where that is another stem."""
    if not (word[0].isalpha() and word[0] <= _LATIN):
        return []
    known = stem_asked(word)
    return [
        one for one in dict.fromkeys([word, *(stem_asked(word, name) for name in tongues)]) if one != known
    ]


def key_asked(word: str) -> bytes:
    """A stem as the index knows it. Nothing is remembered."""
    return blake2b(word.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


key_of = lru_cache(maxsize=REMEMBERED)(key_asked)
"""The same, remembered: for words of texts."""


def keys_of(text: str) -> list[bytes]:
    """The words of a text as the index knows them, in their order."""
    known, written = _known(), text.split()
    keys = list(chain.from_iterable(map(known.__getitem__, written)))
    if known.tells.keys().isdisjoint(written):
        return keys
    small = " ".join([known.tells[word] for word in written if word in known.tells])
    if _ASIDE not in small and tongue_of(small.split()) == ENGLISH:
        return keys
    return [key_of(word) for word in words_of(text)]


class _Written(dict[str, tuple[bytes, ...]]):
    """Words as they are written, each with its keys as English has them, and what some tell of another language.

    It says of no text that it held them. They go when as many others came, and with the process.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tells: dict[str, str] = {}
        self._older: dict[str, tuple[bytes, ...]] = {}

    def __missing__(self, word: str) -> tuple[bytes, ...]:
        keys = self._older.get(word)
        if keys is None:
            keys = self._read(word)
        if len(self) >= _FEW:
            self._older = dict(self)
            self.clear()
        self[word] = keys
        return keys

    def _read(self, word: str) -> tuple[bytes, ...]:
        said = fold_one(word)
        parts = _apart(said)
        # «لا جنسي» is one word: what may be the second half of it is read with what stands before.
        if _JOINS.match(said):
            self.tells[word] = _ASIDE
        elif not SMALL.isdisjoint(parts):
            self.tells[word] = " ".join(parts)
        return tuple([key_asked(stem_asked(part)) for part in parts])


_ASIDE = "\0"
_KNOWN = [_Written()]


def _known() -> _Written:
    if len(_KNOWN[0].tells) >= _FEW:
        _KNOWN[0] = _Written()
    return _KNOWN[0]


def _arabic(word: str) -> str:
    kept = _bare(word)
    for kind, most in _BY_LAST:
        for _ in range(most):
            if kept[-1] not in kind:
                break
            before, kept = kept, _shorter(kept, kind[kept[-1]])
            if kept == before:
                break
    return kept


def _shorter(word: str, ends: Iterable[tuple[str, int]]) -> str:
    """A word without the first of these that leaves enough of it."""
    for end, long in ends:
        if len(word) - long >= _LEAST and word.endswith(end):
            return word[:-long]
    return word


def _bare(word: str) -> str:
    """A word without what is written before it: and, then, by, like, for, the.

    What begins with an article behind another letter mostly has none where three letters would be left: «والدتي».
    """
    kept, least = word, _LEAST
    while (long := len(kept)) > _LEAST:
        first = kept[0]
        if first not in _BEFORE or (first == "ف" and kept[1] != "ا"):
            break
        two = kept[1] == "ل" and long - 2 >= _LEAST
        if first == "ا":
            if not two or long - 2 < least:
                break
            kept = kept[2:]
        else:
            kept = kept[2:] if two and first == "ل" else kept[1:]
        least = _LEAST + 1
    return kept


def _apart(said: str) -> list[str]:
    """The words of a folded text; each two neighbours where a script writes no spaces."""
    words = said.split()
    if said.isascii() or not _UNSPACED.search(said):
        return words
    return [part for word in words for part in _parts(word)]


def _parts(word: str) -> list[str]:
    if not _UNSPACED.search(word):
        return [word]
    found: list[str] = []
    for piece in filter(None, _UNSPACED.split(word)):
        pairs = [piece[at : at + 2] for at in range(len(piece) - 1)]
        found += pairs if pairs and _UNSPACED.match(piece) else [piece]
    return found
