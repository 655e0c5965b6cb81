"""How else what is asked for may be said: bounded ways beside its words."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from mashrabiya.platform.search.asking import Question, Way

MOST_KEYS = 64
"""So many words are looked up for one question, with all their ways: one statement."""


def with_ways(question: Question, ways: Iterable[Way]) -> Question:
    """The question with as many of these as are looked up together, behind those that it has; the first come first."""
    kept = list(question.ways)
    known = {(key,) for key in question.keys}.union(way.run for way in kept)
    keys = set(question.every_key)
    for way in ways:
        more = keys.union(way.run)
        if way.run in known or not way.run or len(more) > MOST_KEYS:
            continue
        known.add(way.run)
        keys = more
        kept.append(way)
    return structs.replace(question, ways=tuple(kept))
