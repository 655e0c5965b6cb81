"""A text as a reader sees it: unseen signs gone, look-alikes told apart, and the way back to what was typed.

Everything is matched against this form. It has one character for each visible
one of the text, so a place in it is a place in the text but for the unseen signs
before it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

# Joiners, directions, vowel marks, kashida, strokes laid over letters: a reader reads on.
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e01ef]+"
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_DIGIT = re.compile(r"\d")
_MARGIN = 64
_PARTICLES = ("", "ال", "و", "ب", "ل", "ع", "ف", "وال", "بال", "عال", "لل", "وب")

_SAME = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ە": "ه",
    "ک": "ك", "گ": "ك", "ڪ": "ك", "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "۔": ".",
    "İ": "i", "ı": "i", "×": "*", "∕": "/", "⁄": "/", "•": ".", "·": ".", "∙": ".", "。": ".", "′": "'", "’": "'",
    "″": '"', "”": '"', "“": '"', "º": "°", "﹫": "@", "＠": "@", "−": "-", "‐": "-", "‑": "-", "‒": "-",
    "–": "-", "—": "-", "―": "-", "﹘": "-", "\t": " ", "\xa0": " ", "\u202f": " ", "\u205f": " ",
    "\u3000": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n",
    # Cyrillic and Greek letters that look like Latin ones.
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ѕ": "s", "ј": "j",
    "А": "a", "В": "b", "Е": "e", "К": "k", "М": "m", "Н": "h", "О": "o", "Р": "p", "С": "c", "Т": "t",
    "Х": "x", "ο": "o", "α": "a", "ν": "v", "Ο": "o", "Α": "a", "Ε": "e", "Ι": "i", "Τ": "t",
}  # fmt: skip


def _look_alikes() -> dict[int, str]:
    """Every digit of any script as 0-9, every full-width, circled or mathematical letter as itself."""
    table: dict[int, str] = {}
    for code in chain(
        range(0x0660, 0x1B60), range(0x2070, 0x20A0), range(0x2460, 0x2500), range(0xFB50, 0xFF60),
        range(0x1D400, 0x1D800), range(0x1F100, 0x1F190),
    ):  # fmt: skip
        sign = chr(code)
        digit = unicodedata.digit(sign, -1)
        flat = str(digit) if digit >= 0 else unicodedata.normalize("NFKC", sign)
        if len(flat) == 1 and flat != sign:
            table[code] = _SAME.get(flat, flat)
    table.update(dict.fromkeys(range(8192, 8203), " "))
    table.update({ord(sign): same for sign, same in _SAME.items()})
    return table


_TABLE = _look_alikes()


class Seen:
    """One text, ready to be searched. ``rest`` is what detectors have not claimed yet."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._cuts: list[int] = []  # where, in what is seen, unseen signs stood
        self._lost: list[int] = []  # how many of them up to there
        self.plain = self._flatten(text)
        self.rest = self.plain
        self.words = frozenset(_WORD.findall(self.plain))

    def _flatten(self, text: str) -> str:
        if text.isascii():
            return text.replace("\t", " ").replace("\r", "\n").lower()
        if _UNSEEN.search(text):
            text = self._without_unseen(text)
        flat = text.translate(_TABLE)
        lowered = flat.lower()
        # A few letters grow when they are lowered; then only the plain ones are.
        return lowered if len(lowered) == len(flat) else "".join(
            sign.lower() if len(sign.lower()) == 1 else sign for sign in flat
        )  # fmt: skip

    def _without_unseen(self, text: str) -> str:
        lost = 0
        for found in _UNSEEN.finditer(text):
            self._cuts.append(found.start() - lost)
            lost += found.end() - found.start()
            self._lost.append(lost)
        return _UNSEEN.sub("", text)

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Where the stretch stands in the text as typed, unseen signs within it included."""
        return self._back(start), self._back(end - 1) + 1

    def _back(self, place: int) -> int:
        before = bisect_right(self._cuts, place)
        return place + (self._lost[before - 1] if before else 0)

    def claim(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Leave nothing of these stretches, which are in order, for the detectors that come after."""
        parts, place = [], 0
        for start, end in stretches:
            parts += [self.rest[place:start], "\n" * (end - max(start, place))]
            place = max(place, end)
        self.rest = "".join([*parts, self.rest[place:]])

    def has(self, vocabulary: Collection[str]) -> bool:
        """Whether any of these words stands in the text. Nothing dearer is asked before this."""
        return not self.words.isdisjoint(vocabulary)

    def near_digits(self, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where this form, which has digits in it, stands in ``rest``: looked for only where digits are."""
        text = self.rest
        first, last = _DIGIT.search(text), _DIGIT.search(text[::-1])
        if not first or not last:
            return iter(())
        return form.finditer(text, max(0, first.start() - _MARGIN), len(text) - last.start() + _MARGIN)


def words_before(text: str, place: int, reach: int) -> list[str]:
    """The words that end within reach of a place, the first one perhaps cut."""
    return _WORD.findall(text[max(0, place - reach) : place])


def one_of(words: str) -> frozenset[str]:
    """A vocabulary, written as words with spaces between."""
    return frozenset(words.split())


def prefixed(words: str) -> frozenset[str]:
    """A vocabulary of Arabic words, with the particles that are written onto them."""
    return frozenset(before + word for word in words.split() for before in _PARTICLES)
