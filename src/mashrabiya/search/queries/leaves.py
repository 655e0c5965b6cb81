"""What a reader finds of the library and of communities: ranked together, of what she may open and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import structs

from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.guides.types import Stock
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.platform.db import Read
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.search.ranking import fits, holds_any, scores
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import why_folded
from mashrabiya.safety.types import UNKNOWN
from mashrabiya.search.leaves import Leaf, Leaves
from mashrabiya.search.queries.cards import Shelf, drawn
from mashrabiya.search.queries.in_memory import holding, is_named
from mashrabiya.search.queries.leaf_rows import MOST, Near, near_to
from mashrabiya.search.queries.named import Named, named_in
from mashrabiya.search.types import ENOUGH, FEW, FIRST_LEAVES, FIRST_PLACES, PAGE, Part
from mashrabiya.search.wish import Wish

_NEARLY = 0.6
"""Where nothing holds every word, what is so near to the best may stand before threads and replies."""
_NOT_NAMED = 9


class Weighed(NamedTuple):
    """One that was found: whether it holds every word, how well it fits, and whether it answers what is asked every day."""

    row: Near
    whole: bool
    score: float
    answers: bool = False

    @property
    def is_good(self) -> bool:
        return self.whole or self.answers


def find_leaves(
    db: Read, viewer: Viewer, wish: Wish, *, glossary: Glossary, stock: Stock, keys: ServerKeys
) -> Leaves:
    """The best of the library and of communities, or a page of one kind. Nothing where the wish is for posts alone."""
    if not wish.question.asks or not (wish.part.is_leaf or (wish.part is Part.ALL and not wish.of_posts)):
        return Leaves()
    first = named_in(wish.text, wish.question, glossary, stock)
    weighed, cut = _weighed(db, viewer, wish, glossary, first=first)
    if wish.part.is_leaf and wish.wider and sum(one.whole for one in weighed) < FEW:
        # Of one kind alone no post was looked for, which would have told how little there is.
        wish = structs.replace(wish, question=wish.wider(wish.question))
        weighed, cut = _weighed(db, viewer, wish, glossary, first=first)
    shelf = Shelf(db, viewer, wish, glossary, keys)
    if wish.part.is_leaf:
        return structs.replace(_page(shelf, weighed, wish), cut=cut)
    if wish.page > 1:
        return Leaves()
    places = [one for one in weighed if one.row.part == Part.COMMUNITIES]
    library = [one for one in weighed if one.row.part != Part.COMMUNITIES]
    best = _with_countries(library, wish.question.keys)
    shown = drawn(shelf, [one.row for one in best + _best(places, FIRST_PLACES)])
    return Leaves(
        library=[one for one in shown if one.part != Part.COMMUNITIES],
        places=[one for one in shown if one.part == Part.COMMUNITIES],
        whole=sum(one.is_good for one in weighed),
    )


def _page(shelf: Shelf, weighed: Sequence[Weighed], wish: Wish) -> Leaves:
    whole = sum(one.whole for one in weighed)
    kept = [one.row for one in weighed if one.is_good or whole < ENOUGH]
    page = min(max(1, wish.page), max(1, -(-len(kept) // PAGE)))
    rows: list[Leaf] = drawn(shelf, kept[(page - 1) * PAGE : page * PAGE])
    return Leaves(rows=rows, count=len(kept), whole=whole, page=page)


def _best(weighed: Sequence[Weighed], most: int) -> list[Weighed]:
    """Those that hold every word; where none does, what is nearly as good as the best.

    Of one kind no more than half, as long as there are others: forty short words would hide the one guide.
    """
    answers, others = ([one for one in weighed if one.answers is wanted] for wanted in (True, False))
    near = [one for one in others if one.whole]
    if not near and others:
        near = [one for one in others[: most - 1] if one.score >= _NEARLY * others[0].score]
    near = [*answers, *near]
    kept: list[Weighed] = []
    for one in near:
        if sum(other.row.part == one.row.part for other in kept) < most // 2:
            kept.append(one)
    rest = (one for one in near if one not in kept)
    chosen = [*kept, *rest][:most]
    return [one for one in near if one in chosen]


def _with_countries(library: Sequence[Weighed], keys: Sequence[bytes]) -> list[Weighed]:
    """The countries that a question names come first: what their law is known to say. Then the best of the rest.

    What is good is told by the rest: beside a name, what answers the other words would seem poor.
    """
    named = [
        one for one in library if one.row.part == Part.COUNTRIES and is_named(one.row.ref.decode(), keys)
    ]
    first = named[: FIRST_LEAVES // 2]
    enough = any(one.whole for one in first)
    rest = [one for one in library if one not in first and (one.is_good or not enough)]
    return [*first, *_best(rest, FIRST_LEAVES - len(first))]


def _weighed(
    db: Read, viewer: Viewer, wish: Wish, glossary: Glossary, *, first: Named
) -> tuple[list[Weighed], bool]:
    """All of them, the best first: what holds every word before what holds some, and of each what the question names.

    And whether there are more than are ranked.
    """
    near, cut = _rows(db, viewer, wish, glossary, first=first)
    rows = [row for row in near if fits(row.words, wish.question)]
    found = scores([row.words for row in rows], wish.question)
    hers = viewer.tongue.language
    weighed = [
        Weighed(row, whole, score, (row.part, row.ref) in first.answers)
        for row, (whole, score) in zip(rows, found, strict=True)
    ]
    weighed.sort(key=lambda one: _order(one, first, hers))
    # A guide stands once, in the language that answers best; one that is named, in the reader's.
    once: dict[tuple[int, bytes], Weighed] = {}
    for one in weighed:
        once.setdefault((one.row.part, one.row.ref), one)
    return list(once.values()), cut


def _order(one: Weighed, first: Named, hers: str) -> tuple[Any, ...]:
    row, other = one.row, one.row.lang != hers
    place = first.places.get((row.part, row.ref), _NOT_NAMED)
    return (
        not one.is_good,
        place,
        other and place < _NOT_NAMED,
        -round(one.score, 9),
        other,
        row.ref,
        row.lang,
    )


def _rows(
    db: Read, viewer: Viewer, wish: Wish, glossary: Glossary, *, first: Named
) -> tuple[list[Near], bool]:
    """What holds one of the words or answers: of the database, of whom she wants to meet, and of what lies in memory."""
    keys, reach = wish.question.every_key, reach_of(viewer)
    rows = near_to(db, viewer, keys, part=wish.part, lang=wish.lang)
    cut = len(rows) > MOST
    if reach.voices:
        rows = [row for row in rows if not why_folded(reach, row.met, row.ref, UNKNOWN)]
    rows += [Near(one.part, one.ref, "", one.words) for one in holding(glossary, keys, wish.part)]
    # Some words of a way stand apart where it is not said.
    if wish.question.has_runs:
        rows = [row for row in rows if holds_any(row.words, wish.question)]
    if first.keys and wish.part in {Part.ALL, Part.GUIDES}:
        # Apart from the rest, where what holds these words by chance would take its room.
        told = near_to(db, viewer, first.keys, part=Part.GUIDES, lang=wish.lang)
        known = {(row.ref, row.lang) for row in rows if row.part == Part.GUIDES}
        rows += [
            row for row in told if (row.part, row.ref) in first.answers and (row.ref, row.lang) not in known
        ]
    return rows, cut
