"""The passage of a text in which what was looked for stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import chain

from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.ranking import codes_of_body
from mashrabiya.platform.search.words import (
    CODE_BYTES,
    folded,
    folded_asked,
    key_asked,
    key_of,
    other_stems,
    stem,
    stem_asked,
    tongue_of,
)
from mashrabiya.search.types import Piece

_LENGTH, _BEFORE = 260, 70
_INLINE = re.compile(r"</?(?:a|b|bdi|code|em|i|mark|s|span|strong)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_EACH = re.compile(r"\w(?:\S*\w)?")


def plain(html: str) -> str:
    """What a rendered text says, in one line."""
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<") == 2:
        return " ".join((unescape(html[3:-4]) if "&" in html else html[3:-4]).split())
    return " ".join(unescape(_TAG.sub(" ", _INLINE.sub("", html))).split())


class Marks:
    """What is marked of a question: its words, and how else they are said."""

    def __init__(self, question: Question) -> None:
        runs = {(key,) for key in question.keys}.union((way.run for way in question.ways), question.phrases)
        self._runs = _by_first(runs)
        self._codes = _by_first(tuple(key[:CODE_BYTES] for key in run) for run in runs)

    def of(self, text: str, row: bytes = b"") -> list[tuple[int, int]]:
        """From where to where something stands that is marked; the longest where several do.

        ``row`` is what the index has of the text, where it is at hand: then only those words are taken apart again.
        """
        told = self._told(text, row) if row else None
        if told is not None:
            return told
        said = [(key_of(word), place) for word, place in _said(text)]
        return list(dict.fromkeys(said[at][1] for at in _in([key for key, _ in said], self._runs)))

    def _told(self, text: str, row: bytes) -> list[tuple[int, int]] | None:
        """What the row says is there, if it is: else the text as it is read is not the one that was written."""
        codes, places = codes_of_body(row), _places(text)
        if len(codes) != len(places):
            return None
        found = list(_in(codes, self._codes))
        if not all(_is_said(codes[at], text[slice(*places[at])]) for at in found):
            return None
        return [places[at] for at in found]


def _by_first(runs: Iterable[tuple[bytes, ...]]) -> dict[bytes, list[tuple[bytes, ...]]]:
    """Runs of words by the first of each, the longest first."""
    found: dict[bytes, list[tuple[bytes, ...]]] = {}
    for run in sorted(set(runs), key=len, reverse=True):
        found.setdefault(run[0], []).append(run)
    return found


def _in(each: Sequence[bytes], runs: dict[bytes, list[tuple[bytes, ...]]]) -> Iterator[int]:
    """The places of words that stand in one of these runs."""
    ends = 0
    for at, word in enumerate(each):
        if at >= ends and word in runs:
            ends = at + next((len(run) for run in runs[word] if tuple(each[at : at + len(run)]) == run), 0)
        if at < ends:
            yield at


def passage(text: str, marks: Marks, row: bytes = b"") -> list[Piece]:
    """The first part of the text in which most of these words stand, or its beginning; the words are marked."""
    said = marks.of(text, row)
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
    places = _places(text)
    each = [_folded(text[slice(*place)]) for place in places]
    tongue = tongue_of(word for words in each for word in words)
    for place, words in zip(places, each, strict=True):
        for word in words:
            yield stem(word, tongue), place


def _is_said(code: bytes, said: str) -> bool:
    """Whether a row may have this word of what stands between two spaces. It is what was asked for: nothing is remembered."""
    words = folded_asked(said)
    each = chain(map(stem_asked, words), chain.from_iterable(map(other_stems, words)))
    return any(key_asked(stem)[:CODE_BYTES] == code for stem in each)


@lru_cache(maxsize=8192)
def _folded(word: str) -> tuple[str, ...]:
    """Twenty passages say most of their words again and again."""
    return tuple(folded(word))


def _places(text: str) -> list[tuple[int, int]]:
    """Each word, without the marks that stand around it."""
    return list(map(re.Match.span, _EACH.finditer(text)))


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
