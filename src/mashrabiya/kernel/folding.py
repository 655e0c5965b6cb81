"""How texts are compared when somebody searches: what is written differently and read alike becomes one.

Folding is for comparing only. What is shown, and what is quoted anywhere, stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

_ARABIC = "\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff"
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ء": "",
        "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ک": "ك", "گ": "ك", "ڭ": "ك",
        "ڤ": "ف", "ڥ": "ف", "پ": "ب", "چ": "ج", "ـ": "",
        # Latin letters that no decomposition takes apart.
        "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe",
        # Between two letters these say how a word sounds; they do not end it: 3'orba, don't.
        "'": "", "’": "", "‘": "", "ʼ": "", "`": "",
    }
)  # fmt: skip
# داعم/ة · داعم_ة · داعم.ة · داعم(ة) · داعم·ة, and ـون/ات, ـين/ات, ـو/ات: one word, two persons.
_BOTH = re.compile(rf"(?<![{_ARABIC}])([{_ARABIC}]+)(?:[/_.·•\-]|\()(ية|ة|ات|ت)\)?(?![{_ARABIC}])")
# Letters and pictures that nobody sees: fillers, blanks, selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_MANY = re.compile(r"([^\W\d_])\1{2,}")
# Two words that are one term, however they are spaced. «لا جنسية» is left alone: it may be statelessness.
_JOINED = re.compile(r"\b(لا|غير) (?=(?:جنسي|رومانسي|رومانسيه|ثنايي|ثناييه)\b)")
_PLURALS = ("ون", "ين", "و")
_PREFIXES = ("ال", "لل", "و", "ف", "ب", "ك", "ل")
_SUFFIXES = ("ات", "ون", "ين", "يه", "ها", "ه")
_LEAST = 3


def fold(text: str) -> str:
    """The words of a text as search compares them, one space apart. Folding twice is folding once."""
    if text.isascii():
        words = text.lower().translate(_LETTERS).translate(_PLAIN)
        return _MANY.sub(r"\1", " ".join(words.split()))
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    # A second time, since taking a letter apart can give one with another small form.
    plain = unicodedata.normalize("NFKD", plain.casefold())
    words = _BOTH.sub(_two_words, plain.translate(_SEEN)).translate(_LETTERS).translate(_PLAIN)
    words = _MANY.sub(r"\1", " ".join(words.split()))
    return _JOINED.sub(r"\1", words)


def light_stem(word: str, least: int = _LEAST) -> str:
    """A folded word without what Arabic writes onto it, as long as so many letters are left.

    The article may always leave three: nobody means another word by it.
    """
    kept, before = word, ""
    while kept != before:
        before = kept
        kept = _without_prefix(kept, least)
    before = ""
    while kept != before:
        before = kept
        kept = next(
            (
                kept[: -len(end)]
                for end in _SUFFIXES
                if kept.endswith(end) and len(kept) - len(end) >= max(least, _LEAST)
            ),
            kept,
        )
    return kept


REMEMBERED = 16384
"""So many words are remembered: of ten words of the house's own texts nine come again among the last so
many, and twice as many are met no more often."""
fold_word = lru_cache(maxsize=REMEMBERED)(fold)
"""``fold`` for a single word, remembered: words of texts come again and again. Of what somebody looks for, no word is."""


def fold_words(text: str) -> str:
    """``fold``, word by word: for looking through many texts at once, which have most of their words in common."""
    return _joined(map(fold_word, text.split()))


def fold_asked(text: str) -> str:
    """The same of what somebody looks for: none of it is remembered."""
    return _joined(map(fold, text.split()))


def _joined(folded: Iterable[str]) -> str:
    return _JOINED.sub(r"\1", " ".join(" ".join(folded).split()))


_stem = lru_cache(maxsize=REMEMBERED)(light_stem)


@lru_cache(maxsize=1024)
def words_of(text: str) -> frozenset[str]:
    """Every word of a text as ``fold`` writes it, and what is left of each without what is written onto it.

    Texts that many read are taken apart once; what is remembered lies in memory alone.
    """
    return words_once(text)


def words_once(text: str) -> frozenset[str]:
    """The same without remembering the text: for looking through many of them."""
    words = fold_words(text).split()
    return frozenset([*words, *map(_stem, words)])


def words_asked(text: str) -> frozenset[str]:
    """The same of what somebody looks for: none of it is remembered."""
    words = fold_asked(text).split()
    return frozenset([*words, *map(light_stem, words)])


def scripts_of(word: str) -> set[str]:
    """The scripts that the letters of a word belong to, by the names Unicode gives them."""
    names = (unicodedata.name(sign, "") for sign in word if unicodedata.category(sign)[0] == "L")
    return {re.split("[ -]", name, maxsplit=1)[0] for name in names}


def can_be_seen(text: str) -> bool:
    """Whether anything is there but spaces, joiners and marks that nobody sees."""
    return any(unicodedata.category(sign)[0] not in "ZC" for sign in text)


def _without_prefix(word: str, least: int) -> str:
    for start in _PREFIXES:
        floor = _LEAST if len(start) > 1 else max(least, _LEAST)
        if word.startswith(start) and len(word) - len(start) >= floor:
            return word[len(start) :]
    return word


def _is_seen(sign: str) -> bool:
    """Whether a sign stays: vowels, accents, joiners, direction marks and fillers do not."""
    return not (unicodedata.combining(sign) or unicodedata.category(sign) == "Cf" or _UNSEEN.match(sign))


def _letter(sign: str) -> str:
    """The sign itself, a digit as 0-9, or a space for all that stands between words."""
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    # Pictures are words too; marks that are no accents are letters of their scripts.
    return sign if kind[0] in "LNM" or kind == "So" else " "


class _Signs(dict[int, str]):
    """What becomes of each sign, found out when it is first met: there are fewer signs than words."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, code: int) -> str:
        found = self[code] = self._of(chr(code))
        return found


_SEEN = _Signs(lambda sign: sign if _is_seen(sign) else "")
_PLAIN = _Signs(_letter)


def _two_words(found: re.Match[str]) -> str:
    stem, end = found[1], found[2]
    if end == "ات":
        other = next((stem[: -len(last)] for last in _PLURALS if stem.endswith(last)), stem) + end
    elif end == "ية" and stem.endswith("ي"):
        other = stem + "ة"
    else:
        other = stem + end
    return f"{stem} {other}"
