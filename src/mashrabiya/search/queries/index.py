"""Reading the index itself: for whoever looks, and for whoever keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Text,
    bindparam,
    cast,
    func,
    select,
)

from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.search import postings
from mashrabiya.search.tables import INDEXED, POSTING
from mashrabiya.search.types import RANKED

ASKED_AT_ONCE = 64
_WORDS = [bindparam(f"word{number}", type_=BigInteger) for number in range(ASKED_AT_ONCE)]
_NUMBERS = [bindparam(f"num{number}", type_=BigInteger) for number in range(RANKED)]
_LISTED = func.string_to_array(bindparam("nums", type_=Text), ",", type_=ARRAY(Text))
_NOBODY = -1

_POSTINGS: Statement[None] = Statement(
    select(POSTING.c.word, POSTING.c.seg, POSTING.c.docs).where(POSTING.c.word.in_(_WORDS))
)

ON_SQLITE: ColumnElement[bool] = INDEXED.c.num.in_(_NUMBERS)
ON_POSTGRESQL: ColumnElement[bool] = INDEXED.c.num == func.any(cast(_LISTED, ARRAY(BigInteger)))
"""That a row has one of the numbers of ``numbered``, in the words of either database."""

Postings = Mapping[bytes, Mapping[int, bytes]]


def number_of(key: bytes) -> int:
    """A word as a row has it."""
    return int.from_bytes(key, "big")


def numbered(numbers: Sequence[int]) -> dict[str, Any]:
    """The values for either: RANKED numbers at most."""
    found: dict[str, Any] = {f"num{place}": number for place, number in enumerate(numbers)}
    found |= {f"num{place}": _NOBODY for place in range(len(numbers), RANKED)}
    return {**found, "nums": ",".join(map(str, numbers)) or str(_NOBODY)}


def postings_of(db: Read, keys: Iterable[bytes]) -> Postings:
    """In which posts each of these words stands, by segment."""
    asked = list(dict.fromkeys(keys))
    found: dict[bytes, dict[int, bytes]] = {key: {} for key in asked}
    by_number = {number_of(key): key for key in asked}
    for begins in range(0, len(asked), ASKED_AT_ONCE):
        words = [number_of(key) for key in asked[begins : begins + ASKED_AT_ONCE]]
        bound = {f"word{place}": word for place, word in enumerate(words)}
        bound |= {f"word{place}": _NOBODY for place in range(len(words), ASKED_AT_ONCE)}
        for word, seg, docs in db.tuples(_POSTINGS, **bound):
            found[by_number[int(word)]][int(seg)] = bytes(docs)
    return found


def holding_all(found: Postings) -> Iterator[int]:
    """The numbers of the posts in which every word stands, newest first."""
    parts = list(found.values())
    if not parts:
        return
    for seg in sorted(set(parts[0]).intersection(*parts[1:]), reverse=True):
        for place in postings.all_of([part[seg] for part in parts]):
            yield seg * postings.SEGMENT + place


def holding_some(found: Postings, most: int) -> list[int]:
    """The numbers of posts in which some word stands, newest first: first those of the rarest words, ``most`` in all."""
    rare = sorted((sum(map(postings.count, part.values())), key) for key, part in found.items() if part)
    kept: set[int] = set()
    for often, key in rare:
        if len(kept) + often > most:
            kept.update(_newest(found[key], most - len(kept), kept))
        else:
            kept.update(_newest(found[key], often, ()))
    return sorted(kept, reverse=True)


def _newest(part: Mapping[int, bytes], most: int, known: Iterable[int]) -> Iterator[int]:
    known = set(known)
    for seg in sorted(part, reverse=True):
        for place in sorted(postings.unpack(part[seg]), reverse=True):
            if most <= 0:
                return
            number = seg * postings.SEGMENT + place
            if number not in known:
                most -= 1
                yield number
