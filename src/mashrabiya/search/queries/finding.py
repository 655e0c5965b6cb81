"""What a reader finds: of what she may open, and wants to meet, and nothing else.

Where a post stands decides, not the index: whether it is shown, who may read there, whom the reader keeps away, which
content notes she hides. What is told to her, and how rare a word is, comes from what was asked there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from typing import NamedTuple

from msgspec import structs

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read
from mashrabiya.platform.search.asking import Question
from mashrabiya.search import marks
from mashrabiya.search.queries.asked import Asked
from mashrabiya.search.queries.index import Narrowed, holding_all, holding_some, how_often, postings_of
from mashrabiya.search.queries.ordering import Pool, ordered
from mashrabiya.search.types import ENOUGH, FEW, RANKED, Part
from mashrabiya.search.wish import Wish

_LIKELY = 2 * ENOUGH
"""Where so many posts hold every word, enough of them are mostly for this reader."""
_SOME = RANKED // 2
"""Of those that hold some words alone so many are looked up, of the rarest words first: the common ones tell little."""
_PLACES = 200
"""Whoever belongs to more is asked for all of them post by post, and not before."""
_MOST_WAYS = 8
"""So many ways of one word are looked up."""


class Ranking(NamedTuple):
    """The posts a reader finds, best or newest first: as many as her page needs, or all.

    ``found`` is how many are known to be hers, ``whole`` how many of them hold every word, ``more`` whether there may
    be others; ``cut`` whether only the newest were ranked.
    """

    ids: list[bytes]
    found: int
    whole: int
    more: bool
    cut: bool
    words: dict[bytes, bytes]


def ranked(db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None = None) -> Ranking:
    """What a reader finds. ``mine`` are the places to which the persona in use belongs, where they are known."""
    found, _ = looked_for(db, viewer, wish, mine)
    return found


def looked_for(
    db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None = None
) -> tuple[Ranking, Question]:
    """The same, and what was asked in the end.

    Where she finds few that hold every word, what is written like them is looked for too, and stands behind those:
    her own finds decide it.
    """
    found = _ranked(db, viewer, wish, mine)
    question = wish.question
    few = found.found < FEW or (found.whole < FEW and len(question.keys) <= FEW)
    wider = wish.wider(question) if wish.wider and few else question
    if wider == question:
        return found, question
    more = _ranked(db, viewer, structs.replace(wish, question=wider), mine)
    first, then = found.ids[: found.whole], more.ids[: more.whole]
    ids = list(dict.fromkeys([*first, *then, *found.ids, *more.ids]))
    return Ranking(
        ids,
        max(len(ids), found.found, more.found),
        found.whole,
        found.more or more.more,
        more.cut,
        found.words | more.words,
    ), wider


def _ranked(db: Read, viewer: Viewer, wish: Wish, mine: Sequence[bytes] | None) -> Ranking:
    groups, marked = groups_of(wish.question), narrowing(viewer, wish, mine)
    found = postings_of(db, chain.from_iterable((*groups, *marked)))
    narrow = Narrowed(found, marked)
    groups.sort(key=lambda group: how_often(found, group))
    asked = Asked(db, viewer, wish, groups)
    holding = holding_all(found, groups, narrow)
    whole = list(islice(holding, RANKED))
    many = len(groups) == 1 or len(whole) >= _LIKELY
    pool, others = asked.strictly(whole, holding) if many else Pool(), False
    if len(groups) > 1 and not pool.rest and len(pool.near) < ENOUGH:
        # Counted after it is known what she may open: else she would learn that others wrote these words.
        known = set(whole)
        some = holding_some(found, groups, narrow, _SOME)
        others = len(some) >= _SOME
        some = [one for one in some if one not in known]
        pool = asked.loosely(pool, some if many else [*whole, *some][:RANKED], known)
    ids = ordered(pool, wish, asked.open_ones)
    holds, more = pool.whole(wish.question), bool(pool.rest) or (others and not pool.strict)
    return Ranking(ids, pool.count, holds, more, pool.cut, {one.id: one.words for one in pool.near})


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
    if wish.part is Part.THREADS:
        narrow.append([marks.of_opening()])
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
        narrow.append([*map(marks.of_audience, wide), *map(marks.of_closed, mine)])
    return narrow
