"""Phone numbers spelled out in words: Arabic as it is spoken in several places, and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mashrabiya.safety.screening.seen import Seen, one_of

_REACH_OF_GAP = 4
_LEAST_WORDS, _LEAST_DIGITS, _MOST_DIGITS = 4, 7, 18
_DIALLED, _LEAST_KINDS = 9, 2

_UNITS = {
    "0": "صفر زيرو زيرو zero oh o nought sifr sefr sifir",
    "1": "واحد واحده وحده وحد one wahad wahed wa7ad wa7ed",
    "2": "اثنين اثنان اتنين تنين ثنين ثنتين تنتين اثنتين اثنتان جوج زوج two tnen tnein itnin etnen",
    "3": "ثلاثه تلاته ثلاث تلات تلت ثلث تلاتا three tlete tlate talata talate",
    "4": "اربعه اربع ربعه four arba3a arbaa arb3a",
    "5": "خمسه خمس خمسا five khamse khamsa 5amse 5amsa",
    "6": "سته ست ستا six sitte sitta setta",
    "7": "سبعه سبع سبعا seven sab3a sabaa sab3ah",
    "8": "ثمانيه تمانيه تمنيه ثمنيه ثمان تمن ثماني تماني تمانيا eight tmene tamanya tmenye",
    "9": "تسعه تسع تسعود تسعا nine tis3a tes3a tisaa tesaa",
}
_TENS = (
    "عشره عشرين ثلاثين تلاتين اربعين خمسين ستين سبعين ثمانين تمانين تسعين عشرون ثلاثون اربعون خمسون ستون سبعون "
    "ثمانون تسعون احدعش حداعش اتناعش اثناعش اثنعش تلتاعش ثلاثطعش اربعتاعش خمستاعش خمسطعش ستاعش سبعتاعش تمنتاعش "
    "تسعتاعش ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty "
    "fourty fifty sixty seventy eighty ninety"
)
_GLUE = one_of("و and then ثم بعدين plus dash شرطه space")
_TIMES = {"double": 2, "triple": 3, "treble": 3, "دبل": 2, "مرتين": 1, "twice": 1}


def _values() -> dict[str, str]:
    words = {word: digit for digit, names in _UNITS.items() for word in names.split()}
    words.update(dict.fromkeys(_TENS.split(), "x"))
    return {before + word: value for word, value in words.items() for before in _particles(word)}


def _particles(word: str) -> tuple[str, ...]:
    return ("", "و", "ال") if not word[0].isascii() else ("",)


VALUES = _values()
_GATE = frozenset(VALUES) | {"wa", "arba", "sab", "tis", "tes"}
_TOKEN = re.compile(r"[^\W_]+")


def spelled(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where words stand that dial a number."""
    if len(seen.words & _GATE) < _LEAST_KINDS:
        return
    run: list[tuple[int, int, str]] = []
    repeat = 1
    for token in _TOKEN.finditer(seen.rest):
        word, start, end = token[0], token.start(), token.end()
        if run and start - run[-1][1] > _REACH_OF_GAP:
            yield from _dialled(run)
            run, repeat = [], 1
        value = VALUES.get(word) or (word if word.isascii() and word.isdigit() and len(word) < 8 else "")
        if value:
            run.append((start, end, value * repeat))
            repeat = 1
        elif word in _TIMES:
            repeat = _TIMES[word]
            if run:
                run.append((start, end, ""))
        elif run and word in _GLUE:
            run.append((start, end, ""))
        elif run:
            yield from _dialled(run)
            run, repeat = [], 1
    yield from _dialled(run)


def _dialled(run: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    while run and not run[-1][2]:
        run.pop()
    digits = "".join(value for _, _, value in run)
    words = sum(1 for start, end, value in run if value and (end - start != len(value) or value == "x"))
    # "zero five zero 1234567": a number that is dialled begins so, also where the rest is in digits.
    least = _LEAST_WORDS - (digits.startswith("0") and len(digits) >= _DIALLED)
    if words >= least and _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS and not _is_counting(digits):
        yield run[0][0], run[-1][1]


def _is_counting(digits: str) -> bool:
    """One, two, three … up or down, a beat, or the same word over and over."""
    if len(set(digits)) <= 2:
        return True
    steps = [ord(after) - ord(before) for before, after in pairwise(digits)]
    rising = max(steps.count(1), steps.count(-1))
    return rising * 5 >= len(steps) * 4 or (rising * 3 >= len(steps) * 2 and _comes_again(digits))


def _comes_again(digits: str) -> bool:
    """The same few over and over, as a beat is counted."""
    return any(
        digits == (digits[:beat] * len(digits))[: len(digits)] for beat in range(2, len(digits) // 2 + 1)
    )
