"""Arabic typed in Latin letters, known again by its skeleton and then letter by letter.

Only in a text that is typed so: else every short English word would be some Arabic one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mashrabiya.safety.matching.reading import Reading

_LEAST = 2
"""So many consonants a word must have."""
_TYPED = re.compile(r"[a-z2-9'$]+", re.IGNORECASE)
_NUMBERED = re.compile(r"(?=.*[a-z])(?:.*[a-z][2356789](?!\w*\d\d)|[2356789]'?[a-z]{2})", re.IGNORECASE)
# Small words that say that a text is typed so. None of them is English.
_TELLING = frozenset(
    [
        "ana",
        "enta",
        "enti",
        "inta",
        "inti",
        "anta",
        "ente",
        "inte",
        "ento",
        "into",
        "entou",
        "entum",
        "ehna",
        "hada",
        "hadi",
        "hayda",
        "haida",
        "hayde",
        "hada",
        "da",
        "di",
        "dol",
        "dool",
        "wallah",
        "walla",
        "wlh",
        "msh",
        "mesh",
        "mish",
        "mosh",
        "mosh",
        "mou",
        "mo",
        "mafi",
        "mafish",
        "shu",
        "shou",
        "shoo",
        "sho",
        "leh",
        "lesh",
        "leish",
        "lish",
        "keda",
        "kda",
        "heik",
        "hek",
        "hayk",
        "yalla",
        "yallah",
        "habibi",
        "habibti",
        "ya",
        "el",
        "il",
        "kol",
        "kul",
        "kil",
        "kel",
        "bas",
        "bass",
        "3ala",
        "3an",
        "fi",
        "men",
        "mn",
        "hom",
        "homma",
        "henne",
        "kullo",
        "kollo",
        "zay",
        "zayy",
        "metl",
        "mitl",
        "b7ebak",
        "bidi",
        "bidi",
        "baddi",
        "3ayez",
        "ayez",
        "wala",
        "wla",
        "ma3",
        "bta3",
        "elle",
        "elli",
        "illi",
        "yalli",
        "nta",
        "nti",
        "rak",
        "raki",
        "hadchi",
        "bzaf",
        "barsha",
        "barcha",
        "w",
        "ou",
        "ghir",
        "kima",
        "mashi",
        "machi",
        "chkoun",
        "chno",
        "wach",
    ]
)
_TELLS = 2

# Each Arabic letter as it may be typed.
_LETTERS = {
    "ب": "b|p", "ت": "t", "ث": "th|t|s", "ج": "j|g|dj", "ح": "7|h", "خ": "kh|5|7'|x", "د": "d", "ذ": "dh|th|z|d|4",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh|ch|\\$|4|s", "ص": "9|s", "ض": "9'|d|dh", "ط": "6|t", "ظ": "6'|z|dh|th",
    "ع": "3|a|", "غ": "gh|3'|8|g", "ف": "f|v", "ق": "q|k|2|9|g|8|", "ك": "k|c|ch", "ل": "l", "م": "m", "ن": "n", "ه": "h|",
}  # fmt: skip
_LONG = {"ا": "[ae2]{1,2}", "و": "(?:[ou]{1,2}w?|w)", "ي": "(?:[ie]{1,2}y?|y)"}
_SHORT = "[aeiou]{0,2}"
_BEFORE = "(?:w|f|wa)?(?:b|k|l|3|bi|li)?(?:el|al|il|l|le|la|2el|hal|hel|ya)?[-']?"
_AFTER = "(?:e|a|eh|ah|een|in|iyeen|iyin|yin|at|aat|iye|iya|eyya|oun|oon|un|ak|ik|ek|kon|kom|kum|hom|hon|na|i|y|o|ou|s)?"
# Letters that may be typed alike fall together.
_GROUPS = str.maketrans(
    {**dict.fromkeys("تثدذسصضطظزش", "T"), **dict.fromkeys("جقكغ", "K"), **dict.fromkeys("حخه", "H"), **dict.fromkeys("بف", "B"), "ر": "r", "ل": "l", "م": "m", "ن": "n"}
    | dict.fromkeys("اويع", "")
)  # fmt: skip
_LATIN_GROUPS = [
    (re.compile(r"sh|ch|th|dh(?!h)|\$"), "T"),
    (re.compile(r"kh|5|7'?|x"), "H"),
    (re.compile(r"dj|gh|3'|[qgkcj8]"), "K"),
    (re.compile(r"h"), "H"),
    (re.compile(r"[bpfv]"), "B"),
    (re.compile(r"[tdsz469]'?"), "T"),
    (re.compile(r"[aeiouyw23'-]"), ""),
]
_STARTS = ["el", "al", "il", "l", "w", "wel", "b", "bel", "hal", "f", "ya", "lel"]
_ENDS = ["een", "in", "at", "ak", "ik", "kom", "hom", "na", "oun", "oon", "s", "on"]
_LATIN = re.compile("[a-z]")
_RUN = re.compile(r"(.)\1+")


class Arabizi:
    """The words of a list as they may be typed in Latin letters. Words that are Latin already are left out."""

    def __init__(self, words: Mapping[int, str]) -> None:
        self._by_bones: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, word in words.items():
            if " " not in word and all("\u0621" <= sign <= "\u064a" for sign in word):
                bones = _bones_of(word)
                if len(bones) >= _LEAST:
                    self._by_bones[bones].append((number, word))

    def found(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Each listed word that stands there so, with the word of the text it stands at."""
        if not self._by_bones:
            return
        if reading.typed is None:
            reading.typed = _typed_so(reading)
        for owner, typed in reading.typed:
            listed = [one for bones in _bones_typed(typed) for one in self._by_bones.get(bones, ())]
            yield from ((number, owner) for number, word in listed if _spelled(word).fullmatch(typed))

    def meant(self, typed: str) -> list[int]:
        """The listed words that one word in Latin letters may be, whatever stands around it."""
        # Somebody looks for it: it is remembered nowhere.
        listed = {one for bones in _bones_asked(typed) for one in self._by_bones.get(bones, ())}
        return [number for number, word in listed if _spelled(word).fullmatch(typed)]


def _typed_so(reading: Reading) -> list[tuple[int, str]]:
    """The Latin words of a text that are Arabic, as far as that can be told."""
    if not _LATIN.search(reading.seen):
        return []
    typed = [
        (owner, found[0])
        for owner, word in enumerate(reading.words)
        if (found := _TYPED.fullmatch(_bare(reading.text[word.start : word.end])))
    ]
    numbered = {owner for owner, word in typed if _is_numbered(word)}
    told_by = len(numbered) + len({word for _, word in typed} & _TELLING)
    if told_by >= _TELLS or (numbered and len(typed) <= 4):
        return typed
    return [(owner, word) for owner, word in typed if owner in numbered]


def _bare(token: str) -> str:
    return token.strip('.,;:!?()[]"«»“”…').casefold()


@lru_cache(maxsize=8192)
def _is_numbered(word: str) -> bool:
    return bool(_NUMBERED.match(word))


def _bones_of(word: str) -> str:
    return _RUN.sub(r"\1", word.translate(_GROUPS))


def _bones_asked(word: str) -> tuple[str, ...]:
    """The skeletons a typed word may have: whole, and without what may be written before or after the stem."""
    starts = {0, *(len(before) for before in _STARTS if word.startswith(before))}
    ends = {len(word), *(len(word) - len(after) for after in _ENDS if word.endswith(after))}
    found = dict.fromkeys(_latin_bones(word[start:end]) for start in sorted(starts) for end in sorted(ends))
    return tuple(bones for bones in found if len(bones) >= _LEAST)


_bones_typed = lru_cache(maxsize=8192)(_bones_asked)


def _latin_bones(word: str) -> str:
    for sign, group in _LATIN_GROUPS:
        word = sign.sub(group, word)
    return _RUN.sub(r"\1", word)


@lru_cache(maxsize=4096)
def _spelled(word: str) -> re.Pattern[str]:
    """A word as it may be typed. Its long vowels must be there, short ones may."""
    parts, after_vowel = [], True
    for place, sign in enumerate(word):
        if sign in _LONG and (place or sign == "ا"):
            last = place == len(word) - 1
            parts.append(
                _LONG[sign] + ("" if place else "?") if not (last and sign == "ي") else "(?:i|y|ee|iy)"
            )
            after_vowel = True
            continue
        if not after_vowel:
            parts.append(_SHORT)
        letters = _LETTERS.get(sign, "w" if sign == "و" else "y" if sign == "ي" else re.escape(sign))
        parts.append(f"(?:{letters}){{1,2}}" if "|" not in letters[-1:] else f"(?:{letters})")
        after_vowel = False
    return re.compile(_BEFORE + "".join(parts) + _AFTER)
