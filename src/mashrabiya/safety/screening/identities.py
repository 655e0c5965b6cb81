"""Identity numbers, bank accounts and cards, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from mashrabiya.safety.screening.numbers import is_luhn, starts_with_date
from mashrabiya.safety.screening.seen import Seen, one_of, prefixed

_MOST = 60

_NAMES_AR = (
    "رقمي الوطني|رقم وطني|رقم الوطني|الرقم الوطني|رقم قومي|رقم القومي|رقمي القومي|الرقم القومي|رقم هويتي|رقم هويه|رقم الهويه"
    "|رقم الهويه الوطنيه|هويتي|رقم بطاقتي|رقم البطاقه|رقم بطاقه التعريف|رقم البطاقه الوطنيه|البطاقه الوطنيه|بطاقتي|بطاقتي الشخصيه"
    "|بطاقه التعريف|رقم الاقامه|رقم اقامتي|اقامتي|رقم جوازي|رقم الجواز|رقم جواز السفر|رقم جواز سفري|جوازي|جواز سفري|جواز السفر|رقم الضمان"
    "|رقم الضمان الاجتماعي|رقم التامين|رقم السجل|رقم المفوضيه|رقم ملف المفوضيه|رقم الملف|كد ملي|السجل المدني|سجلي المدني"
)
_NAMES_EN = (
    "passport|passport no|passport number|passport nr|id no|id number|id card|national id|national number|my id"
    "|identity card|identity number|social security|social security number|ssn|nin|ni no|ni number|national insurance|national insurance number"
    "|iqama|emirates id|civil id|cpr|kimlik|kimlik no|tckn|tc|dni|nie|driving licence|driving license|driver's license|drivers license"
    "|unhcr no|unhcr number|unhcr file|unhcr case|residence permit|cin|cnie"
)


def _longest_first(names: str) -> str:
    """So that a name is not taken for the shorter one it begins with."""
    return "|".join(sorted(map(re.escape, names.split("|")), key=len, reverse=True))


_ID_NAMES = re.compile(
    rf"(?<!\w)(?:(?:و|ب|ل)?(?:ال)?(?:{_longest_first(_NAMES_AR)})|{_longest_first(_NAMES_EN)})(?!\w)"
)
_ID_VALUE = re.compile(
    r"(?:\s?(?:no|number|nr|رقم|رقمها|رقمه|هو|هي|is|was|it's|[:.#=(-])){0,3}\s?(?P<value>[a-z]{0,3}[ -]?\d(?:[ ./-]?\d){4,19}[a-z]?|[a-z]{1,3}\d{4,10}|\d{3}-\d{2}[a-z]\d{5})(?!\w)"
)
_ID_WORDS = prefixed(
    "رقمي رقم هويتي هويه بطاقتي بطاقه البطاقه اقامتي اقامه الاقامه جوازي جواز الضمان السجل سجلي كد المفوضيه "
    "وطني قومي"
) | one_of(
    "passport id national identity social ssn nin iqama emirates civil cpr kimlik tckn tc dni nie driving "
    "driver drivers unhcr residence cin cnie ni insurance"
)
_SHAPE = re.compile(
    r"(?<![\w./-])(?:"
    r"(?P<egypt>[23]\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[0-3]\d|88)\d{5})"
    r"|(?P<emirates>784[- ]?(?:19|20)\d\d[- ]?\d{7}[- ]?\d)"
    r"|(?P<us>(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4})"
    r"|(?P<saudi>[12]\d{9})|(?P<turkey>[1-9]\d{10})|(?P<spain>[xyz]?\d{7,8}[a-z])"
    r"|(?P<france>[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d[\dab] ?\d{3} ?\d{3}(?: ?\d\d)?)"
    r"|(?P<britain>[a-ceghj-pr-tw-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d])"
    r"|(?P<unhcr>\d{3}-\d{2}[a-z]\d{5})"
    r")(?![\w]|[.,-]\d)"
)
_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d\d(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_CARD = re.compile(
    r"(?<![\w.-])(?:[3-6]\d{3}(?P<s>[ -]?)\d{4}(?P=s)\d{4}(?P=s)\d{1,7}|3[47]\d\d[ -]?\d{6}[ -]?\d{5})(?![\w]|[.,-]\d)"
)
_ACCOUNT = re.compile(
    r"(?<!\w)(?:رقم حسابي|رقم الحساب|حسابي البنكي|حسابي في البنك|الحساب البنكي|رقم البطاقه البنكيه|account (?:no|number)|acct|sort code|bank account|routing number|cliq)"
    r"(?:\s?(?:no|number|هو|is|رقم|[:.#=-])){0,3}\s?(?P<value>\d(?:[ -]?\d){5,19})(?!\w)"
)
_ACCOUNT_WORDS = prefixed("حسابي حساب الحساب البنكيه") | one_of("account acct sort bank routing cliq")
_PLATE = re.compile(
    r"(?<!\w)(?:[اأبتجحدرسصطعفقكلمنهوي]\s){2}[اأبتجحدرسصطعفقكلمنهوي]\s?[-,|]?\s?\d{3,4}(?!\w)"
    r"|(?<!\w)\d{3,4}\s(?:[ابتجحدرسصطعفقكلمنهوي]\s){2}[ابتجحدرسصطعفقكلمنهوي](?!\w)"
    r"|(?<!\w)(?:و|ب)?(?:ال)?(?:سياره|سيارته|سيارتها|عربيه|عربيته)\s(?:رقمها|نمرتها|لوحتها|رقم)\s(?P<car>[ا-ي](?:\s?[ا-ي]){0,2}\s?\d{2,6}|\d{2,3}[ -]\d{3,6})(?!\w)"
    r"|(?<!\w)(?:رقم|نمره|لوحه|لوحات|نمر)\s(?:ال)?(?:سياره|سيارتي|سيارته|سيارتها|سيارتنا|عربيه|عربيتي|عربيته|موتور|تكسي)\s?(?:هو|رقمها|رقم|[:#])?\s?"
    r"(?P<ar>[ا-ي](?:\s?[ا-ي]){0,2}\s?\d{2,6}|\d{2,3}[ -]\d{3,6}|\d{4,7})(?!\w)"
    r"|(?<!\w)(?:licen[cs]e plate|number plate|plate no|plate number|plates?|car reg|registration)\s?(?:is|no|number|[:#])?\s?"
    r"(?P<en>[a-z]{1,3}[ -]?\d{1,6}(?:[ -]?[a-z]{1,3})?|\d{1,4}[ -]?[a-z]{1,3}[ -]?\d{0,4}|\d{2,3}-\d{3,6})(?!\w)"
)
_PLATE_WORDS = prefixed("سيارته سيارتها عربيته لوحه لوحات نمره رقم سياره سيارتي عربيتي عربيه") | one_of(
    "plate plates reg registration"
)
_SINGLE = frozenset("ابتجحدرسصطعفقكلمنهوي")


def identities(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where identity numbers stand: after their name, or by a shape that has a check in it."""
    text = seen.rest
    if seen.has(_ID_WORDS):
        for name in _ID_NAMES.finditer(text):
            value = _ID_VALUE.match(text, name.end())
            if value and not starts_with_date(value["value"].strip()):
                yield value.span("value")
    yield from (found.span() for found in seen.near_digits(_SHAPE) if _has_check(found))


def accounts(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where bank accounts and cards stand."""
    text = seen.rest
    yield from (found.span() for found in islice(seen.near_digits(_IBAN), _MOST) if _is_iban(found[0]))
    for found in islice(seen.near_digits(_CARD), _MOST):
        digits = re.sub(r"\D", "", found[0])
        if 13 <= len(digits) <= 19 and is_luhn(digits) and len(set(digits)) > 1:
            yield found.span()
    if seen.has(_ACCOUNT_WORDS):
        yield from (found.span("value") for found in _ACCOUNT.finditer(text))


def plates(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where number plates stand."""
    if seen.has(_PLATE_WORDS) or len(seen.words & _SINGLE) > 1:
        yield from (found.span(found.lastgroup or 0) for found in _PLATE.finditer(seen.rest))


def _is_iban(found: str) -> bool:
    letters = found.replace(" ", "")
    if not 15 <= len(letters) <= 34 or not letters[:2].isalpha():
        return False
    return int("".join(str(int(sign, 36)) for sign in letters[4:] + letters[:4])) % 97 == 1


def _has_check(found: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", found[0])
    match found.lastgroup:
        case "egypt":
            return digits[0] in "23"
        case "saudi" | "emirates":
            return is_luhn(digits) and len(set(digits)) > 2
        case "turkey":
            return _is_turkish(digits)
        case "spain":
            return _is_spanish(found[0])
        case "france":
            return (len(digits) in {13, 15} and " " in found[0]) or _is_french(digits)
        case _:
            return True


def _is_turkish(digits: str) -> bool:
    values = [int(digit) for digit in digits]
    tenth = (sum(values[0:9:2]) * 7 - sum(values[1:8:2])) % 10
    return values[9] == tenth and values[10] == sum(values[:10]) % 10


def _is_spanish(found: str) -> bool:
    number = int(found[:-1].translate(str.maketrans("xyz", "012")))
    return len(found) == 9 and "trwagmyfpdxbnjzsqvhlcke"[number % 23] == found[-1]


def _is_french(digits: str) -> bool:
    return len(digits) == 15 and 97 - int(digits[:13]) % 97 == int(digits[13:])
