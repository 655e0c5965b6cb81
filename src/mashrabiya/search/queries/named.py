"""What a question names by its whole: a concept, and the guide that says more of it. They come first among what is found.

A concept that many words say has a long row, and would stand behind one that says this word alone; and "coming out" is
two words of every day, which long guides hold by chance. Little words around it change nothing: "what is …".

Where somebody asks what people ask in words of every day ("am I …"), the guide that answers it comes before the word.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from mashrabiya.library.guides.types import Stock
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.spelling import readings_asked
from mashrabiya.library.terms.types import QUERY_LIMIT, TONGUES, Concept
from mashrabiya.platform.search.asking import Question
from mashrabiya.platform.search.words import folded_asked
from mashrabiya.search.queries.everyday import answers, keys_to
from mashrabiya.search.types import Part

_FIRST = -2
_MEANING = frozenset(
    [
        "what",
        "mean",
        "means",
        "meaning",
        "define",
        "definition",
        "هو",
        "هي",
        "ماهو",
        "ماهي",
        "معني",
        "يعني",
        "تعريف",
    ]
)
"""By which the meaning of a word is asked for: folded."""
_MOST = 3
"""So many concepts of one word are named; of more it names none."""


Which = tuple[int, bytes]
"""One of the library: its part, and its id."""


class Named(NamedTuple):
    """Of each which stands first; which of them answer, whatever words they hold; and words by which those are found."""

    places: dict[Which, int]
    answers: frozenset[Which] = frozenset()
    keys: tuple[bytes, ...] = ()


def named_in(text: str, question: Question, glossary: Glossary, stock: Stock) -> Named:
    """The concepts that are written just so, those called so before others, and then their guides; none of it is remembered."""
    text = text[:QUERY_LIMIT]
    words, asked = folded_asked(text), readings_asked(text)
    concepts = _concepts(text, asked, glossary)
    is_word = bool(concepts)
    if not concepts and len(question.said) < len(words):
        rest = " ".join(question.said)
        asked = readings_asked(rest)
        concepts = _concepts(rest, asked, glossary)
    found: dict[Which, int] = {}
    if len(concepts) <= _MOST:
        found = _guides(stock, {concept.body.guide for concept in concepts}, 2)
        found |= {(int(Part.TERMS), one.id): int(not _is_called(one, asked)) for one in concepts}
    if is_word or question.phrases or question.without or not _MEANING.isdisjoint(words):
        return Named(found)
    said = answers(text)
    told = [_guides(stock, {slug}, _FIRST + place) for place, slug in enumerate(said)]
    for one in told:
        found |= one
    keys = dict.fromkeys(key for slug in said for key in keys_to(slug))
    return Named(found, frozenset(which for one in told for which in one), tuple(keys))


def _guides(stock: Stock, slugs: Collection[str], place: int) -> dict[Which, int]:
    guides = (entry.guide for entry in stock.shown.values())
    return {(int(Part.GUIDES), guide.id): place for guide in guides if guide.slug in slugs}


def _concepts(text: str, asked: Sequence[str], glossary: Glossary) -> list[Concept]:
    exact = [match for said in asked for match in glossary.exactly(said)] or glossary.spelled(text, asked)
    return list({match.concept.id: match.concept for match in exact}.values())


def _is_called(concept: Concept, asked: Sequence[str]) -> bool:
    return any(said in asked for language in TONGUES for said in readings_asked(concept.name(language)))
