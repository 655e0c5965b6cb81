"""How much of what is asked for a text says in one breath.

A long text that holds each word somewhere, of several things one after another, answers worse than one that says them
together; BM25 knows how often, and not where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.words import CODE_BYTES

BREATH = 16
"""So many words are about a sentence. Between 12 and 30 it makes little difference (decision 0074)."""
TOGETHER = 0.4
"""So much of what its words weigh a text gains that says all of them in one breath."""
_OFTEN = 50
"""How often a text says a word is looked at so far: what says it more often says it everywhere."""

Worth = Mapping[bytes, tuple[int, float]]
"""Of a word as it stands in a row: for which of those asked for it stands, and how much that weighs."""


def worth_of(question: Question, rarity: Sequence[float]) -> Worth:
    """What is asked for, and each other way to say a word of it, by how rare these are."""
    worth = {
        way.run[0][:CODE_BYTES]: (way.covers[0], way.weight * rarity[way.covers[0]])
        for way in question.ways
        if len(way.run) == len(way.covers) == 1
    }
    asked = {key[:CODE_BYTES]: (at, rarity[at]) for at, key in enumerate(question.keys)}
    return {**worth, **asked}


def together(words: bytes, worth: Worth) -> float:
    """What the words that a row says within one breath weigh, each once: the most of any breath."""
    said = sorted(place for code, one in worth.items() for place in _places(words, code, one))
    best = 0.0
    for first, (begins, _, _) in enumerate(said):
        held: dict[int, float] = {}
        for place, at, weight in islice(said, first, None):
            if place >= begins + BREATH:
                break
            held[at] = max(weight, held.get(at, 0.0))
        best = max(best, sum(held.values()))
    return best


def _places(words: bytes, code: bytes, one: tuple[int, float]) -> list[tuple[int, int, float]]:
    # By hand: a pattern would be remembered by the language, and with it what was asked (decision 0065).
    found: list[tuple[int, int, float]] = []
    # The first byte says how long the title is. What begins within a word is another one.
    at = words.find(code, 1)
    while at >= 0 and len(found) < _OFTEN:
        place, within = divmod(at - 1, CODE_BYTES)
        if not within:
            found.append((place, *one))
        at = words.find(code, at + 1)
    return found
