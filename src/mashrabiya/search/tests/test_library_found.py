"""Guides, services, countries and words are found, each by whoever may open it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import LargeBinary, bindparam, update

from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides import flows, queries
from mashrabiya.library.guides.types import State
from mashrabiya.library.services import commands as services
from mashrabiya.library.services import queries as directory
from mashrabiya.library.services.comparing import print_of
from mashrabiya.library.services.tests.scene import Scene as Directory
from mashrabiya.library.services.tests.scene import record
from mashrabiya.library.services.types import Record, Risk, Stance, Status
from mashrabiya.library.terms.queries import HELD
from mashrabiya.library.terms.tables import TERM
from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.platform import house as houses
from mashrabiya.platform.db import Statement
from mashrabiya.platform.search.asking import read_question
from mashrabiya.search.queries.in_memory import is_named
from mashrabiya.search.tests.asking import ROW, tell, titles
from mashrabiya.search.types import Part
from mashrabiya.testing.house import TestHouse


def test_guides_are_found_while_they_may_be_read(house: TestHouse) -> None:
    flows.furnish(house.database, only=("grief", "coming-out"))
    with house.database.read() as db:
        plain = next(one.guide for one in queries.stock(db).shown.values())
        shown = {one.lang: one for one in queries.editions(db, plain.id)}
    title = shown["en"].title
    visitor = house.browser()
    assert titles(visitor, title, Part.GUIDES) == [], "told within a second, by the fact"
    tell(house)
    assert titles(visitor, title)[0] == title
    assert shown["ar"].title in titles(house.browser("ar"), shown["ar"].title, Part.GUIDES)
    assert "First edition" in ROW.findall(visitor.follow(visitor.post("/q", {"q": title})).text)[0]
    for changes in ({"open": 0}, {"state": int(State.WITHDRAWN)}, {"state": int(State.DRAFT)}):
        with house.database.write() as uow:
            guides.change_guide(uow, plain, **changes)
        assert title not in titles(visitor, title, Part.GUIDES), "gone at once, before any fact is told"
        with house.database.write() as uow:
            guides.change_guide(uow, plain)
    assert titles(visitor, title, Part.GUIDES)[0] == title


def test_a_word_leads_to_the_guide_that_says_more_while_it_is_open(house: TestHouse) -> None:
    flows.furnish(house.database, only=("coming-out",))
    fill(house)
    tell(house)
    with house.database.read() as db:
        guide = next(one.guide for one in queries.stock(db).shown.values())
    visitor = house.browser()
    link, fields = f'href="{guide.address}"', {"q": "coming out", "a": str(int(Part.TERMS))}
    assert link in visitor.follow(visitor.post("/q", fields)).text.replace("&#x2f;", "/")
    with house.database.write() as uow:
        guides.change_guide(uow, guide, open=0)
    house.site.held.refresh()
    assert link not in visitor.follow(visitor.post("/q", fields)).text.replace("&#x2f;", "/")


def test_closed_guides_are_found_by_nobody(house: TestHouse) -> None:
    flows.furnish(house.database)
    tell(house)
    with house.database.read() as db:
        stock = queries.stock(db)
    closed = [one for one in stock.entries.values() if not one.guide.is_read]
    assert closed
    alice = house.person("Alice").browser
    for one in closed:
        assert one.titles["en"] not in titles(alice, one.titles["en"], Part.GUIDES)
    opened = next(iter(stock.shown.values()))
    assert opened.titles["en"] in titles(alice, opened.titles["en"], Part.GUIDES)


def test_services_are_found_as_the_directory_lists_them(house: TestHouse) -> None:
    scene = Directory(house)
    public = scene.add(record(name_en="Lantern line", happens_en="A volunteer answers."))
    scene.add(record(name_en="Lantern house", risk=Risk.MEMBERS))
    scene.add(record(name_en="Lantern circle", risk=Risk.TRUSTED))
    scene.add(record(name_en="Lantern unchecked"), checked=False)
    scene.add(record(name_en="Lantern cure", conversion=Stance.PRACTISES))
    tell(house)
    alice, visitor = scene.alice.browser, house.browser()
    assert titles(visitor, "lantern", Part.SERVICES) == ["Lantern line"]
    assert sorted(titles(alice, "lantern", Part.SERVICES)) == ["Lantern house", "Lantern line"]
    assert "Lantern circle" in titles(scene.hana.browser, "lantern", Part.SERVICES)
    assert titles(visitor, "volunteers Lebanon", Part.SERVICES) == ["Lantern line"]
    assert titles(visitor, "000-111-222", Part.SERVICES) == [], "no number is looked up"
    which = scene.id(public)
    _change(scene, which, record(name_en="Lantern cure", conversion=Stance.PRACTISES))
    assert titles(visitor, "lantern", Part.SERVICES) == [], "at once"
    _change(scene, which, record(name_en="Beacon line"))
    tell(house)
    assert titles(visitor, "beacon", Part.SERVICES) == ["Beacon line"]
    assert titles(visitor, "lantern", Part.SERVICES) == []
    with house.database.write() as uow:
        services.set_status(uow, scene.hana.viewer, which, Status.CLOSED)
    assert titles(visitor, "beacon", Part.SERVICES) == []


def _change(scene: Directory, which: bytes, new: Record) -> None:
    with scene.house.database.write() as uow:
        _, before = directory.get_kept(uow, scene.hana.viewer, which)
        services.change(uow, scene.hana.viewer, which, new, seen=print_of(before))


def test_a_service_that_nobody_checked_for_a_year_is_not_found(house: TestHouse) -> None:
    scene = Directory(house)
    scene.add(record(name_en="Lantern line"))
    tell(house)
    assert titles(house.browser(), "lantern", Part.SERVICES) == ["Lantern line"]
    scene.later(367)
    assert titles(house.browser(), "lantern", Part.SERVICES) == []


def test_countries_are_found_with_what_is_known_of_their_law(house: TestHouse) -> None:
    visitor, arabic = house.browser(), house.browser("ar")
    assert titles(visitor, "Tunisia")[0] == "Tunisia"
    assert titles(visitor, "تونس")[0] == "Tunisia"
    assert titles(arabic, "Tunisia", Part.COUNTRIES) == ["تونس"]
    assert titles(visitor, "lawyers in tunisia for a friend")[0] == "Tunisia", "named beside other words"
    page = visitor.follow(visitor.post("/q", {"q": "Tunisia"})).text
    assert "state red" in ROW.findall(page)[0], "what nobody knows looks like a risk"
    address = re.search(r'<h3><a href="([^"]+)"', page)
    assert address
    assert visitor.get(unescape(address[1])).status == 200


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("lawyers in the isle of man for a friend", "Isle of Man"), ("help in trinidad and tobago for a friend", "Trinidad & Tobago"),
        ("UAE lawyer help please", "United Arab Emirates"), ("can I ask for asylum in england", "United Kingdom"), ("محام في الإمارات لصديق", "United Arab Emirates"),
    ],
)  # fmt: skip
def test_a_country_is_named_as_people_call_it(house: TestHouse, words: str, name: str) -> None:
    flows.furnish(
        house.database, only=("migration-asylum", "law-and-arrest", "ageing", "parents", "intersex")
    )
    fill(house)
    tell(house)
    assert titles(house.browser(), words)[0] == name


def test_a_name_with_words_that_only_hold_it_together_is_a_name() -> None:
    for code, words in (
        ("IM", "lawyers in the isle of man for a friend"),
        ("TT", "trinidad and tobago"),
        ("SA", "KSA"),
    ):
        assert is_named(code, read_question(words).keys), words
    assert not is_named("IM", read_question("a man for a friend").keys)


def test_beside_a_country_what_answers_the_other_words_is_shown(house: TestHouse) -> None:
    fill(house)
    found = titles(house.browser(), "turkey asylum")
    assert found[0] == "Türkiye"
    assert "asylum" in found
    assert set(titles(house.browser(), "من سوريا الى لبنان")[:2]) == {"Syria", "Lebanon"}
    assert titles(house.browser(), "isle of man") == ["Isle of Man"], "no Oman, and no word for a man"


def test_a_continent_names_no_country(house: TestHouse) -> None:
    flows.furnish(house.database, only=("coming-out",))
    tell(house)
    found = titles(house.browser(), "telling someone in south america")
    assert found[0] == "Telling someone, or not now"


def test_words_are_found_in_either_language_and_hidden_ones_by_nobody(house: TestHouse) -> None:
    glossary = fill(house, "gay", "coming-out", "trans")
    visitor = house.browser()
    concept = glossary.by_key["coming-out"]
    name, arabic = concept.name("en"), concept.name("ar")
    assert titles(visitor, arabic, Part.TERMS)[0] == name
    assert titles(visitor, name)[0] == name
    _hide(house, concept.id)
    assert name not in titles(visitor, name, Part.TERMS)


def _hide(house: TestHouse, concept: bytes) -> None:
    with house.database.write() as uow:
        uow.run(
            Statement(
                update(TERM).where(TERM.c.id == bindparam("which", type_=LargeBinary)).values(hidden=1)
            ),
            which=concept,
        )
        houses.bump(uow, HELD)
    house.site.held.refresh()
