"""How else what is asked for may be said: bounded ways beside its words, and in which texts a word or one of its ways stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from mashrabiya.platform.search import postings
from mashrabiya.platform.search.asking import Question, Way

MOST_KEYS = 64
"""So many words are looked up for one question, with all their ways: one statement."""
_WHOLE = postings.SEGMENT // 8

Parts = Mapping[int, bytes]
"""By segment, in which texts something stands."""


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


def by_asked(found: Mapping[bytes, Parts], question: Question) -> Mapping[bytes, Parts]:
    """In which texts each word that is asked for may stand, itself or said otherwise.

    A way of several words may be met where they stand apart: whoever reads the text finds out.
    """
    if not question.ways:
        return found
    asked = {key: [found.get(key, {})] for key in question.keys}
    for way in question.ways:
        held = _together([found.get(key, {}) for key in way.run])
        for at in way.covers if held else ():
            asked[question.keys[at]].append(held)
    return {key: _either(parts) for key, parts in asked.items()}


def _together(parts: Sequence[Parts]) -> Parts:
    if len(parts) == 1:
        return parts[0]
    segments = set(parts[0]).intersection(*parts[1:])
    met = {seg: postings.pack(postings.all_of([part[seg] for part in parts])) for seg in segments}
    return {seg: packed for seg, packed in met.items() if packed}


def _either(parts: Sequence[Parts]) -> Parts:
    kept = [part for part in parts if part]
    if len(kept) < 2:
        return kept[0] if kept else {}
    return {seg: _any([part[seg] for part in kept if seg in part]) for seg in set().union(*kept)}


def _any(parts: Sequence[bytes]) -> bytes:
    if len(parts) == 1 or sum(map(len, parts)) < _WHOLE // 2:
        return postings.any_of(parts)
    bits = 0
    for part in parts:
        bits |= _bits(part)
    # One bit for each, also where numbers would be shorter: it lies nowhere.
    return bits.to_bytes(_WHOLE, "little")


def _bits(packed: bytes) -> int:
    """One bit for each text."""
    if len(packed) == _WHOLE:
        return int.from_bytes(packed, "little")
    whole = bytearray(_WHOLE)
    for place in postings.unpack(packed):
        whole[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(whole, "little")
