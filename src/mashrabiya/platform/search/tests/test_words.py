"""The quick way from a text to its keys is the same as the plain one, and what is asked is not remembered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashrabiya.kernel.folding import fold_word
from mashrabiya.platform.search import words
from mashrabiya.platform.search.asking import read_question
from mashrabiya.platform.search.words import (
    folded,
    folded_asked,
    key_of,
    keys_of,
    other_stems,
    stem,
    words_of,
)

_TOLD = (
    "لا",
    "غير",
    "جنسي",
    "رومانسية",
    "جنسي،",
    "«لا",
    "لا-جنسي",
    "داعم/ة",
    "the",
    "le",
    "la",
    "et",
    "je",
    "ne",
    "3'orba",
)
_ANY = st.text(max_size=30) | st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=12)
_TEXTS = st.lists(st.sampled_from(_TOLD) | _ANY, max_size=12).map(" ".join)


def _plainly(text: str) -> list[bytes]:
    return [key_of(word) for word in words_of(text)]


@given(_TEXTS)
def test_a_text_has_the_keys_of_its_words(text: str) -> None:
    assert keys_of(text) == _plainly(text)
    assert keys_of(text) == _plainly(text), "and again, from what is remembered"
    assert folded_asked(text) == folded(text)


@pytest.mark.parametrize(
    "text",
    [
        "هو لا جنسي", "لا - جنسيّة", "غير رومانسي، لا ثنائي", "Les réfugiées sont dans la ville et je ne sais pas",
        "The réfugiées of the city", "書籍ไทย 🏳️‍🌈", "", " \n",
    ],
)  # fmt: skip
def test_words_that_are_read_together(text: str) -> None:
    assert keys_of(text) == _plainly(text)


def test_few_words_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_FEW", 8)
    monkeypatch.setattr(words, "_KNOWN", [words._Written()])
    many = "the of and to " + " ".join(f"word{n}" for n in range(60))
    for text in (many, "«the» (of) and, to. The, Of! AND to: 'is' was"):
        assert keys_of(text) == _plainly(text)
        assert keys_of(text) == _plainly(text)
    known = words._known()
    assert len(known) <= 8 >= len(known._older)
    assert not known.tells, "full, it begins anew"


def test_what_is_asked_is_not_remembered() -> None:
    remembered = (fold_word, stem, key_of)
    before = [one.cache_info().currsize for one in remembered], dict(words._KNOWN[0])
    assert read_question('زقزوقتنا "zqzwqing somebody" -zqzwqed dans la zqzwq je ne').asks
    assert other_stems("zqzwqings")
    assert ([one.cache_info().currsize for one in remembered], dict(words._KNOWN[0])) == before
