"""Digits: ٠١٢ or 012 by the reader's choice; both, and ۰۱۲, are read."""

from __future__ import annotations

_ARABIC = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_LATIN = "0123456789"
_TO_ARABIC = str.maketrans(_LATIN, _ARABIC)
_TO_LATIN = str.maketrans(_ARABIC + _PERSIAN, _LATIN * 2)


def to_digits(text: str, digits: str) -> str:
    """The text with its numerals in the reader's digits (``arab`` or ``latn``)."""
    return text.translate(_TO_ARABIC if digits == "arab" else _TO_LATIN)


def to_latin(text: str) -> str:
    """What was typed, with any digits as 0-9."""
    return text.translate(_TO_LATIN)
