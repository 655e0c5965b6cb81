"""Listed words are found however they are spelled, and words that only look like them are not."""

from __future__ import annotations

import pytest

from mashrabiya.safety.matching import PatternBook, Reading, WordBook, wrong_pattern
from mashrabiya.safety.matching.book import MOST_READY, Rulebook, sites_in
from mashrabiya.safety.types import Standing

LISTED = ("خروف", "بطاطا", "pancake", "coffee*", "كلمة", "ginger ale", "*berry")
BOOK = WordBook(LISTED)


def found(text: str) -> set[str]:
    return {LISTED[number] for number, _ in BOOK.found(Reading(text))}


@pytest.mark.parametrize(
    "text",
    [
        "خروف", "الخروف", "والخروف", "بالخروف", "هالخروف", "خروفها", "خروفين", "يا خروف", "خـروف", "خَروف",
        "خ.ر.و.ف", "خ*ر*و*ف", "خ_ر_و_ف", "خ ر و ف", "خ1ر2و3ف", "خررروف", "خرروف", "خرۆف", "«خروف»",
        "hada el 5arouf 7elo", "wallah ya 5arouf", "kharouf ya habibi wallah",
    ],
)  # fmt: skip
def test_an_arabic_word(text: str) -> None:
    assert "خروف" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "pancake", "PANCAKES!", "p.a.n.c.a.k.e", "p a n c a k e", "pan-cake", "pancaaaake", "p@ncake", "panc4k3", "p*ncake",
        "раncake", "ｐａｎｃａｋｅ", "pan\u200bcake",
    ],
)  # fmt: skip
def test_a_latin_word(text: str) -> None:
    assert "pancake" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "مخروف", "خروفستان", "pancakey", "span cake", "https://example.org/p.a.n.c.a.k.e", "give me a cough", "a club sandwich",
        "خ ر", "gingerale", "ginger and ale", "tea",
    ],
)  # fmt: skip
def test_what_only_looks_like_it(text: str) -> None:
    assert found(text) == set()


def test_a_star_at_the_end_and_at_the_beginning() -> None:
    assert found("a coffeehouse") == {"coffee*"}
    assert found("blueberry") == {"*berry"}


def test_an_ending_after_a_feminine_word() -> None:
    assert found("بكلمتها") == {"كلمة"}


def test_a_phrase() -> None:
    assert found("Ginger  ALE, please") == {"ginger ale"}


def test_the_word_of_the_text_is_told() -> None:
    reading = Reading("one two p.a.n.c.a.k.e and a blueberry")
    assert {reading.words[place].main for _, place in BOOK.found(reading)} == {"p", "blueberry"}
    assert [reading.text[reading.words[place].start :][:4] for _, place in sorted(BOOK.found(reading))] == [
        "p.a.",
        "blue",
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "«»", "*", "…", "\x01", "a" * 30_000, "خ " * 12_000, "\ud800 x", "1 2 3"]
)
def test_no_text_is_too_odd(text: str) -> None:
    assert found(text) == set()


def test_an_empty_list_finds_nothing() -> None:
    assert WordBook([]).found(Reading("pancake")) == set()
    assert WordBook(["x", "", "*"]).found(Reading("x")) == set()


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"(a)\1", "precept.pattern_wrong"),
        ("(?=a)b", "precept.pattern_wrong"),
        ("(", "precept.pattern_wrong"),
        ("(?:a{100}){100}", "precept.pattern_wrong"),
        ("a" * 201, "precept.pattern_long"),
        (".*", "precept.pattern_all"),
        ("", "precept.pattern_all"),
        (r"\s", "precept.pattern_all"),
        (r"(?:.{0,40}a){3}z", "precept.pattern_wrong"),
        (r"\w{1,200}zz", "precept.pattern_wrong"),
        (r"\bbuy\s+\d+", ""),
        (r"\p{Arabic}{3}", ""),
    ],
)
def test_what_can_be_a_pattern(pattern: str, why: str) -> None:
    assert wrong_pattern(pattern) == why


def test_patterns_meet_the_text_as_typed_and_as_folded() -> None:
    book = PatternBook([r"\bbuy\s+\d+", "اشتر[يه]", "(", r"!{3}"])
    assert book.found(Reading("BUY 20")) == {0}
    assert book.found(Reading("اشترى")) == {1}
    assert book.found(Reading("now!!!")) == {3}
    assert book.found(Reading("nothing")) == set()


def test_a_pattern_that_would_backtrack_does_not() -> None:
    book = PatternBook(["(a+)+$", "(x|x|x)*y"])
    assert book.found(Reading("a" * 19_000 + "b")) == set()


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("see https://Example.org/x?y", {"example.org"}),
        ("www.example.org.", {"example.org"}),
        ("shop.example.com now", {"shop.example.com"}),
        ("«http://مثال.org»", {"مثال.org"}),
        ("me@example.com", set()),
        ("version 2.5, e.g. this", set()),
    ],
)
def test_links(text: str, sites: set[str]) -> None:
    assert sites_in(text.casefold()) == {site.casefold() for site in sites}


def test_rules_are_made_ready_once_and_memory_is_bounded() -> None:
    standing = [Standing(id=bytes([n]), cid=bytes([n]), text="pancake") for n in range(MOST_READY + 9)]
    book = Rulebook(standing)
    ready = book.of(b"\x01")
    assert ready is not None
    assert book.of(b"\x01") is ready
    for n in range(MOST_READY + 9):
        assert book.of(bytes([n])) is not None
    assert len(book._ready) == MOST_READY
    assert book.of(None) is None
    # Another reading of the same rows makes nothing anew.
    assert Rulebook(standing).of(bytes([MOST_READY + 8])) is book.of(bytes([MOST_READY + 8]))
