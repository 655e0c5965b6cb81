"""The passage of a text in which what was looked for stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape

from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.words import folded, key_of, stem, tongue_of
from mashrabiya.search.types import Piece

_LENGTH, _BEFORE = 260, 70
_INLINE = re.compile(r"</?(?:a|b|bdi|code|em|i|mark|s|span|strong)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_EACH = re.compile(r"\S+")
_EDGES = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)


def plain(html: str) -> str:
    """What a rendered text says, in one line."""
    return " ".join(unescape(_TAG.sub(" ", _INLINE.sub("", html))).split())


class Marks:
    """What is marked of a question: its words, and how else they are said."""

    def __init__(self, question: Question) -> None:
        self._runs = {(key,) for key in question.keys}.union(
            (way.run for way in question.ways), question.phrases
        )
        self._lengths = sorted({len(run) for run in self._runs}, reverse=True)

    def of(self, text: str) -> list[tuple[int, int]]:
        """From where to where something stands that is marked; the longest where several do."""
        said = [(key_of(word), place) for word, place in _said(text)]
        keys = [key for key, _ in said]
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(said):
            long = next((n for n in self._lengths if tuple(keys[at : at + n]) in self._runs), 0)
            found += [place for _, place in said[at : at + long]]
            at += long or 1
        return list(dict.fromkeys(found))


def passage(text: str, marks: Marks) -> list[Piece]:
    """The first part of the text in which most of these words stand, or its beginning; the words are marked."""
    said = marks.of(text)
    begins = _best(said)
    begins, ends = _whole_words(text, begins)
    pieces = list(_pieces(text, begins, ends, said))
    if begins:
        pieces.insert(0, Piece("… ", False))
    if ends < len(text):
        pieces.append(Piece(" …", False))
    return pieces


def _said(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The words of a text by which it is found, each with its place."""
    places = list(_places(text))
    each = [_folded(text[slice(*place)]) for place in places]
    tongue = tongue_of(word for words in each for word in words)
    for place, words in zip(places, each, strict=True):
        for word in words:
            yield stem(word, tongue), place


@lru_cache(maxsize=8192)
def _folded(word: str) -> tuple[str, ...]:
    """Twenty passages say most of their words again and again."""
    return tuple(folded(word))


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
