"""Reading the index itself: for whoever looks, and for whoever keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, filterfalse, islice
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
)

from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.search import postings
from mashrabiya.search.tables import INDEXED, POSTING

ASKED_AT_ONCE = (64, 512)
"""So many words are asked for in one statement: few, mostly."""
_NUMBERS = bindparam("nums", type_=Text)
_LISTED = func.string_to_array(_NUMBERS, ",", type_=ARRAY(Text))
_AS_JSON = literal_column("'['").op("||")(_NUMBERS).op("||")(literal_column("']'"))
_EACH = func.json_each(_AS_JSON).table_valued(column("value", BigInteger), name="wanted")
_NOBODY = -1


def _asking(most: int) -> Statement[None]:
    words = [bindparam(f"word{number}", type_=BigInteger) for number in range(most)]
    return Statement(select(POSTING.c.word, POSTING.c.seg, POSTING.c.docs).where(POSTING.c.word.in_(words)))


_POSTINGS: dict[int, Statement[None]] = {most: _asking(most) for most in ASKED_AT_ONCE}

SOUGHT = _EACH.join(INDEXED, INDEXED.c.num == _EACH.c.value)
"""The rows of these numbers, on SQLite: the list is walked once, and not sorted before."""
ON_SQLITE: ColumnElement[bool] = INDEXED.c.num.in_(select(_EACH.c.value))
ON_POSTGRESQL: ColumnElement[bool] = INDEXED.c.num == func.any(cast(_LISTED, ARRAY(BigInteger)))
"""That a row has one of the numbers of ``numbered``, in the words of either database."""

Postings = Mapping[bytes, Mapping[int, bytes]]
Groups = Sequence[Iterable[bytes]]
"""Of each word that is asked for the keys that all count as it."""


def within(row: ColumnElement[Any], code: ColumnElement[Any], dialect: str = "sqlite") -> ColumnElement[bool]:
    """That these bytes stand somewhere in a row, in the words of either database."""
    at = func.instr(row, code) if dialect == "sqlite" else func.position(code.op("IN")(row))
    return at > literal_column("0")


def number_of(key: bytes) -> int:
    """A word as a row has it."""
    return int.from_bytes(key, "big")


def numbered(numbers: Sequence[int]) -> dict[str, Any]:
    """The value for either."""
    return {"nums": ",".join(map(str, numbers)) or str(_NOBODY)}


def postings_of(db: Read, keys: Iterable[bytes]) -> Postings:
    """In which posts each of these words stands, by segment."""
    asked = list(dict.fromkeys(keys))
    found: dict[bytes, dict[int, bytes]] = {key: {} for key in asked}
    by_number = {number_of(key): key for key in asked}
    few, many = ASKED_AT_ONCE
    most = few if len(asked) <= few else many
    for begins in range(0, len(asked), most):
        words = [number_of(key) for key in asked[begins : begins + most]]
        bound = {f"word{place}": word for place, word in enumerate(words)}
        bound |= {f"word{place}": _NOBODY for place in range(len(words), most)}
        for word, seg, docs in db.tuples(_POSTINGS[most], **bound):
            found[by_number[int(word)]][int(seg)] = bytes(docs)
    return found


class Narrowed:
    """Which posts are of each of these groups, whatever words they hold: found out once for a segment."""

    def __init__(self, found: Postings, groups: Groups) -> None:
        self._parts = [[found[key] for key in group] for group in groups]
        self._known: dict[int, list[list[bytes]]] = {}

    def segments(self) -> set[int] | None:
        """Where there are any; everywhere where nothing narrows."""
        each = [set(chain.from_iterable(group)) for group in self._parts]
        return set.intersection(*each) if each else None

    def at(self, seg: int) -> list[list[bytes]]:
        """The groups there."""
        known = self._known.get(seg)
        if known is None:
            each = [[part[seg] for part in group if seg in part] for group in self._parts]
            known = self._known[seg] = [postings.together(parts) for parts in each]
        return known


def holding_all(found: Postings, groups: Groups, narrowed: Narrowed) -> Iterator[int]:
    """The numbers of the posts in which some word of each group stands, newest first."""
    parts = [[found[key] for key in group] for group in groups]
    each = [set(chain.from_iterable(group)) for group in parts]
    narrow = narrowed.segments()
    if not each:
        return
    for seg in sorted(each[0].intersection(*each[1:], *(() if narrow is None else (narrow,))), reverse=True):
        here = [[part[seg] for part in group if seg in part] for group in parts]
        first = seg * postings.SEGMENT
        yield from map(first.__add__, postings.all_of([*here, *narrowed.at(seg)]))


def numbers_of(db: Read, key: bytes) -> Iterator[int]:
    """The numbers of the posts in which a word stands, newest first."""
    found = postings_of(db, [key])
    return holding_all(found, [[key]], Narrowed(found, []))


def holding_some(found: Postings, groups: Groups, narrowed: Narrowed, most: int) -> list[int]:
    """The numbers of posts in which a word of some group stands, newest first. First those of the rarest words, ``most`` in all."""
    kept: set[int] = set()
    for group in sorted(groups, key=lambda group: how_often(found, group)):
        others = filterfalse(kept.__contains__, holding_all(found, [group], narrowed))
        kept.update(list(islice(others, most - len(kept))))
    return sorted(kept, reverse=True)


def how_often(found: Postings, group: Iterable[bytes]) -> int:
    """In how many posts a word stands, at most."""
    return sum(postings.count(docs) for key in group for docs in found[key].values())
