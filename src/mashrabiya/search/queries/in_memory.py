"""What is found of what lies in memory: concepts of the glossary, and countries by their names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from mashrabiya.library.laws.types.countries import also_named, names
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.types import Concept
from mashrabiya.platform.search.asking import read_question
from mashrabiya.platform.search.ranking import write
from mashrabiya.platform.search.words import CODE_BYTES, key_of, keys_of
from mashrabiya.search.types import Part

_MARK = key_of("")


class Lying(Struct, frozen=True):
    """One of them, by its id or its code, and its words as a row has them."""

    part: Part
    ref: bytes
    words: bytes


def holding(glossary: Glossary, keys: Sequence[bytes], part: Part) -> list[Lying]:
    """Those of a part, or of both, in which one of these words stands."""
    codes = [key[:CODE_BYTES] for key in keys]
    found = [one for one in (*_concepts(glossary), *_countries()) if part in {Part.ALL, one.part}]
    return [one for one in found if any(code in one.words for code in codes)]


@lru_cache(maxsize=1)
def _concepts(glossary: Glossary) -> list[Lying]:
    """Made once for a glossary: another one is another object."""
    return [
        _lying(Part.TERMS, one.id, _said(one), " ".join(one.body.meaning.values())) for one in glossary.shown
    ]


def _said(concept: Concept) -> str:
    return " ".join(form for word in concept.body.words for form in word.forms)


def is_named(code: str, keys: Sequence[bytes]) -> bool:
    """Whether a country is named in what is asked: by its whole name in either language, or as people call it."""
    return any(called.issubset(keys) for called in _names().get(code, ()))


@lru_cache(maxsize=1)
def _names() -> dict[str, list[frozenset[bytes]]]:
    called = [names(language) for language in ("ar", "en")]
    each = {code: [*(said[code] for said in called), *also_named(code)] for code in called[0]}
    # As a question has them: in "Isle of Man" it asks for two words.
    return {code: [frozenset(read_question(name).keys) for name in said] for code, said in each.items()}


@lru_cache(maxsize=1)
def _countries() -> list[Lying]:
    called = [names(language) for language in ("ar", "en")]
    return [
        _lying(
            Part.COUNTRIES,
            code.encode(),
            " ".join((*(said[code] for said in called), *also_named(code))),
            code,
        )
        for code in called[0]
    ]


def _lying(part: Part, ref: bytes, title: str, body: str) -> Lying:
    return Lying(part, ref, write(keys_of(title), keys_of(body), _MARK)[0])
