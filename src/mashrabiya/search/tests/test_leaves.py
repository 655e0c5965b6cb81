"""Guides, services, countries, words, experiences and communities are found, each by whoever may open it."""

from __future__ import annotations

import re
from html import unescape

import msgspec
import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.test_commands import NEW
from mashrabiya.communities.types import Audience
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides import flows, queries
from mashrabiya.library.guides.types import State
from mashrabiya.library.laws.commands import rows as laws
from mashrabiya.library.services import commands as services
from mashrabiya.library.services.tests.scene import Scene as Directory
from mashrabiya.library.services.tests.scene import record
from mashrabiya.library.services.types import Risk, Stance, Status
from mashrabiya.library.stories import commands as stories
from mashrabiya.library.stories.types import Layer, Told
from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.people.flows.reaching import block
from mashrabiya.platform.worker import Worker
from mashrabiya.search import commands
from mashrabiya.search.types import Part
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import Person, TestHouse

_ROW = re.compile(r'<li class="row">(.*?)</li>', re.DOTALL)
_TITLE = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def tell(house: TestHouse) -> None:
    """What was recorded is told."""
    Worker(house.database, house.keys).drain()


def titles(browser: Browser, words: str, part: Part = Part.ALL) -> list[str]:
    """The titles of what is found, as the page has them."""
    asked = browser.post("/q", {"q": words, "a": str(int(part))})
    page = browser.get(asked.location)
    assert page.status == 200
    found = (_TITLE.search(row) for row in _ROW.findall(page.text))
    return [" ".join(unescape(_TAG.sub("", one[1])).split()) for one in found if one]


def statements(house: TestHouse, browser: Browser, words: str, part: Part) -> int:
    """How many a page takes, session and face included."""
    address = browser.post("/q", {"q": words, "a": str(int(part))}).location
    browser.get(address)
    house.site.held.refresh()
    trace: list[str] = []
    house.database.trace = trace
    assert browser.get(address).status == 200
    house.database.trace = None
    return len(trace)


def test_guides_are_found_while_they_may_be_read(house: TestHouse) -> None:
    flows.furnish(house.database, only=("grief", "coming-out"))
    with house.database.read() as db:
        every = {
            guide.slug: guide
            for guide in map(lambda raw: queries.get_guide(db, raw), queries.names(db).values())
        }
    plain = next(one for one in every.values() if one.is_read)
    with house.database.read() as db:
        shown = {one.lang: one for one in queries.editions(db, plain.id)}
    title = shown["en"].title
    visitor = house.browser()
    assert titles(visitor, title, Part.GUIDES) == [], "told within a second, by the fact"
    tell(house)
    assert titles(visitor, title)[0] == title
    assert shown["ar"].title in titles(house.browser("ar"), shown["ar"].title, Part.GUIDES)
    assert "First edition" in _ROW.findall(visitor.follow(visitor.post("/q", {"q": title})).text)[0]
    for changes in ({"open": 0}, {"state": int(State.WITHDRAWN)}, {"state": int(State.DRAFT)}):
        with house.database.write() as uow:
            guides.change_guide(uow, plain, **changes)
        assert title not in titles(visitor, title, Part.GUIDES), "gone at once, before any fact is told"
        with house.database.write() as uow:
            guides.change_guide(uow, plain)
    assert titles(visitor, title, Part.GUIDES)[0] == title


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
    assert titles(visitor, "لبنان فانوس متطوع", Part.SERVICES)[:1] in ([], ["Lantern line"])
    assert titles(visitor, "000-111-222", Part.SERVICES) == [], "no number is looked up"
    which = scene.id(public)
    with house.database.write() as uow:
        services.change(
            uow, scene.hana.viewer, which, record(name_en="Lantern cure", conversion=Stance.PRACTISES)
        )
    assert titles(visitor, "lantern", Part.SERVICES) == [], "at once"
    with house.database.write() as uow:
        services.change(uow, scene.hana.viewer, which, record(name_en="Beacon line"))
    tell(house)
    assert titles(visitor, "beacon", Part.SERVICES) == ["Beacon line"]
    assert titles(visitor, "lantern", Part.SERVICES) == []
    with house.database.write() as uow:
        services.set_status(uow, scene.hana.viewer, which, Status.CLOSED)
    assert titles(visitor, "beacon", Part.SERVICES) == []


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
    page = visitor.follow(visitor.post("/q", {"q": "Tunisia"})).text
    assert "state red" in _ROW.findall(page)[0], "what nobody knows looks like a risk"
    address = re.search(r'<h3><a href="([^"]+)"', page)
    assert address and visitor.get(unescape(address[1])).status == 200
    assert laws


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
    from sqlalchemy import LargeBinary, bindparam, update

    from mashrabiya.library.terms.queries import HELD
    from mashrabiya.library.terms.tables import TERM
    from mashrabiya.platform import house as houses
    from mashrabiya.platform.db import Statement

    with house.database.write() as uow:
        uow.run(
            Statement(
                update(TERM).where(TERM.c.id == bindparam("which", type_=LargeBinary)).values(hidden=1)
            ),
            which=concept,
        )
        houses.bump(uow, HELD)
    house.site.held.refresh()


def told(
    house: TestHouse, who: Person, words: str, *, unnamed: bool = False, may: int = Layer.MEMBERS
) -> bytes:
    """An experience of hers."""
    with house.database.write() as uow:
        new = Told(about=1, was=words, question="", unnamed=unnamed, may=int(may))
        return stories.tell(uow, who.viewer, new).id


def test_experiences_are_found_by_those_whom_their_tellers_let_read(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    one = told(house, alice, "A juniper stood by the door.", unnamed=True)
    told(house, alice, "The juniper of everybody.", may=Layer.MEMBERS | Layer.EVERYBODY)
    tell(house)
    visitor = house.browser()
    assert titles(visitor, "juniper", Part.STORIES) == ["The juniper of everybody."]
    assert len(titles(bob.browser, "juniper", Part.STORIES)) == 2
    with house.database.write() as uow:
        stories.agree(uow, alice.viewer, one, 0)
    assert titles(bob.browser, "juniper", Part.STORIES) == ["The juniper of everybody."], "at once"
    with house.database.write() as uow:
        stories.agree(uow, alice.viewer, one, int(Layer.MEMBERS))
        stories.hide(uow, one)
    assert len(titles(bob.browser, "juniper", Part.STORIES)) == 1
    block(house.site, bob.viewer, alice.viewer.pid, shared=False)
    assert titles(bob.browser, "juniper", Part.STORIES) == [], "whom she keeps away by name"
    assert len(titles(visitor, "juniper", Part.STORIES)) == 1


def test_nothing_of_an_experience_stays_that_is_taken_back(house: TestHouse) -> None:
    alice = house.person("Alice")
    one = told(house, alice, "Zanzibar quagmire.", unnamed=True)
    tell(house)
    count = house.database.connection().execute
    assert count("SELECT count(*) FROM leaf_word WHERE part = 7").fetchone()[0] == 2
    with house.database.write() as uow:
        stories.take_back(uow, alice.viewer, one)
    assert titles(house.person("Bob").browser, "zanzibar", Part.STORIES) == [], "before any fact is told"
    tell(house)
    assert count("SELECT count(*) FROM leaf_word WHERE part = 7").fetchone()[0] == 0
    assert count("SELECT count(*) FROM leaf WHERE part = 7").fetchone()[0] == 0


def test_communities_are_found_by_whoever_may_know_of_them(house: TestHouse) -> None:
    house.change(open=True)
    alice, bob = house.person("Alice"), house.person("Bob")
    made, dana = {}, house.person("Dana")
    for audience in (Audience.PUBLIC, Audience.SIGNED_IN, Audience.MEMBERS, Audience.HIDDEN):
        new = msgspec.structs.replace(
            NEW, name=f"Harbour {audience.name.title()}", about="Boats.", audience=audience
        )
        with house.database.write() as uow:
            founder = alice if audience in {Audience.PUBLIC, Audience.HIDDEN} else dana
            made[audience] = communities.found(uow, founder.viewer, new)
    tell(house)
    visitor = house.browser()
    assert titles(visitor, "harbour boats", Part.COMMUNITIES) == ["Harbour Public"]
    assert len(titles(alice.browser, "harbour", Part.COMMUNITIES)) == 4
    found = titles(bob.browser, "harbour", Part.COMMUNITIES)
    assert len(found) == 3
    assert "Harbour Hidden" not in found
    assert "Harbour Public" in titles(visitor, "harbour"), "before threads and replies"
    with house.database.write() as uow:
        named = msgspec.structs.replace(NEW, name="Quay", about="Boats.", audience=Audience.HIDDEN)
        communities.edit(uow, alice.viewer, made[Audience.PUBLIC], named)
    assert titles(visitor, "harbour", Part.COMMUNITIES) == [], "at once"
    tell(house)
    assert titles(alice.browser, "quay", Part.COMMUNITIES) == ["Quay"]
    assert "Quay" not in titles(alice.browser, "harbour", Part.COMMUNITIES)


def test_what_is_closed_to_her_moves_nothing(house: TestHouse) -> None:
    """A word that only closed places say is as rare to her as one that nobody says."""
    house.change(open=True)
    alice, bob = house.person("Alice"), house.person("Bob")
    for name, audience in (
        ("Violet lamp", Audience.HIDDEN),
        ("Violet", Audience.PUBLIC),
        ("Lamp", Audience.PUBLIC),
    ):
        with house.database.write() as uow:
            communities.found(uow, alice.viewer, msgspec.structs.replace(NEW, name=name, audience=audience))
    tell(house)
    before = titles(bob.browser, "violet lamp", Part.COMMUNITIES)
    assert len(before) == 2
    for extra in range(3):
        somebody = house.person(f"Dana {extra}")
        with house.database.write() as uow:
            new = msgspec.structs.replace(NEW, name=f"Lamp {extra}", audience=Audience.HIDDEN)
            communities.found(uow, somebody.viewer, new)
    tell(house)
    assert titles(bob.browser, "violet lamp", Part.COMMUNITIES) == before


def test_the_index_of_them_can_be_made_anew_and_is_swept(house: TestHouse) -> None:
    house.change(open=True)
    alice = house.person("Alice")
    with house.database.write() as uow:
        communities.found(
            uow, alice.viewer, msgspec.structs.replace(NEW, name="Harbour", audience=Audience.PUBLIC)
        )
    commands.put_leaves(house.database)
    assert titles(house.browser(), "harbour", Part.COMMUNITIES) == ["Harbour"]
    run = house.database.connection().execute
    run("UPDATE leaf SET ref = (SELECT seed FROM community)")
    run("UPDATE leaf_word SET ref = (SELECT seed FROM community)")
    if house.database.dialect == "sqlite":
        house.database.connection().commit()
    commands.put_leaves(house.database)
    assert run("SELECT count(*) FROM leaf").fetchone()[0] == 1
    assert titles(house.browser(), "harbour", Part.COMMUNITIES) == ["Harbour"]


def test_they_take_two_statements_at_most(house: TestHouse) -> None:
    flows.furnish(house.database, only=("coming-out",))
    tell(house)
    alice, visitor = house.person("Alice").browser, house.browser()
    for part in Part:
        if part.is_leaf:
            assert statements(house, visitor, "family tunisia gay", part) <= 2, part
            assert statements(house, alice, "family tunisia gay", part) <= 4, part


@pytest.mark.parametrize(
    "words", ["", '"', "-", "a" * 3000, "'; DROP TABLE leaf; --", "%_%", "\x00", "\u202e", "kettle"]
)
def test_any_words_of_any_part_get_an_answer(house: TestHouse, words: str) -> None:
    browser = house.browser()
    for part in ("0", "3", "8", "9", "-1", "x", "٣", "999999", "3;"):
        asked = browser.post("/q", {"q": words, "a": part})
        assert asked.status == 303
        page = browser.get(asked.location)
        assert page.status == 200
    for address in re.findall(r'class="chip" href="([^"]+)"', page.text):
        assert browser.get(unescape(address)).status == 200
