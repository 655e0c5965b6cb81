"""Where somebody could be waited for: a street, a map link, a spot on Earth, in whichever field it was written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from mashrabiya.library.services.types import Channel, Record, Spoken, Way
from mashrabiya.safety.screening import Kind, find_traces, without

# Of a number, a chat or an address of a page these say that it is a place; of a sentence they would say too little.
_STREET = re.compile(
    r"\b(?:street|str|road|avenue|ave|lane|boulevard|floor|building|bldg|apartment|flat|square|rue|door)\b"
    r"|(?<!\w)(?:ال)?(?:شارع|بناية|بنايه|عمارة|عماره|مبنى|طابق|شقة|شقه|حي|حارة|حاره|ميدان|ساحة|ساحه|زقاق|نهج|زنقة|زنقه|درب)(?!\w)",
    re.IGNORECASE,
)
# A number behind the street, as on the continent's envelopes.
_BEHIND = re.compile(
    r"(?:[A-Z][\w'’-]*\s){1,2}(?i:street|st|road|rd|avenue|ave|lane|boulevard|blvd|square)\.?,?\s(?:[Nn]o\.?\s?)?\d{1,4}(?!\w)"
    r"|(?<!\w)\d{1,4},?\s(?:bis\s)?(?i:rue|boulevard)\s[\w'’ -]{2,40}"
    r"|(?<!\w)(?i:rue|boulevard)\s[\w'’ -]{2,40}\s\d{1,4}(?!\w)"
)
_LETTERS = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d")
_MOST_LETTERS = 14
"""More letters than "text HOME to" are no number."""


@lru_cache(maxsize=4096)
def without_places(text: str) -> str:
    """The text, and nothing in it by which a place would be found."""
    found = [trace for trace in find_traces(text) if trace.kind is Kind.PLACE] if len(text) > 3 else []
    kept = without(text, found).strip() if found else text
    return _BEHIND.sub("", kept).strip() if _BEHIND.search(kept) else kept


def has_place(text: str) -> bool:
    return without_places(text) != text


def readable(channels: Iterable[Channel], *, streets: bool) -> tuple[Channel, ...]:
    """Those that are what they say they are; where ``streets`` may not be told, without any place."""
    good = [one for one in channels if is_reached_by(one)]
    if streets:
        return tuple(good)
    return tuple(
        replace(one, hours=without_places(one.hours), zone=without_places(one.zone))
        for one in good
        if one.way is not Way.PERSON
    )


def is_reached_by(channel: Channel) -> bool:
    """Whether what stands there is what it says it is: no street goes in as a number."""
    value = channel.value
    if channel.way is Way.PERSON:
        return True
    if _STREET.search(value) or has_place(value):
        return False
    if channel.way in {Way.PHONE, Way.SMS}:
        return bool(_DIGITS.search(value)) and len(_LETTERS.findall(value)) <= _MOST_LETTERS
    if channel.way is Way.EMAIL:
        return "@" in value and " " not in value
    return channel.way is not Way.FORM or ("." in value and " " not in value)


def placed(record: Record) -> list[str]:
    """The fields beside the ways to reach it in which a place stands."""
    fields = ((name, getattr(record, name)) for name in record.__struct_fields__ if name != "channels")
    return [name for name, value in fields if any(map(has_place, _texts(value)))]


def spared(record: Record) -> Record:
    """The record without any place: no street, and none in the words either."""
    values: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, (str, tuple)) and value and name != "channels":
            values[name] = _spared(value)
    return replace(record, **values, channels=readable(record.channels, streets=False))


def _spared(value: Any) -> Any:
    if isinstance(value, str):
        # An answer of few is no text of somebody's.
        return without_places(value) if type(value) is str else value
    if isinstance(value, Spoken):
        return replace(value, dialect=without_places(value.dialect), hours=without_places(value.hours))
    return tuple(_spared(part) for part in value)


def _texts(value: Any) -> list[str]:
    if isinstance(value, Spoken):
        return [value.dialect, value.hours]
    if isinstance(value, tuple):
        return [text for part in value for text in _texts(part)]
    return [value] if type(value) is str else []
