"""Spots on Earth: links to maps, coordinates, and the codes that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mashrabiya.safety.screening.seen import Seen, one_of, prefixed

_HOSTS = (
    r"(?:maps\.)?google\.[a-z.]{2,6}/maps|maps\.google\.[a-z.]{2,6}|goo\.gl/maps|maps\.app\.goo\.gl|g\.co/maps"
    r"|maps\.apple\.com|openstreetmap\.org|osm\.org/go|(?:ul\.)?waze\.com|yandex\.[a-z.]{2,6}/maps|bing\.com/maps"
    r"|(?:share\.)?here\.com|plus\.codes|what3words\.com|w3w\.co|mapy\.cz|2gis\.[a-z]{2,3}|balad\.ir|neshan\.org"
)
_LINK = re.compile(
    rf"(?<![\w@.])(?:https?://)?(?:www\.)?(?:{_HOSTS})(?:[/?#][^\s<>]{{1,300}})?"
    r"|(?<!\w)geo:-?\d{1,2}\.\d+,-?\d{1,3}\.\d+"
    r"|(?<![/\w])///[a-z]{3,20}\.[a-z]{3,20}\.[a-z]{3,20}"
)
_LINK_WORDS = one_of(
    "maps google goo osm openstreetmap waze yandex bing here plus what words w mapy gis balad neshan geo co"
)
_PLUS_SIGN = "[23456789cfghjmpqrvwx]"
_PLUS_CODE = re.compile(rf"(?<![\w+])(?:{_PLUS_SIGN}{{4}}|{_PLUS_SIGN}{{8}})\+{_PLUS_SIGN}{{2,3}}(?!\w)")
_DECIMAL = re.compile(
    r"(?<![\w.])-?(?:[0-8]?\d|90)\.(?P<lat>\d{3,15})\s?°?\s?(?:[nsشج](?!\w))?\s?[,;/ ]\s?"
    r"-?(?:1[0-7]\d|0?\d{1,2}|180)\.(?P<lon>\d{3,15})(?![\d.])\s?°?"
)
_DEGREES = re.compile(
    r"(?<!\w)(?:\d{1,3}\s?°\s?\d{1,2}(?:\.\d{1,6})?\s?'(?:\s?\d{1,2}(?:\.\d{1,6})?\s?(?:\"|''))?\s?[nsewoشجقغ]?[\s,]{0,2}){1,2}"
)
_WORDS = prefixed("موقعي موقع احداثيات احداثي لوكيشن اللوكيشن") | one_of(
    "location coordinates coords gps lat latitude"
)
_EXACT = 5
"""So many decimals only a machine gives: a metre. Ten metres are copied by hand, with a comma between two
numbers of two digits or more. With fewer, a word must say that it is a place."""
_BY_HAND = re.compile(r"-?\d\d\.\d{4}°?\s?,\s?-?\d{2,3}\.\d{4}°?")


def maps(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where such spots stand."""
    text = seen.rest
    if ("/" in text or "geo:" in text) and (seen.has(_LINK_WORDS) or "///" in text):
        yield from (found.span() for found in _LINK.finditer(text))
    if "+" in text:
        yield from (found.span() for found in _PLUS_CODE.finditer(text) if _has_letters(found[0]))
    if "." in text:
        least = 3 if seen.has(_WORDS) or "°" in text else _EXACT
        for found in seen.near_digits(_DECIMAL):
            if min(len(found["lat"]), len(found["lon"])) >= least or _BY_HAND.fullmatch(found[0].strip()):
                yield found.span()
    if "°" in text and "'" in text:
        yield from (found.span() for found in seen.near_digits(_DEGREES))


def _has_letters(code: str) -> bool:
    return not code.replace("+", "").isdigit()
