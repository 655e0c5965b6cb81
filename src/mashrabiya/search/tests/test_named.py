"""What a question names by its whole stands first: the word itself, and the guide that says more of it."""

from __future__ import annotations

from html import unescape

import pytest

from mashrabiya.library.guides import flows, shelf
from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.platform.search.asking import read_question
from mashrabiya.search.tests.asking import tell, titles
from mashrabiya.search.types import Part
from mashrabiya.testing.house import TestHouse

_EVERYDAY = (
    "coming-out", "outing", "questioning", "suicide-safety", "parents", "housing", "faith", "family-living",
    "mental-health", "violence-at-home", "grief",
)  # fmt: skip
_TITLES = {"Telling someone, or not now", "الإفصاح: متى، ولمن، وهل أصلًا"}


def test_the_guide_of_a_word_comes_before_guides_that_hold_its_parts_by_chance(house: TestHouse) -> None:
    flows.furnish(
        house.database, only=("coming-out", "family-living", "parents", "grief", "violence-at-home", "outing")
    )
    fill(house)
    tell(house)
    for words in ("coming out", "Coming Out", "الإفصاح", "افصاح", "ifsa7"):
        for language in ("en", "ar"):
            assert titles(house.browser(language), words, Part.GUIDES)[0] in _TITLES, words
        found = titles(house.browser(), words)
        assert found[0] == "coming out", words
        assert _TITLES.intersection(found[:2]), words
    assert titles(house.browser(), "coming out", Part.GUIDES)[0] == "Telling someone, or not now"


@pytest.mark.parametrize(
    ("words", "name"),
    [("gender", "gender"), ("جندر", "gender"), ("trans", "trans"), ("ترانس", "trans"), ("ترنس", "trans")],
)
def test_a_word_stands_before_others_that_say_it_too(house: TestHouse, words: str, name: str) -> None:
    fill(house)
    assert titles(house.browser(), words, Part.TERMS)[0] == name


def test_a_question_of_more_than_a_word_names_nothing(house: TestHouse) -> None:
    """What answers best stands first there."""
    flows.furnish(house.database, only=("coming-out", "faith"))
    fill(house)
    tell(house)
    found = titles(house.browser(), "faith prayer coming out", Part.GUIDES)
    assert found[0] == "Faith and me"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("How do I tell my parents that I am gay?", "Telling someone, or not now"),
        ("كيف بحكي لأمي", "الإفصاح: متى، ولمن، وهل أصلًا"),
        ("My parents found out", "Outed, or about to be"),
        ("خايف أهلي يعرفوا", "كشف الهوية دون رضا: قبله وبعده"),
        ("am I trans?", "Exploring who I am"),
        ("هل أنا طبيعي", "استكشاف الهوية"),
        ("I want to die", "When I think of dying"),
        ("ما بدي أعيش", "حين تأتي أفكار الموت"),
        ("my son is gay", "For parents and families"),
        ("طردوني من البيت", "السكن: مكان للعيش"),
        ("هل المثلية حرام", "الإيمان والهوية"),
    ],
)
def test_what_people_ask_every_day_leads_to_the_guide_that_answers_it(
    house: TestHouse, words: str, title: str
) -> None:
    flows.furnish(house.database, only=_EVERYDAY)
    fill(house)
    tell(house)
    language = "ar" if words[-2] > "\u0600" else "en"
    assert titles(house.browser(language), words)[0] == title
    assert titles(house.browser(language), words, Part.GUIDES)[0] == title


@pytest.mark.parametrize(
    ("words", "name"),
    [("what is trans", "trans"), ("what does coming out mean", "coming out"), ("شو يعني ترانس", "trans")],
)
def test_whoever_asks_what_a_word_means_is_told_that_first(house: TestHouse, words: str, name: str) -> None:
    flows.furnish(house.database, only=_EVERYDAY)
    fill(house)
    tell(house)
    assert titles(house.browser(), words)[0] == name


def test_words_of_every_day_stand_beside_guides_of_the_shelf() -> None:
    shelved = {one.slug for one in shelf.guides()}
    asked = shelf.every_asked()
    assert {slug for slug, _ in asked} == shelved
    for slug in shelved:
        for language in ("ar", "en"):
            assert shelf.asked_of(slug, language), slug
    for _, said in asked:
        assert 0 < len(read_question(said).words) <= 11, said


def test_help_now_stands_above_where_somebody_may_need_it_tonight(house: TestHouse) -> None:
    flows.furnish(house.database, only=_EVERYDAY)
    fill(house)
    tell(house)
    for words, help_now in (
        ("I want to die", "/h?s=6"),
        ("my father beats me", "/h?s="),
        ("how do I come out", ""),
        ("grief", ""),
        ("nothing-like-it", ""),
    ):
        text = unescape(house.browser().get(f"/q?q={words.replace(' ', '+')}").text)
        box = text.split('class="call rose', 1)[1].split("</div>")[0] if 'class="call rose' in text else ""
        assert (help_now in box) if help_now else not box, words
