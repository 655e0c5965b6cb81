"""What a question names by its whole stands first: the word itself, and the guide that says more of it."""

from __future__ import annotations

import pytest

from mashrabiya.library.guides import flows
from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.search.tests.asking import tell, titles
from mashrabiya.search.types import Part
from mashrabiya.testing.house import TestHouse

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
    flows.furnish(house.database, only=("coming-out", "parents"))
    fill(house)
    tell(house)
    found = titles(house.browser(), "parents families coming out", Part.GUIDES)
    assert found[0] == "For parents and families"
