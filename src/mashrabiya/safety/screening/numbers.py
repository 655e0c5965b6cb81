"""What kind of number a run of digits is: a date, a price, a progression, or something a person is known by."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

DATE = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?P<a>[-/. ])(?:0?[1-9]|1[0-2])(?P=a)(?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])(?P<b>[-/])(?:0?[1-9]|[12]\d|3[01])(?P=b)(?:(?:19|20)\d\d|\d\d)"
    r"|(?:1[3-9]|20)\d\d(?P<c>[-/. ])(?:0?[1-9]|1[0-2])(?P=c)(?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:(?P<s>[ .,'])\d{3})(?:(?P=s)\d{3})*(?:[.,]\d{1,2})?")
_AMOUNT_AFTER = re.compile(
    r"\s{0,2}(?:[%$€£¥₺₪°]|l\.?l\b|(?:us|ca|au)?\$|(?:usd|eur|gbp|jod|egp|sar|aed|lbp|syp|iqd|kwd|qar|mad|dzd|tnd|try|tl|irr"
    r"|dollars?|euros?|pounds?|liras?|lira|dinars?|dirhams?|riyals?|bucks|quid|million|billion|thousand|percent"
    r"|people|views?|likes?|followers|subscribers|votes?|copies|words|steps|calories|kcal|metres?|meters?"
    r"|km|kms|kg|mg|mcg|ug|iu|ml|cl|cm|mm|gb|mb|kb|tb|hz|khz|mhz|ghz|kwh|watts?|volts?|miles|kilometers|kilometres|grams?|px|dpi|bytes?|bits?)\b"
    r"|(?:ل\.?ل|ليره|ليرات|دينار|دنانير|درهم|دراهم|ريال|ريالات|جنيه|جنيهات|دولار|يورو|شيكل|تومان|مليون|مليار|الف|الاف"
    r"|بالمئه|بالميه|شخص|شخصا|مشاهده|متابع|كلمه|خطوه|سعره|كم|كلم|كيلو|كيلومتر|كغ|كجم|غرام|جرام|ملغ|مغ|ملجم|ملم|مل|سم|متر|مترا|لتر|بايت|نسمه|صوت)(?!\w))"
)
_AMOUNT_BEFORE = re.compile(
    r"(?:[$€£¥₺₪#№]|[\d)]\s?[=≈]|\b(?:usd|eur|gbp|isbn(?:-1[03])?|issn|doi|ean|upc|sku|order|invoice|ticket|tracking|case|ref|reference|serial|model|version|build|bug|issue"
    r"|episode|page|pages|pp?)\b"
    r"|(?:سعر|السعر|بسعر|ثمنها|ثمنه|بمبلغ|مبلغ|الطلب|طلب|الطلبيه|فاتوره|الفاتوره|تذكره|التذكره|الشحنه|ردمك|ايداع|صفحه|الصفحه|ص|عدد|حوالي|نحو|تقريبا|اصدار|الاصدار|نسخه|عدد السكان)"
    r")[\s.:#)(]{0,3}(?:(?:no|number|nr|رقم|هو|is)[\s.:#]{0,3})?$"
)


def is_measured(text: str, end: int) -> bool:
    """Whether what stands after a number says that it counts or measures."""
    return bool(_AMOUNT_AFTER.match(text, end))


def is_of_a_thing(text: str, start: int) -> bool:
    """Whether what stands before a number says that it is a price, or the number of a thing."""
    return bool(_AMOUNT_BEFORE.search(text[max(0, start - 28) : start]))


def starts_with_date(run: str) -> bool:
    return bool(DATE.match(run))


def is_thousands(run: str) -> bool:
    """1,250,000 in any of its ways of writing."""
    return bool(_THOUSANDS.fullmatch(run))


def is_plain_sequence(groups: list[str]) -> bool:
    """Few different digits, or numbers at one distance from each other: counted, not dialled."""
    digits = "".join(groups)
    if len(set(digits)) <= 2:
        return True
    steps = [ord(after) - ord(before) for before, after in pairwise(digits)]
    if len(set(steps[:-1])) == 1:  # the last may turn round: 1234567890
        return True
    if len(groups) < 4:
        return False
    values = [int(group) for group in groups]
    return len({after - before for before, after in pairwise(values)}) == 1


def is_compact_date(digits: str) -> bool:
    """20240512 or 12052024."""
    for year, month, day in (
        (digits[:4], digits[4:6], digits[6:8]),
        (digits[4:8], digits[2:4], digits[:2]),
        (digits[4:8], digits[:2], digits[2:4]),
    ):
        try:
            if 1900 <= int(year) <= 2099 and date(int(year), int(month), int(day)):
                return True
        except ValueError:
            continue
    return False


def is_luhn(digits: str) -> bool:
    """The check digit of cards and of several countries' identity numbers."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
