"""What a question names by its whole: a concept, and the guide that says more of it. They come first among what is found.

A concept that many words say has a long row, and would stand behind one that says this word alone; and "coming out" is
two words of every day, which long guides hold by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

from mashrabiya.library.guides.types import Stock
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.spelling import readings
from mashrabiya.library.terms.types import QUERY_LIMIT, TONGUES, Concept
from mashrabiya.search.types import Part

Named = dict[tuple[int, bytes], int]
"""Of each which stands first."""
_MOST = 3
"""So many concepts of one word are named; of more it names none."""


def named_in(text: str, glossary: Glossary, stock: Stock) -> Named:
    """The concepts that are written just so, those called so before others, and then their guides."""
    asked = readings(text[:QUERY_LIMIT])
    concepts = _concepts(text[:QUERY_LIMIT], asked, glossary)
    if len(concepts) > _MOST:
        return {}
    slugs = {concept.body.guide for concept in concepts}
    guides = (entry.guide for entry in stock.shown.values())
    found = {(int(Part.GUIDES), guide.id): 2 for guide in guides if guide.slug in slugs}
    return found | {(int(Part.TERMS), one.id): int(not _is_called(one, asked)) for one in concepts}


def _concepts(text: str, asked: Sequence[str], glossary: Glossary) -> list[Concept]:
    exact = [match for said in asked for match in glossary.exactly(said)] or glossary.spelled(text, asked)
    return list({match.concept.id: match.concept for match in exact}.values())


def _is_called(concept: Concept, asked: Sequence[str]) -> bool:
    return any(said in asked for language in TONGUES for said in readings(concept.name(language)))
