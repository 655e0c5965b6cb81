"""A text read once: its words folded, and beside each what it would be without what is put inside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, chain
from unicodedata import category, normalize

from msgspec import Struct

from mashrabiya.kernel.folding import fold_word

LONGEST = 20_000
"""So much of a text is read; no post is longer."""

_LONGEST_WORD = 100
"""So many letters without a space are read as a word; no listed word is longer."""

_TOKEN = re.compile(r"\S+")
_ARABIC = re.compile("[\u0621-\u064a]")
_LATIN = re.compile("[a-z]")
_DIGIT_INSIDE = re.compile(r"(?<=[^\W\d_])\d+(?=[^\W\d_])")
_TWICE = re.compile(r"([^\W\d_])\1+")
_THRICE = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_STAR = re.compile(r"(?<=[^\W_])[*#%•]+(?=[^\W_])")
_ADDRESS = re.compile(r"https?:|www\.|\.\w{2,}/", re.IGNORECASE)
# Signs that stand for a letter in a Latin word.
_LEET = str.maketrans("0134578@$!€+", "oieastbasiet")
_ALIKE = str.maketrans(
    {
        # Letters of other alphabets that look Latin, and Arabic ones with dots that change nothing for the eye.
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s",
        "ԁ": "d", "һ": "h", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "г": "r", "п": "n", "и": "u",
        "α": "a", "ε": "e", "ο": "o", "ρ": "p", "ι": "i", "κ": "k", "τ": "t", "ν": "v", "υ": "u", "β": "b",
        "ڜ": "ش", "ښ": "ش", "ۆ": "و", "ۇ": "و", "ۈ": "و", "ۋ": "و", "ڕ": "ر", "ړ": "ر", "ڵ": "ل", "ێ": "ي",
        "ې": "ي", "ڨ": "ق", "ڞ": "ص", "ڊ": "د", "ډ": "د", "ټ": "ت", "ٺ": "ت", "ځ": "خ", "ڠ": "غ", "ژ": "ز",
    }
)  # fmt: skip
TWICE = "\x01"
"""Stands before a form in which no letter stands twice, because one was typed three times or more."""
HOLE = "\x02"
"""Stands for a letter that was starred out."""
_SINGLES, _ALONE = 3, 3
"""So many letters that stand apart, one after another, are one word."""


class Word(Struct, frozen=True, gc=False):
    """One word as typed, where it stood, and what it may be read as; the first is how search reads it."""

    start: int
    end: int
    forms: tuple[str, ...]

    @property
    def main(self) -> str:
        return self.forms[0]


class Reading:
    """A text as rules read it. ``line`` holds every form of every word, a space around each.

    ``typed`` are its words of Arabic in Latin letters, once somebody has asked for them.
    """

    __slots__ = ("_offsets", "_owners", "holed", "line", "seen", "text", "typed", "words")

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST]
        self.seen = normalize("NFKC", self.text).casefold()
        self.words = tuple(_words(self.text))
        others = _others(self.words)
        self.holed = [(owner, form) for owner, form in others if HOLE in form]
        mains = [word.forms[0] for word in self.words]
        more = [one for one in others if HOLE not in one[1]]
        # A space before and after each; further forms stand on lines of their own, so that none makes a phrase.
        self.line = f" {' '.join(mains)} \n " + "".join(f"{form} \n " for _, form in more)
        lengths = chain((len(main) + 1 for main in mains), (len(form) + 3 for _, form in more))
        self._offsets = list(accumulate(lengths, initial=1))
        # Between the words and the further forms stand two signs more.
        for place in range(len(mains), len(self._offsets)):
            self._offsets[place] += 2
        self._owners: list[int] = [*range(len(mains)), *(owner for owner, _ in more)]
        self.typed: list[tuple[int, str]] | None = None

    def owner(self, place: int) -> int:
        """Which word stands at this place of the line."""
        return self._owners[min(max(bisect_right(self._offsets, place) - 1, 0), len(self._owners) - 1)]


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        found.extend(Word(start, end, forms) for forms in _forms(token[0]))
    return found


def _others(words: tuple[Word, ...]) -> list[tuple[int, str]]:
    """Every further form, and letters that stand apart put together."""
    found = [
        (owner, form) for owner, word in enumerate(words) if len(word.forms) > 1 for form in word.forms[1:]
    ]
    singles = [owner for owner, word in enumerate(words) if _is_single(word)]
    if len(singles) < _SINGLES:
        return found
    run: list[int] = []
    for owner in (*singles, -1):
        if run and owner != run[-1] + 1:
            if len(run) >= _SINGLES:
                found.append((run[0], "".join(words[at].main for at in run)))
            run = []
        run.append(owner)
    return found


def _is_single(word: Word) -> bool:
    """A letter that stands by itself, perhaps with a mark on each side."""
    return word.end - word.start <= _ALONE and len(word.forms[0]) == 1 and word.forms[0].isalpha()


@lru_cache(maxsize=8192)
def _forms(token: str) -> tuple[tuple[str, ...], ...]:
    """The words of one token, each with what it may be read as."""
    token = token[:_LONGEST_WORD]
    mains = fold_word(token).split()
    if not mains:
        return ()
    whole = _whole_forms(token)
    first = tuple(
        dict.fromkeys((mains[0], *(form for form in whole if form != mains[0] and form not in mains)))
    )
    return (first, *((main,) for main in mains[1:]))


def _whole_forms(token: str) -> list[str]:
    """What the token is as one word, without what stands inside it."""
    if _ADDRESS.search(token) or len(token) > 60:
        return []
    plain = fold_word(token.translate(_ALIKE)).replace(" ", "")
    forms = [plain]
    if _ARABIC.search(plain):
        bare = _DIGIT_INSIDE.sub("", plain)
        forms += [bare, once(bare)]
    elif _LATIN.search(plain):
        core = _core(token).casefold().translate(_ALIKE).translate(_LEET)
        forms.append("".join(sign for sign in core if sign.isalpha()))
        if _THRICE.search(token):
            forms.extend(TWICE + once(form) for form in list(forms))
    if _STAR.search(token):
        masked = _STAR.sub(HOLE, _core(token).casefold().translate(_ALIKE))
        forms.append("".join(sign for sign in masked if sign.isalpha() or sign == HOLE))
    return [form for form in forms if form]


def once(word: str) -> str:
    """The word with one letter for every two or more alike."""
    return _TWICE.sub(r"\1", word)


def _core(token: str) -> str:
    """The token without what stands around it."""
    kept = [place for place, sign in enumerate(token) if category(sign)[0] in "LN" or sign in "@$"]
    return token[kept[0] : kept[-1] + 1] if kept else ""
