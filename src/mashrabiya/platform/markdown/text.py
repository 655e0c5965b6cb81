"""Runs of text: made harmless, read for their direction, searched for bare addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_DROPPED = [
    *range(9), 0x0B, 0x0C, *range(0x0D, 0x20), *range(0x7F, 0xA0),  # controls
    *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # bidi overrides, embeddings and isolates
    *range(0xD800, 0xE000),  # halves of characters
]  # fmt: skip
_HARMLESS: dict[int, str | None] = dict.fromkeys(_DROPPED)
_ESCAPED = _HARMLESS | {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", 0xA0: "&nbsp;"}
_ATTRIBUTE = _ESCAPED | {ord('"'): "&quot;"}

_BARE = re.compile(r"(?<![A-Za-z0-9_])https?://[^\s<>\"«»“”،؛؟\u200e\u200f]+")
_TAIL = ".,:;!?'*_~|"
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def harmless(text: str) -> str:
    """Without control characters, and without those that turn the order of what others read."""
    return text.translate(_HARMLESS)


def escaped(text: str) -> str:
    """For between tags."""
    return text.translate(_ESCAPED)


def attribute(text: str) -> str:
    """For between double quotes."""
    return text.translate(_ATTRIBUTE)


def direction(text: str) -> str:
    """ "rtl" or "ltr" after the first letter that has a direction; empty when none has."""
    for letter in text:
        found = _STRONG.get(unicodedata.bidirectional(letter))
        if found:
            return found
    return ""


def split_addresses(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces; True marks those that look like an http(s) address."""
    end = 0
    for found in _BARE.finditer(text):
        address = _without_tail(found.group())
        yield text[end : found.start()], False
        yield address, True
        end = found.start() + len(address)
    yield text[end:], False


def _without_tail(address: str) -> str:
    """An address ends before the punctuation of its sentence; a bracket belongs to it if it opened there."""
    while address:
        shorter = address.rstrip(_TAIL)
        for opening, closing in ("()", "[]", "{}"):
            if shorter.endswith(closing) and opening not in shorter:
                shorter = shorter[:-1]
        if shorter == address:
            break
        address = shorter
    return address
