"""What somebody looks for: words, words one after another, and words that must not be there.

Every text is a question: what is no sign of these is a word, or nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

from mashrabiya.platform.search.little import telling
from mashrabiya.platform.search.words import folded_asked, key_asked, stem_asked

MOST_LETTERS, MOST_WORDS = 300, 32
_BESIDE = 3
"""So many words may stand beside a phrase: in a longer sentence, marks of quotation only quote."""
_QUOTED = re.compile(r'(?<!\S)([-\u2212\u2013]?)(?:"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”])')
_LEFT_OUT = re.compile(r"(?<!\S)[-\u2212\u2013](?=\w)(\S+)")


class Way(Struct, frozen=True):
    """How else words that are asked for may be said: by a run of words, weighing so much of what they weigh themselves.

    ``covers`` are the places of the keys of a question for which it stands.
    """

    run: tuple[bytes, ...]
    covers: tuple[int, ...]
    weight: float


class Question(Struct, frozen=True):
    """``words`` are the stems asked for, ``keys`` the same as the index knows them; of ``phrases`` and ``without``
    each is some keys in their order. ``said`` are the folded words that tell what is looked for, as they were typed.

    ``ways`` are looked for like the words themselves, and weigh less.
    """

    words: tuple[str, ...] = ()
    keys: tuple[bytes, ...] = ()
    pairs: tuple[tuple[bytes, bytes], ...] = ()
    phrases: tuple[tuple[bytes, ...], ...] = ()
    without: tuple[tuple[bytes, ...], ...] = ()
    cut: bool = False
    said: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it looks for anything."""
        return bool(self.keys)

    @property
    def every_key(self) -> tuple[bytes, ...]:
        """All that is looked up: what is asked for first, then how else it may be said."""
        return tuple(dict.fromkeys([*self.keys, *(key for way in self.ways for key in way.run)]))

    @property
    def has_runs(self) -> bool:
        """Whether some way is several words, so that a text that holds each of them may not hold it."""
        return any(len(way.run) > 1 for way in self.ways)


def read_question(text: str) -> Question:
    """What a text asks for; what is too long is cut, and says so."""
    asked = text[:MOST_LETTERS]
    phrases: list[list[str]] = []
    without: list[list[str]] = []

    def take(found: re.Match[str]) -> str:
        said = next((part for part in found.groups()[1:] if part is not None), "")
        kept = without if found[1] else phrases
        kept.append([stem_asked(word) for word in folded_asked(said)])
        return " " if found[1] else f" {said} "

    def leave_out(found: re.Match[str]) -> str:
        without.append([stem_asked(word) for word in folded_asked(found[1])])
        return " "

    plain = _LEFT_OUT.sub(leave_out, _QUOTED.sub(take, asked))
    every = folded_asked(plain)
    said = telling(every)
    stems = [stem_asked(word) for word in said]
    each = list(dict.fromkeys(stems))
    if len(every) - sum(map(len, phrases)) > _BESIDE:
        phrases.clear()
    kept = each[:MOST_WORDS]
    return Question(
        words=tuple(kept),
        keys=tuple(map(key_asked, kept)),
        pairs=_neighbours(stems)[:MOST_WORDS],
        phrases=_keys(phrases),
        without=_keys(without),
        cut=len(text) > MOST_LETTERS or len(each) > MOST_WORDS,
        said=tuple(said),
    )


def _keys(parts: list[list[str]]) -> tuple[tuple[bytes, ...], ...]:
    return tuple(tuple(map(key_asked, words[:MOST_WORDS])) for words in parts if words)


def _neighbours(stems: list[str]) -> tuple[tuple[bytes, bytes], ...]:
    keys = list(map(key_asked, stems))
    return tuple(dict.fromkeys(pairwise(keys)))
