"""Experiences and communities are found, each by whoever may open it; and what the index of all of them keeps."""

from __future__ import annotations

import re
from html import unescape

import msgspec
import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.test_commands import NEW
from mashrabiya.communities.types import Audience
from mashrabiya.library.guides import flows
from mashrabiya.library.stories import commands as stories
from mashrabiya.library.stories.types import Layer, Told
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.people.flows.reaching import block
from mashrabiya.search import commands
from mashrabiya.search.tests.asking import statements, tell, titles
from mashrabiya.search.types import Part
from mashrabiya.testing.house import Person, TestHouse


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


def test_they_take_three_statements_at_most(house: TestHouse) -> None:
    flows.furnish(house.database, only=("coming-out",))
    tell(house)
    alice, visitor = house.person("Alice").browser, house.browser()
    for part in Part:
        if part.is_leaf:
            assert statements(house, visitor, "family tunisia gay", part) <= 3, part
            assert statements(house, alice, "family tunisia gay", part) <= 5, part
    alone = statements(house, visitor, "family tunisia", Part.THREADS)
    assert statements(house, visitor, "family tunisia", Part.ALL) <= alone + 2


def test_a_page_of_everything_takes_eight_statements_beside_session_and_face(house: TestHouse) -> None:
    scene = Scene(house)
    flows.furnish(house.database, only=("coming-out",))
    scene.say(scene.alice, "Family matters.")
    scene.tell()
    commands.number_ripe(house.database, all_of_them=True)
    for part in Part:
        assert statements(house, scene.bob.browser, "family tunisia", part) <= 2 + 8, part
    assert statements(house, house.browser(), "family tunisia", Part.ALL) <= 7


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
