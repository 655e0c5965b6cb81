"""The search of communities finds by the glossary what is said in the other language."""

from __future__ import annotations

import pytest

from mashrabiya.communities import queries, rules
from mashrabiya.communities.tests.factories import ALICE
from mashrabiya.communities.tests.naughty import NAUGHTY
from mashrabiya.communities.tests.test_finding import place
from mashrabiya.communities.types import Search
from mashrabiya.library.terms.tests.shelved import fill, whole
from mashrabiya.library.terms.types import Word
from mashrabiya.platform.db import Database
from mashrabiya.testing.house import TestHouse

PAIRS = [
    ("coming out", "عن الإفصاح، أو لا"),
    ("الإفصاح", "After coming out"),
    ("ifsa7", "After coming out"),
    ("blackmail", "حين يبدأ الابتزاز"),
    ("ابتزاز", "Facing blackmail"),
    ("ibtizaz", "Facing blackmail"),
    ("deadname", "الاسم القديم"),
    ("الضمائر", "Our pronouns"),
    ("dama2er", "Our pronouns"),
    ("chosen family", "العائلة المختارة"),
    ("pronouns kitchen", "Kitchen of الضمائر"),
]


def found(database: Database, words: str) -> list[str]:
    with database.read() as db:
        return [card.name for card in queries.find(db, ALICE, Search(words=words), whole().same).cards]


@pytest.mark.parametrize(("asked", "about"), PAIRS)
def test_one_language_finds_the_other(database: Database, asked: str, about: str) -> None:
    place(database, "Found", about=about)
    place(database, "Other", about="Plants on balconies. نباتات")
    assert found(database, asked) == ["Found"]


@pytest.mark.parametrize("asked", ["kitchen", "plants", "شطرنج", "chess night"])
def test_words_of_no_concept_are_asked_for_as_before(asked: str) -> None:
    assert rules.wanted(asked, whole().same) == rules.wanted(asked)


def test_little_is_looked_for_however_much_is_asked() -> None:
    asked = "pronouns outing blackmail dysphoria stigma asylum"
    ways = rules.wanted(asked, whole().same)
    assert sum(len(one) for one in ways) <= 12
    assert all(len(words) <= 3 for one in ways for words in one)


@pytest.mark.parametrize("asked", [*NAUGHTY, "% _ \\", "~same", "coming out %"])
def test_no_question_fails(database: Database, asked: str) -> None:
    place(database, "Night kitchen")
    found(database, asked)
    assert not any(
        sign in part
        for one in rules.wanted(asked, whole().same)
        for way in one
        for part in way
        for sign in "%_\\\n"
    )


def test_it_is_one_statement_as_before(database: Database) -> None:
    database.trace = []
    found(database, "pronouns outing")
    assert len(database.trace) == 1


def test_the_page_asks_the_glossary_of_the_house(house: TestHouse) -> None:
    place(house.database, "Found", about="الضمائر")
    house.change(open=True)
    alice = house.person("Alice").browser
    assert "Found" not in alice.get("/c?q=pronouns").text
    fill(house, "pronouns")
    assert "Found" in alice.get("/c?q=pronouns").text


def test_terms_are_found_in_a_question() -> None:
    asked = ["how", "is", "coming", "out", "at", "work", "for", "lesbian", "women"]
    found = {" ".join(asked[first:last]): said for first, last, said in whole().runs(asked)}
    assert set(found) >= {"coming out", "lesbian"}
    assert "الافصاح" in found["coming out"]
    assert "out" not in found, "the longest run is the term"
    assert list(whole().runs([])) == []
    assert dict.fromkeys(whole().runs(["kettle", "over", "roofs"])) == {}


def test_an_everyday_word_is_a_term_only_in_short_questions() -> None:
    assert [said[:2] for said in whole().runs(["مثلي"])] == [(0, 1)]
    assert not [said for said in whole().runs(["شخص", "مثلي", "يحب", "القراءه"]) if said[:2] == (1, 2)]


def test_a_slip_leads_to_a_word_that_people_use() -> None:
    assert whole().meant("comign out") == ("coming out",)
    assert "الإفصاح" in whole().meant("الافصاخ")
    assert whole().meant("coming out") == whole().meant("") == whole().meant("kettle") == ()
    for word in ("faggoy", "trany", "شاز"):
        assert not {one.text for one in _avoided()}.intersection(whole().meant(word)), word


def _avoided() -> list[Word]:
    return [word for concept in whole().shown for word in concept.body.words if word.avoided]
