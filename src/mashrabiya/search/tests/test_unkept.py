"""Of what somebody looks for, no word lies in the memory of the house once it is answered."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from typing import Any

import pytest

from mashrabiya.kernel import folding
from mashrabiya.library.guides.types import Stock
from mashrabiya.library.stories.rules import asked_for
from mashrabiya.library.terms import spelling
from mashrabiya.library.terms.glossary import Glossary
from mashrabiya.library.terms.room import Terms
from mashrabiya.library.terms.shelf import read_shelf
from mashrabiya.library.terms.types import Concept
from mashrabiya.platform.search import words
from mashrabiya.platform.search.asking import read_question
from mashrabiya.platform.search.nearness import together, worth_of
from mashrabiya.platform.search.ranking import weigh, write
from mashrabiya.safety.matching import arabizi
from mashrabiya.search.queries.named import named_in
from mashrabiya.search.queries.passages import Marks, passage
from mashrabiya.search.saying import offered, widened, wider

_LISTS = type(words.stem)
ASKED = "الإفصاحات لوالدتي qalamuni -tafasilaha «كتابنا المفتوح» n7kilik 3abrein"
# Keyed by words; each remembers those of texts.
REMEMBERED: dict[str, Any] = {
    "fold_word": folding.fold_word,
    "_stem": folding._stem,
    "words_of": folding.words_of,
    "stem": words.stem,
    "key_of": words.key_of,
    "readings": spelling.readings,
    "_bones_typed": arabizi._bones_typed,
    "_is_numbered": arabizi._is_numbered,
}


@pytest.fixture(name="terms")
def some_terms() -> Terms:
    glossary = Glossary(Concept(key.encode(), key, body) for key, body in read_shelf().items())
    terms = Terms(lambda: glossary)
    # Lists of the glossary are made of public words, once.
    for public in ("ناي", "nay", "n2i"):
        _search(terms, public)
        glossary.look_up(public)
    return terms


def _search(terms: Terms, text: str) -> None:
    question = read_question(text)
    for way in (widened, wider):
        assert way(question, terms).asks
    offered(text, terms)


def _look_up(terms: Terms, text: str) -> None:
    for said in (text, *text.split()):
        terms.now().look_up(said)  # type: ignore[attr-defined]


def _among_experiences(_: Terms, text: str) -> None:
    assert all(asked_for(text))


def _among_communities(terms: Terms, text: str) -> None:
    for word in text.split():
        terms.same_in(word)


def _named(terms: Terms, text: str) -> None:
    for said in (text, f"what is {text}", *text.split()):
        named_in(said, read_question(said), terms.now(), Stock({}, {}, {}, {}))  # type: ignore[arg-type]


@pytest.mark.parametrize("look", [_search, _look_up, _named, _among_experiences, _among_communities])
def test_no_list_grows_by_what_is_asked(terms: Terms, look: Callable[[Terms, str], None]) -> None:
    before = {name: _seen(known) for name, known in REMEMBERED.items()}
    look(terms, ASKED)
    assert {name: _seen(known) for name, known in REMEMBERED.items()} == before


def test_what_is_marked_in_a_passage_is_not_remembered() -> None:
    """The words that are marked are those that were asked for: the rest of the text is not looked at there."""
    text = "Hyzzop and the others, hyzzop again"
    row, _ = write([], words.keys_of(text), words.key_asked(""))
    before = {name: _seen(known) for name, known in REMEMBERED.items()}
    marked = [piece.text for piece in passage(text, Marks(read_question("hyzzop")), row) if piece.said]
    assert marked == ["Hyzzop", "hyzzop"]
    assert {name: _seen(known) for name, known in REMEMBERED.items()} == before


def test_what_a_text_says_is_remembered() -> None:
    words.keys_of("كلمةلمتقلقط")
    before = _seen(words.stem)[1]
    words.keys_of("كلمةلمتقلقط")
    assert _seen(words.stem)[1] == before


def test_both_ways_say_the_same() -> None:
    for text in (ASKED, "I'm not out at work", "لا جنسي أو غير ثنائي", "Ça va, größer", "日本語の本"):
        assert words.folded_asked(text) == words.folded(text)
        assert folding.words_asked(text) == folding.words_once(text)
        for word in words.folded(text):
            assert words.stem_asked(word) == words.stem(word)
            assert words.key_asked(word) == words.key_of(word)


def test_nothing_else_keeps_them(terms: Terms) -> None:
    """Whatever list would keep it: nothing in memory holds a word that was asked for."""
    typed = ["ضضظغثطيفه", "zzyvaqorin", "z7vqo2rin"]
    _search(terms, " ".join(typed))
    _look_up(terms, " ".join(typed))
    _named(terms, " ".join(typed))
    gc.collect()
    kept = {
        one
        for lying in gc.get_objects()
        if isinstance(lying, (dict, list, tuple, set, frozenset, _LISTS)) and lying is not typed
        for one in _of(lying)
        if isinstance(one, str)
    }
    assert not kept & {*typed}


def _of(lying: Any) -> list[Any]:
    if isinstance(lying, dict):
        return [*lying, *lying.values()]
    # Of what is remembered by ``lru_cache`` the words themselves.
    return gc.get_referents(lying) if isinstance(lying, _LISTS) else list(lying)


def _seen(known: Any) -> tuple[int, int]:
    """How often it was asked, and how much it holds."""
    info = known.cache_info()
    return info.hits + info.misses, info.currsize


def test_no_pattern_is_made_of_what_is_asked(terms: Terms) -> None:
    """The language remembers patterns, whatever made them."""
    question = widened(read_question("coming out lanterns quietly"), terms)
    assert [way for way in question.ways if len(way.covers) > 1], "one of its terms is of several words"
    row, _ = write([], words.keys_of("Coming out, quietly, by the light of lanterns."), b"mark!")
    codes = [key[: words.CODE_BYTES] for key in question.keys]
    weighed = weigh([row, row], question)
    assert together(row, worth_of(question, weighed.rarity)) > 0
    kept = [pattern for _, pattern, _ in re._cache if isinstance(pattern, bytes)]  # type: ignore[attr-defined]
    assert not [pattern for pattern in kept for code in codes if re.escape(code) in pattern]
