"""The passage of a text in which what was looked for stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from mashrabiya.platform.search.words import folded, stem
from mashrabiya.search.types import Piece

_LENGTH, _BEFORE = 260, 70
_INLINE = re.compile(r"</?(?:a|b|bdi|code|em|i|mark|s|span|strong)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_EACH = re.compile(r"\S+")
_EDGES = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)


def plain(html: str) -> str:
    """What a rendered text says, in one line."""
    return " ".join(unescape(_TAG.sub(" ", _INLINE.sub("", html))).split())


def passage(text: str, stems: frozenset[str]) -> list[Piece]:
    """The first part of the text in which most of these words stand, or its beginning; the words are marked."""
    said = [place for place in _places(text) if not stems.isdisjoint(map(stem, folded(text[slice(*place)])))]
    begins = _best(said)
    begins, ends = _whole_words(text, begins)
    pieces = list(_pieces(text, begins, ends, said))
    if begins:
        pieces.insert(0, Piece("… ", False))
    if ends < len(text):
        pieces.append(Piece(" …", False))
    return pieces


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Each word, without the marks that stand around it."""
    for found in _EACH.finditer(text):
        edges = _EDGES.match(found[0])
        if edges and edges[2]:
            yield found.start() + edges.start(2), found.start() + edges.end(2)


def _best(said: Sequence[tuple[int, int]]) -> int:
    """Where a passage begins that holds the most of these places."""
    most, begins, last = 0, 0, 0
    for first, (start, _) in enumerate(said):
        while last < len(said) and said[last][1] <= start + _LENGTH - _BEFORE:
            last += 1
        if last - first > most:
            most, begins = last - first, max(0, start - _BEFORE)
    return begins


def _whole_words(text: str, begins: int) -> tuple[int, int]:
    if begins:
        begins = text.find(" ", begins) + 1 or begins
    ends = min(len(text), begins + _LENGTH)
    if ends < len(text):
        ends = max(text.rfind(" ", begins, ends), begins + 1) if " " in text[begins:ends] else ends
    return begins, ends


def _pieces(text: str, begins: int, ends: int, said: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = begins
    for start, end in said:
        if start < at or end > ends:
            continue
        if start > at:
            yield Piece(text[at:start], False)
        yield Piece(text[start:end], True)
        at = end
    if at < ends:
        yield Piece(text[at:ends], False)
