"""How else somebody may have said what is looked for: by the glossary, in other spellings, on the other keyboard.

Only public words come in here, those of the glossary; no post and no earlier question is read. Nothing of this one stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol

from mashrabiya.platform.search.asking import Question, Way
from mashrabiya.platform.search.spelling import alike
from mashrabiya.platform.search.tongues import ENGLISH, TONGUES
from mashrabiya.platform.search.widening import with_ways
from mashrabiya.platform.search.words import folded_asked, key_asked, other_stems, stem_asked, tongue_of

STEM, GLOSSARY, ALIKE = 0.9, 0.5, 0.3
"""So much of what was asked weighs another form of it, what is said otherwise, and what is only written like it."""
_MOST_CHANGED = 8
"""So many words of a question, the first, are looked for as they are written otherwise."""
_MOST_OFFERED = 3
_LEAST_STEM = 3
_TYPED = re.compile(r"(?=.*[a-z])(?=.*[2356789])[a-z2-9]+")
"""Arabic in Latin letters, told by the digits that stand for letters."""


class Words(Protocol):
    """What is asked of the glossary."""

    def same_in(self, words: str, language: str = "") -> tuple[str, ...]:
        """How else a concept is said, also where it is Arabic in Latin letters."""
        ...

    def runs(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """The terms in a question, and how else each is said."""
        ...

    def meant(self, typed: str) -> tuple[str, ...]:
        """What a word may be a slip of."""
        ...


def widened(question: Question, words: Words | None) -> Question:
    """The question with how else its words are said, in the language it tells of and in others."""
    if words is None or not question.asks:
        return question
    tongue = tongue_of(question.said)
    own = () if tongue == ENGLISH else (_stems(question, word, (tongue,)) for word in question.said)
    return with_ways(question, chain(*own, _terms(question, words), _typed(question, words, digits=True)))


def wider(question: Question, words: Words | None) -> Question:
    """The same, for where little is found, with how else its words are written."""
    if words is None or not question.asks:
        return question
    said = question.said[:_MOST_CHANGED]
    return with_ways(
        question,
        chain(
            _typed(question, words, digits=False),
            *(_stems(question, word, TONGUES) for word in said),
            *(_alike(question, word) for word in said),
        ),
    )


def offered(text: str, words: Words | None) -> list[str]:
    """What may have been meant: the same with a word of the glossary in the place of one that is nearly it."""
    typed = text.split()
    if words is None or len(typed) > _MOST_CHANGED:
        return []
    found = dict.fromkeys(words.meant(" ".join(typed))) if len(typed) > 1 else {}
    for at, word in enumerate(typed):
        for other in words.meant(word):
            found[" ".join([*typed[:at], other, *typed[at + 1 :]])] = None
    return list(found)[:_MOST_OFFERED]


def _terms(question: Question, words: Words) -> Iterator[Way]:
    for first, last, forms in words.runs(question.said):
        yield from _ways(question, question.said[first:last], forms, GLOSSARY)


def _typed(question: Question, words: Words, *, digits: bool) -> Iterator[Way]:
    """Arabic in Latin letters: at once where digits tell, else only for where little is found."""
    for word in question.said[:_MOST_CHANGED]:
        if word.isascii() and bool(_TYPED.fullmatch(word)) == digits:
            yield from _ways(question, [word], words.same_in(word), GLOSSARY)


def _stems(question: Question, word: str, tongues: Sequence[str]) -> Iterator[Way]:
    """A word of Latin letters as texts in these languages have it."""
    # What is left of "isle" in one of them is "is".
    others = (one for one in other_stems(word, tongues) if len(one) >= _LEAST_STEM)
    yield from _others(question, word, others, STEM)


def _alike(question: Question, word: str) -> Iterator[Way]:
    """A word as it may be written by ear."""
    yield from _others(question, word, map(stem_asked, alike(word)), ALIKE)


def _others(question: Question, word: str, others: Iterable[str], weight: float) -> Iterator[Way]:
    """Stems in the place of a word's own. What comes of a question is not remembered."""
    key = key_asked(stem_asked(word))
    if key in question.keys:
        at = question.keys.index(key)
        for other in map(key_asked, others):
            if other != key:
                yield Way((other,), (at,), weight)


def _ways(question: Question, asked: Sequence[str], forms: Sequence[str], weight: float) -> Iterator[Way]:
    """Runs of public words in the place of some that are asked for."""
    places = {key: at for at, key in enumerate(question.keys)}
    keys = [key_asked(stem_asked(word)) for word in asked]
    covers = tuple(dict.fromkeys(places[key] for key in keys if key in places))
    for form in forms if covers else ():
        run = tuple(key_asked(stem_asked(word)) for word in folded_asked(form))
        if run != tuple(keys):
            yield Way(run, covers, weight)
