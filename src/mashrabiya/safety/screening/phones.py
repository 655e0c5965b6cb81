"""Phone numbers in digits: international, with the trunk zero, or in the shapes numbers are dialled in.

A run is a stretch of digits with the signs people put between them. The strong
shapes (a country's code, a leading zero) count wherever they stand; the weaker
ones only where nothing speaks against them; and after a word such as "my number"
anything of a phone number's length does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mashrabiya.safety.screening.numbers import (
    is_compact_date,
    is_measured,
    is_of_a_thing,
    is_plain_sequence,
    is_thousands,
    starts_with_date,
)
from mashrabiya.safety.screening.seen import Seen, one_of, prefixed, words_before

# So many characters of digits no letter has; a text made of them must not cost more than one of words.
_MOST = 2_000
_MOST_LETTERS = 200
_REACH = 32

WORDS = prefixed(
    "رقمي رقمك رقمه رقمها رقمو نمرتي نمرتها نمرته نمره جوالي جوال موبايل موبايلي تلفون تلفوني تليفون "
    "تليفوني هاتف هاتفي هاتفه هاتفها فوني خلوي محمول محمولي اتصل اتصلي اتصلوا تتصل كلمني كلميني كلموني "
    "رني رنلي دقلي دق دقي واتس واتساب واتسي وتساب وتسات تلفن تلفنلي تيليفون نومرو نومروي عيطلي عيطيلي"
) | one_of(
    "whatsapp phone call text txt tel telephone mobile cell number whats viber wa sms ring dial gsm "
    "hotline landline numero num raqmi"
)

_BETWEEN = r"[ \-.()/_*~,|]"
_RUN = re.compile(
    rf"(?<![a-z0-9_])(?=[+(]{{0,2}}\d(?:{_BETWEEN}{{0,3}}\d){{6}})[+(]{{0,2}}\d++(?:{_BETWEEN}{{0,4}}+\d++){{0,64}}+\)?"
)
_GROUP = re.compile(r"\d+")
_ARAB_CODES = "20|21[1236-8]|249|25[23]|269|96[0-8]|97[0-4]|98|90"
_CODES = (
    rf"(?:{_ARAB_CODES}|1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[1-5]|2[1-6]\d|29[0-9]|3[578]\d|42[0-3]"
    r"|5[09]\d|6[789]\d|8[0-8]\d|9[679]\d|99\d)"
)
_STRONG = re.compile(
    rf"\+{_BETWEEN}{{0,2}}{_CODES}(?:{_BETWEEN}{{0,3}}\d){{6,12}}(?!\d)"
    rf"|(?<![\d.,])00{_BETWEEN}{{0,2}}{_CODES}(?:{_BETWEEN}{{0,2}}\d){{7,12}}(?!\d)"
    rf"|(?<![\d.,/])(?<!\d[ -])(?:{_ARAB_CODES})[ -]?[1-9]\d?(?:[ -]?\d){{6,9}}(?!\d)"
    r"|(?<!\d)(?<!\d[.,])\(?0[1-9]\d{7,9}(?!\d)"
    rf"|(?<!\d)(?<!\d[.,/-])\(?0[1-9](?:{_BETWEEN}{{0,3}}\d){{6,10}}(?!\d)"
    r"|(?<!\d)(?<!\d[.,])0(?:[ \-._*]{1,4}\d(?!\d)){8,11}"
    r"|(?<!\d)(?<!\d[.,])0 \d{2,3}(?:[ .-]{0,2}\d){6,8}(?!\d)"
)
_SHAPES = re.compile(
    r"(?<!\d)(?<!\d[.,/-])(?:"
    r"(?:1[ .-]?)?\(?[2-9]\d\d\)?[ .-]{1,2}[2-9]\d\d[ .-]\d{4}"  # North America
    r"|\d{3}-\d{4}"
    r"|[5-9]\d[ /-]\d{3}[ -]\d{4}"  # a mobile number without its zero
    r"|[3-9]\d[ /-]\d{6,7}|[5-9]\d\d[ /-]\d{6}|7[0168][ .-]\d{3}[ .-]\d{3}"
    r"|[3579]\d{3}[ -]\d{4}"  # the Gulf's eight digits
    r"|[5-9]\d{8}|1[0125]\d{8}|[2-9]\d\d[2-9]\d{6}|[3-9]\d{7}"
    r")(?!\d)(?![.,/-]\d)"
)
_O_FOR_ZERO = re.compile(
    r"(?<=\d)o(?=[\d \-.])|(?<![^\W\d])o(?=[ \-.]?\d\d)|(?<=\d[ \-.])o(?=\d)|(?<=\d)[il](?=\d)"
)
_O_BY_DIGIT = re.compile(r"\d[ \-.]?[oil]|o[ \-.]?\d")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d(?: ?- ?(?:[01]?\d|2[0-4])\.[0-5]\d)+")


def phones(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where phone numbers stand."""
    text, left = seen.rest, _MOST
    text = seen.rest = (
        _O_FOR_ZERO.sub(_as_digit, text, count=_MOST_LETTERS) if _O_BY_DIGIT.search(text) else text
    )
    has_words = seen.has(WORDS)
    for run in seen.near_digits(_RUN):
        keyed = has_words and not WORDS.isdisjoint(words_before(text, run.start(), _REACH))
        for start, end in _in_run(run[0], keyed=keyed):
            at, to = run.start() + start, run.start() + end
            if "+" in text[at:to] or not _counts(text, at, to):
                yield at, to
        left -= len(run[0])
        if left < 0:
            return


def _as_digit(found: re.Match[str]) -> str:
    return "0" if found[0] == "o" else "1"


def _counts(text: str, start: int, end: int) -> bool:
    """Whether it counts or names a thing. What begins with a zero is never a measure."""
    if is_of_a_thing(text, start):
        return True
    return text[start:end].lstrip("(")[0] != "0" and is_measured(text, end)


def _in_run(run: str, *, keyed: bool) -> list[tuple[int, int]]:
    strong = [found.span() for found in _STRONG.finditer(run) if _may_be_dialled(found[0], strong=True)]
    if strong:
        return strong
    if keyed and _could_be_dialled(run):
        return [(0, len(run))]
    return [found.span() for found in _SHAPES.finditer(run) if _may_be_dialled(found[0], strong=False)]


def _could_be_dialled(run: str) -> bool:
    """After a word that says so: whatever has the length of a phone number and is no date or price."""
    groups = _GROUP.findall(run)
    length = sum(map(len, groups))
    if not 7 <= length <= 15 or starts_with_date(run) or run[-4:] == "0000" or is_plain_sequence(groups):
        return False
    return "," not in run or not is_thousands(run)


def _may_be_dialled(number: str, *, strong: bool) -> bool:
    groups = _GROUP.findall(number)
    digits = "".join(groups)
    if number.startswith("+"):
        return 8 <= len(digits) <= 15 and len(set(digits)) > 1
    if is_plain_sequence(groups) or _is_another_thing(number, groups):
        return False
    return strong or not _is_weak(digits, groups)


def _is_another_thing(number: str, groups: list[str]) -> bool:
    """A date, hours of the day, a price."""
    if starts_with_date(number) and not (len(groups) == 5 and set(map(len, groups)) == {2}):
        return True
    return bool(_CLOCK.match(number)) or ("," in number and is_thousands(number))


def _is_weak(digits: str, groups: list[str]) -> bool:
    """What has the shape of a phone number and more often is something else."""
    if digits.endswith("000") or (len(groups) == 1 and len(digits) == 8 and is_compact_date(digits)):
        return True
    if len(groups) == 2 and len(digits) in {7, 8}:
        low, high = int(groups[0]), int(groups[1])
        years = all(1200 <= value <= 2100 for value in (low, high))
        return years or (low < high < 2 * low) or (low % 10 == 0 and high % 10 == 0)
    return is_thousands(digits) or len(set(digits)) <= 2
