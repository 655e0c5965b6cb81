"""Titles of guides, names of countries and of open communities are offered for a slip; no closed one is."""

from __future__ import annotations

import msgspec
import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.test_commands import NEW
from mashrabiya.communities.types import Audience
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides import flows, queries
from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.search.tests.asking import tell, titles
from mashrabiya.search.tests.test_saying import offered
from mashrabiya.search.types import Part
from mashrabiya.testing.house import TestHouse


@pytest.mark.parametrize(
    ("typed", "word"),
    [("Tunsia", "Tunisia"), ("Lebannon", "Lebanon"), ("المغرل", "المغرب"), ("السعوديه", ""), ("Telilng", "Telling")],
)  # fmt: skip
def test_a_slip_in_the_word_of_a_title_is_mended(house: TestHouse, typed: str, word: str) -> None:
    flows.furnish(house.database, only=("coming-out", "loneliness"))
    fill(house)
    tell(house)
    house.site.held.refresh()
    found = list(offered(house.browser(), typed))
    assert (word in found) if word else not found


def test_the_offered_question_keeps_its_other_words(house: TestHouse) -> None:
    fill(house)
    assert "lawyer Tunisia" in offered(house.browser(), "lawyer Tunsia")


def test_a_guide_that_is_closed_gives_no_word_away(house: TestHouse) -> None:
    flows.furnish(house.database, only=("coming-out",))
    tell(house)
    house.site.held.refresh()
    assert "Telling" in offered(house.browser(), "Telilng")
    with house.database.read() as db:
        guide = next(one.guide for one in queries.stock(db).shown.values())
    with house.database.write() as uow:
        guides.change_guide(uow, guide, open=0)
    house.site.held.refresh()
    assert offered(house.browser(), "Telilng") == {}
    assert offered(house.person("Alice").browser, "Telilng") == {}


def test_open_communities_are_offered_and_no_others(house: TestHouse) -> None:
    house.change(open=True)
    alice = house.person("Alice")
    for name, audience in (
        ("Harbour walk", Audience.PUBLIC),
        ("Meadow walk", Audience.SIGNED_IN),
        ("Orchard walk", Audience.HIDDEN),
    ):
        dana = house.person(f"Dana {name}")
        with house.database.write() as uow:
            new = msgspec.structs.replace(NEW, name=name, audience=audience)
            communities.found(uow, (alice if audience is Audience.HIDDEN else dana).viewer, new)
    tell(house)
    for browser in (house.browser(), alice.browser):
        assert list(offered(browser, "Harbuor")) == ["Harbour"]
        assert offered(browser, "Medaow") == {}
        assert offered(browser, "Ochard") == {}


@pytest.mark.parametrize(("typed", "name"), [("masr", "Egypt"), ("lubnan", "Lebanon"), ("lmaghrib", "Morocco"), ("falasteen", "Palestinian Territories"), ("3oman", "Oman")])  # fmt: skip
def test_a_country_is_found_by_arabic_in_latin_letters(house: TestHouse, typed: str, name: str) -> None:
    fill(house)
    assert name in titles(house.browser(), typed, Part.COUNTRIES)[:2]


@pytest.mark.parametrize("typed", ["sin", "kettle", "mother", "sun", "more", "tender"])
def test_english_is_no_country_in_arabic(house: TestHouse, typed: str) -> None:
    fill(house)
    assert titles(house.browser(), typed, Part.COUNTRIES) == []
