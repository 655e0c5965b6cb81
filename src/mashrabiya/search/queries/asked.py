"""The posts behind numbers, and those without one: which of them a reader may open and wants to meet.

Of few each is asked for. Of many the newest are, and what the others say is read: those that answer best are asked for
when they are in order (``ordering``). Each costs ten times what its words cost.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read
from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.ranking import fits, holds_all, holds_any
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import why_folded
from mashrabiya.search.queries.index import numbered
from mashrabiya.search.queries.ordering import Pool, Said
from mashrabiya.search.queries.rows import SAID, codes_of, near_to, open_of, sight
from mashrabiya.search.types import ENOUGH, LOOKED, RANKED, Near
from mashrabiya.search.wish import Wish

_ROUNDS = 3
"""So often 2,000 are looked up, where many of them are not for this reader."""
_SATISFIED = RANKED // 2
"""With so many, no more are looked up."""
_MOSTLY = 0.75
"""Where so many of the newest are for her, so are the others, mostly."""


class _Found(NamedTuple):
    """Those that are hers and fit, and whether most of the numbers were hers."""

    near: list[Near]
    mostly: bool


class Asked:
    """What may be meant, for this reader."""

    def __init__(self, db: Read, viewer: Viewer, wish: Wish, groups: Sequence[tuple[bytes, ...]]) -> None:
        self._db, self._wish, self._groups = db, wish, groups
        self._bound, self._reach = sight(viewer, wish), reach_of(viewer)

    def strictly(self, numbers: list[int], further: Iterator[int]) -> Pool:
        """Those that hold every word. ``numbers`` are the newest; what was taken of the ``further`` ones is added to them."""
        first, rest = self._with_new(numbers[:LOOKED], loose=False), numbers[LOOKED:]
        if rest and first.mostly:
            said = self._said(rest, loose=False)
            for _ in range(_ROUNDS - 1):
                if len(first.near) + len(said) >= _SATISFIED or not (some := list(islice(further, RANKED))):
                    break
                said += self._said(some, loose=False)
                numbers += some
            if len(first.near) + len(said) > LOOKED:
                return Pool(first.near, said, cut=next(further, None) is not None, strict=True)
            near = [*first.near, *self.open_ones(said)]
            return Pool(near, cut=next(further, None) is not None, strict=True)
        near = first.near + (self._fitting(self._open(rest), loose=False) if rest else [])
        for _ in range(_ROUNDS - 1):
            if len(near) >= _SATISFIED or not (some := list(islice(further, RANKED))):
                break
            near += self._fitting(self._open(some), loose=False)
            numbers += some
        cut = next(further, None) is not None or len(near) > RANKED
        return Pool(_newest(near, self._wish.question), cut=cut, strict=True)

    def loosely(self, strict: Pool, numbers: Sequence[int], holding: Container[int]) -> Pool:
        """Those that hold some words, beside what holds every one; of these alone where they are enough.

        ``holding`` are the numbers of the latter, as far as the postings tell.
        """
        question, near, rest = self._wish.question, {one.id: one for one in strict.near}, list[Said]()
        if len(numbers) <= LOOKED:
            near |= {one.id: one for one in self._with_new(numbers, loose=True).near}
        else:
            said = self._said(numbers, loose=True)
            whole = [one for one in said if one[0] in holding]
            first = {num for num, _ in (*said[:LOOKED], *whole[:LOOKED])}
            found = self._with_new([num for num, _ in said if num in first], loose=True)
            near |= {one.id: one for one in found.near}
            rest = [one for one in said if one[0] not in first]
            if rest and not found.mostly:
                near |= {one.id: one for one in self.open_ones(rest)}
                rest = []
        complete = [one for one in near.values() if holds_all(one.words, question)]
        if len(complete) >= ENOUGH:
            further = [one for one in rest if holds_all(one[1], question)]
            return Pool(_newest(complete, question), further, cut=strict.cut, strict=True)
        return Pool(_newest(list(near.values()), question), rest, cut=strict.cut or len(near) > RANKED)

    def open_ones(self, said: Sequence[Said]) -> list[Near]:
        """Those of them that are hers."""
        return self._kept(self._open([num for num, _ in said]))

    def _said(self, numbers: Sequence[int], *, loose: bool) -> list[Said]:
        """What stands under these numbers and fits, the newest first."""
        rows = self._db.tuples(SAID, **numbered(numbers))
        rows.sort(key=itemgetter(0), reverse=True)
        question, holds = self._wish.question, holds_any if loose else holds_all
        if question.has_runs:
            rows = [one for one in rows if holds(one[1], question)]
        return [one for one in rows if fits(one[1], question)] if _is_narrow(question) else rows

    def _with_new(self, numbers: Sequence[int], *, loose: bool) -> _Found:
        """Those of these numbers, and of what has none yet."""
        shape, codes = codes_of(self._groups, loose=loose)
        statement = near_to(bool(self._reach.voices), shape)
        rows = self._kept(self._db.all(statement, **self._bound, **codes, **numbered(numbers)))
        many = sum(one.num is not None for one in rows)
        return _Found(self._fitting(rows, loose=loose), many >= len(numbers) * _MOSTLY)

    def _open(self, numbers: Sequence[int]) -> list[Near]:
        return self._db.all(open_of(bool(self._reach.voices)), **self._bound, **numbered(numbers))

    def _fitting(self, rows: list[Near], *, loose: bool) -> list[Near]:
        question = self._wish.question
        holds, certain = (holds_any if loose else holds_all), not question.has_runs
        # The postings have said it of what has a number, unless a way of several words may stand apart there.
        rows = [one for one in rows if (certain and one.num is not None) or holds(one.words, question)]
        if _is_narrow(question):
            rows = [one for one in rows if fits(one.words, question)]
        return self._kept(rows)

    def _kept(self, rows: list[Near]) -> list[Near]:
        """But for voices that she keeps away."""
        if not self._reach.voices:
            return rows
        return [one for one in rows if not why_folded(self._reach, one.pid, one.home_tid, one.label)]


def _is_narrow(question: Question) -> bool:
    return bool(question.phrases or question.without)


def _newest(near: list[Near], question: Question) -> list[Near]:
    """As many as are ranked: what holds every word first, then the newest, whatever order the database had."""
    if len(near) <= RANKED:
        return near
    newest = [(holds_all(one.words, question), one.num is None, one.num or 0, one.t, one.id) for one in near]
    ordered = sorted(zip(newest, near, strict=True), key=itemgetter(0), reverse=True)
    return [one for _, one in ordered[:RANKED]]
