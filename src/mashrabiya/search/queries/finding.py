"""What a reader finds: of what she may open, and wants to meet, and nothing else.

Where a post stands decides, not the index: whether it is shown, who may read there, whom the reader keeps away, which
content notes she hides. All of it is asked in the statement that brings the words to be ranked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter

from msgspec import structs

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read
from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.ranking import fits, holds_all, holds_any, scores
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import why_folded
from mashrabiya.search import marks
from mashrabiya.search.queries.index import (
    holding_all,
    holding_some,
    how_often,
    numbered,
    postings_of,
)
from mashrabiya.search.queries.rows import codes_of, near_to, sight
from mashrabiya.search.types import ENOUGH, FEW, RANKED, Near
from mashrabiya.search.wish import Wish

_ROUNDS = 3
"""So often 2,000 are looked up, where many of them are not for this reader."""
_SATISFIED = RANKED // 2
"""With so many, no more are looked up."""
_LIKELY = 2 * ENOUGH
"""Where so many posts hold every word, enough of them are mostly for this reader."""
_PLACES = 200
"""Whoever belongs to more is asked for all of them post by post, and not before."""
_MOST_WAYS = 8
"""So many ways of one word are looked up."""


def ranked(
    db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None = None
) -> tuple[list[bytes], int, bool]:
    """The posts a reader finds, best or newest first; how many hold every word; whether only the newest were ranked.

    ``mine`` are the places to which the persona in use belongs, where they are known.
    """
    found, _ = looked_for(db, viewer, wish, mine)
    return found


def looked_for(
    db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None = None
) -> tuple[tuple[list[bytes], int, bool], Question]:
    """The same, and what was asked in the end.

    Where she finds few that hold every word, what is written like them is looked for too, and stands behind those:
    her own finds decide it.
    """
    best, whole, cut = _ranked(db, viewer, wish, mine)
    question = wish.question
    few = len(best) < FEW or (whole < FEW and len(question.keys) <= FEW)
    wider = wish.wider(question) if wish.wider and few else question
    if wider != question:
        wish = structs.replace(wish, question=wider)
        more, held, cut = _ranked(db, viewer, wish, mine)
        best = list(dict.fromkeys([*best[:whole], *more[:held], *best[whole:], *more]))
    return (best, whole, cut), wider


def _ranked(
    db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None
) -> tuple[list[bytes], int, bool]:
    groups, narrow = groups_of(wish.question), narrowing(viewer, wish, mine)
    found = postings_of(db, chain.from_iterable((*groups, *narrow)))
    groups.sort(key=lambda group: how_often(found, group))
    asked = _Asked(db, viewer, wish, groups)
    holding = holding_all(found, [*groups, *narrow])
    whole = list(islice(holding, RANKED))
    many = len(groups) == 1 or len(whole) >= _LIKELY
    near, more = asked.strictly(whole, holding) if many else ([], False)
    if len(groups) > 1 and len(near) < ENOUGH:
        # Counted after it is known what she may open: else she would learn that others wrote these words.
        known = set(whole)
        some = [one for one in holding_some(found, groups, narrow, RANKED) if one not in known]
        near = asked.loosely(near, some if many else [*whole, *some][:RANKED])
    return in_order(_newest(near, wish.question), wish, cut=more or len(near) > RANKED)


def _newest(near: list[Near], question: Question) -> Sequence[Near]:
    """As many as are ranked: what holds every word first, then the newest, whatever order the database had."""
    if len(near) <= RANKED:
        return near
    newest = [(holds_all(one.words, question), one.num is None, one.num or 0, one.t, one.id) for one in near]
    ordered = sorted(zip(newest, near, strict=True), key=itemgetter(0), reverse=True)
    return [one for _, one in ordered[:RANKED]]


def groups_of(question: Question) -> list[tuple[bytes, ...]]:
    """Of each word the keys of which a post holds one, where it says the word: its own, and one of each other way."""
    groups = [[key] for key in question.keys]
    for way in question.ways:
        for at in way.covers:
            if len(groups[at]) < _MOST_WAYS:
                groups[at].append(max(way.run))
    return [tuple(dict.fromkeys(group)) for group in groups]


def narrowing(viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None) -> list[list[bytes]]:
    """What a post is to be marked with, of each one at least: so that what is not for her takes no place among the newest.

    Whether she may open it is asked where it stands all the same.
    """
    narrow = []
    if wish.kind:
        narrow.append([marks.of_kind(wish.kind)])
    if wish.lang:
        narrow.append([marks.of_language(wish.lang)])
    if wish.cid:
        narrow.append([marks.of_place(wish.cid)])
    if wish.helped:
        narrow.append([marks.of_help()])
    if mine is not None and len(mine) <= _PLACES:
        wide = marks.WIDE if viewer.is_member else marks.WIDE[:1]
        narrow.append([*map(marks.of_audience, wide), *map(marks.of_place, mine)])
    return narrow


class _Asked:
    """The posts behind numbers, and those without one, that this reader may open and wants to meet."""

    def __init__(self, db: Read, viewer: Viewer, wish: Wish, groups: Sequence[tuple[bytes, ...]]) -> None:
        self._db, self._viewer, self._wish, self._groups = db, viewer, wish, groups
        self._bound = sight(viewer, wish)

    def strictly(self, numbers: list[int], further: Iterator[int]) -> tuple[list[Near], bool]:
        """Those that hold every word, as many as are ranked; and whether there may be more.

        ``numbers`` are the newest; what was taken of the ``further`` ones is added to them.
        """
        near = self._near(numbers, loose=False)
        for _ in range(_ROUNDS - 1):
            if len(near) >= _SATISFIED or not (some := list(islice(further, RANKED))):
                break
            near += [one for one in self._near(some, loose=False) if one.num is not None]
            numbers += some
        return near, next(further, None) is not None

    def loosely(self, whole: Sequence[Near], numbers: Sequence[int]) -> list[Near]:
        """Those that hold some words, beside what holds every one; of these alone where they are enough."""
        near = {one.id: one for one in (*whole, *self._near(numbers[:RANKED], loose=True))}
        complete = [one for one in near.values() if holds_all(one.words, self._wish.question)]
        return complete if len(complete) >= ENOUGH else list(near.values())

    def _near(self, numbers: Sequence[int], *, loose: bool) -> list[Near]:
        reach, question = reach_of(self._viewer), self._wish.question
        shape, codes = codes_of(self._groups, loose=loose)
        statement = near_to(bool(reach.voices), shape)
        rows = self._db.all(statement, **self._bound, **codes, **numbered(numbers))
        holds, certain = (holds_any if loose else holds_all), not question.has_runs
        # The postings have said it of what has a number, unless a way of several words may stand apart there.
        rows = [one for one in rows if (certain and one.num is not None) or holds(one.words, question)]
        if question.phrases or question.without:
            rows = [one for one in rows if fits(one.words, question)]
        if not reach.voices:
            return rows
        return [one for one in rows if not why_folded(reach, one.pid, one.home_tid, one.label)]


def in_order(near: Sequence[Near], wish: Wish, *, cut: bool = False) -> tuple[list[bytes], int, bool]:
    """Those that hold every word first, then the best, or the newest."""
    scored = scores([one.words for one in near], wish.question)
    weighed = [
        (not whole, 0.0 if wish.newest else -round(score, 9), -one.t, one.id)
        for one, (whole, score) in zip(near, scored, strict=True)
    ]
    weighed.sort()
    return [one[3] for one in weighed], sum(whole for whole, _ in scored), cut
