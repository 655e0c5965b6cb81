"""Protecting a place or the whole house: one press, who is new reads, and it ends by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import bindparam, update

from mashrabiya import main
from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.events import PlaceProtected
from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    MALLORY,
    MONA,
    VISITOR,
    found,
    join,
    other_persona,
    person,
)
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_newcomers import answer, begin
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import CARE, HOST, Viewer
from mashrabiya.people.sealed.persona import seal_flags
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import Band, Flags, Grant
from mashrabiya.platform import house as settings
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.settings import Config
from mashrabiya.safety.trust import commands as trust
from mashrabiya.safety.trust.types import Voice
from mashrabiya.testing.house import Person, TestHouse

NAME: Statement[Any] = Statement(
    update(PERSONA).where(PERSONA.c.id == bindparam("pid")).values(flags=bindparam("sealed"))
)


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


def protect(database: Database, viewer: Viewer, cid: bytes, hours: int = 6) -> list[Any]:
    facts: list[Any] = []
    database.recorder = lambda uow, fact: facts.append(fact)
    with database.write() as uow:
        commands.protect(uow, viewer, cid, hours)
    return facts


def named(house: TestHouse, person: Person, grant: Grant) -> None:
    """She is one of those who keep the house."""
    pid = person.viewer.pid
    sealed = seal_flags(house.keys.of("field"), Flags(Band.ADULT, grant), pid)
    with house.database.write() as uow:
        uow.run(NAME, pid=pid, sealed=sealed)


def help_up(database: Database, viewer: Viewer, cid: bytes) -> None:
    """Mona found her helpful on four days, the first of them three weeks ago."""
    clock.offset -= 24 * clock.DAY
    for _ in range(4):
        with database.write() as uow:
            assert trust.vote(uow, MONA, Voice(viewer.pid, b"", cid))
        clock.offset += 6 * clock.DAY


def test_one_person_alone_protects_a_place_and_the_fact_says_so(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    host = replace(MONA, roles=frozenset())
    assert protect(database, host, cid) == [PlaceProtected(cid, 6, 0)]
    with database.read() as db:
        assert queries.get_community(db, ALICE, cid).protected_hours == 6
    assert protect(database, replace(ALICE, roles=frozenset({CARE})), cid, 0) == [PlaceProtected(cid, 0, 1)]
    with database.read() as db:
        assert queries.get_community(db, ALICE, cid).protected_hours == 0


def test_nobody_else_does(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    for who in (BOB, MALLORY, VISITOR, other_persona(replace(MONA, roles=frozenset()))):
        for where in (cid, b""):
            with pytest.raises(NotFound):
                protect(database, who, where)
    with pytest.raises(NotFound):
        protect(database, replace(MONA, roles=frozenset()), b"")
    for hours in (-1, 1, 49, 999):
        with pytest.raises(Invalid, match="hours"):
            protect(database, MONA, cid, hours)


@pytest.mark.parametrize("role", [HOST, CARE])
def test_hosts_and_carers_protect_the_whole_house(database: Database, role: str) -> None:
    assert protect(database, replace(ALICE, roles=frozenset({role})), b"") == [PlaceProtected(b"", 6, 1)]
    with database.read() as db:
        assert settings.load(db).protected_hours == 6


def test_nobody_joins_meanwhile_and_members_stay(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    join(database, BOB, cid)
    protect(database, MONA, cid)
    with pytest.raises(Refused, match="nobody_joins"):
        join(database, ALICE, cid)
    join(database, BOB, cid)
    with database.read() as db:
        assert rules.may_read(BOB, queries.get_community(db, BOB, cid)).allowed
    clock.offset += 6 * clock.HOUR
    join(database, ALICE, cid)


def test_two_days_is_the_most(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    for _ in range(3):
        protect(database, MONA, cid, 48)
    clock.offset += 48 * clock.HOUR
    with database.read() as db:
        assert queries.get_community(db, MONA, cid).protected_hours == 0


@pytest.mark.parametrize("whole", [False, True])
def test_who_is_new_reads_and_loses_nothing(
    house: TestHouse, alice: Person, bob: Person, whole: bool
) -> None:
    cid = open_place(house, alice, bob)
    place, mona = f"/c/{show_id(cid)}", house.person("Mona")
    named(house, mona, Grant.CARE)
    thread, own = begin(alice, place).location, begin(bob, place).location
    where = "/protect" if whole else f"{place}/protect"
    pressed = mona if whole else alice
    assert pressed.browser.submit(where, where, hours="24").status == 303
    words = "Typed with care."
    for page in (
        answer(bob, thread, words),
        answer(bob, thread, words, unnamed="1"),
        begin(bob, place, body=words),
    ):
        assert page.status == 422
        assert "Your text is still here" in page.text
        assert words in page.text
    assert "protected for a while" in bob.browser.get(thread).text
    address = re.findall(r'href="(/t/\w+/e/\w+)"', bob.browser.get(own).text.replace("&#x2f;", "/"))[0]
    page = bob.browser.submit(address, address, body="See https://example.org", title="Mint")
    assert page.status == 422, "nor are old words made to say something else"
    # Whoever runs the place goes on; and whoever was found helpful.
    assert answer(alice, thread).status == 303
    help_up(house.database, bob.viewer, cid)
    assert answer(bob, thread).status == 303
    bob.new_persona("Newly named")
    if not whole:
        assert "Joining is possible again afterwards" in bob.browser.get(place).text
    assert pressed.browser.submit(where, where, hours="0").status == 303
    bob.as_persona(1)
    assert bob.browser.submit(place, f"{place}/in").status == 303


@pytest.mark.parametrize("whole", [False, True])
def test_no_door_is_shown_that_would_refuse(
    house: TestHouse, alice: Person, bob: Person, whole: bool
) -> None:
    cid = open_place(house, alice, bob)
    place = f"/c/{show_id(cid)}"
    named(house, alice, Grant.HOST)
    where, door = "/protect" if whole else f"{place}/protect", f'href="{place}/t"'
    assert door in bob.browser.get(place).text.replace("&#x2f;", "/")
    assert alice.browser.submit(where, where, hours="6").location == where, "where it shows how it stands"
    page = bob.browser.get(place).text.replace("&#x2f;", "/")
    assert door not in page
    assert "can read, and write again afterwards" in page
    assert door in alice.browser.get(place).text.replace("&#x2f;", "/"), "she runs it"
    help_up(house.database, bob.viewer, cid)
    alice.browser.submit(where, where, hours="6")
    assert door in bob.browser.get(place).text.replace("&#x2f;", "/"), "he is established now"
    assert begin(bob, place).status == 303
    bob.new_persona("Newly named")
    assert door in bob.browser.get(place).text.replace("&#x2f;", "/"), "unnamed"
    assert begin(bob, place, unnamed="1").status == 303


def test_a_new_name_of_an_old_hand_reads_too(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    place = f"/c/{show_id(cid)}"
    thread = begin(alice, place).location
    help_up(house.database, bob.viewer, cid)
    bob.new_persona("Newly named")
    bob.browser.submit(place, f"{place}/in")
    alice.browser.submit(f"{place}/protect", f"{place}/protect", hours="6")
    assert answer(bob, thread).status == 422, "else everybody would see that somebody known is behind it"
    assert answer(bob, thread, unnamed="1").status == 303


def test_with_the_house_protected_only_the_invited_come_in(house: TestHouse) -> None:
    mona = house.person("Mona")
    named(house, mona, Grant.HOST)
    visitor = house.browser()
    assert 'name="pass"' in visitor.get("/join").text
    assert mona.browser.submit("/protect", "/protect", hours="6").status == 303
    assert 'name="pass"' not in visitor.get("/join").text
    with pytest.raises(Refused, match="by_invitation"):
        house.person("Raider")
    assert house.site.house.entry == "open", "what the hosts chose is there again afterwards"
    clock.offset += 6 * clock.HOUR
    assert 'name="pass"' in visitor.get("/join").text


def test_a_new_name_founds_nothing_meanwhile(database: Database) -> None:
    with database.write() as uow:
        settings.save(uow, open=True)
    protect(database, MONA, b"")
    with database.write() as uow, pytest.raises(Refused, match="read_only"):
        commands.found(uow, MALLORY, NewCommunity(name="Elsewhere"))
    with database.write() as uow:
        assert commands.found(uow, MONA, NewCommunity(name="Elsewhere"))


def test_every_process_knows_within_its_next_second(house: TestHouse) -> None:
    other = main.make_site(Config(data=house.folder), keys=house.keys, database=house.database)
    before = other.house.protected_hours
    protect(house.database, MONA, b"")
    other.held._checked -= 1.0
    assert (before, other.house.protected_hours) == (0, 6)
    assert other.rooms["newcomers"].allowance(house.visitor()).protected


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_speak_both_languages(house: TestHouse, language: str) -> None:
    host = house.person("Alice", language=language)
    place = f"/c/{show_id(open_place(house, host))}"
    named(house, host, Grant.HOST)
    for address in (f"{place}/protect", "/protect"):
        title = {"ar": "حماية مؤقّتة", "en": "Temporary protection"}[language]
        assert title in host.browser.get(address).text
        host.browser.submit(address, address, hours="48")
        assert {"ar": "٤٨ ساعة", "en": "within 48 hours"}[language] in host.browser.get(address).text
    mallory = house.browser()
    assert mallory.get(f"{place}/protect").status == mallory.get("/protect").status == 404


def test_a_raid_is_told_to_those_who_can_protect_the_place(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    place, bursts = f"/c/{show_id(cid)}", house.site.rooms["newcomers"].bursts
    for number in range(11):
        bursts.joined(cid, person(f"Raider {number}"))
    house.person("Raider").browser.submit(place, f"{place}/in")
    said = "More people than usual have joined"
    for address in (place, f"{place}/protect"):
        assert said in alice.browser.get(address).text
    assert said not in bob.browser.get(place).text
    alice.browser.submit(f"{place}/protect", f"{place}/protect", hours="6")
    assert said not in alice.browser.get(place).text, "it is done"


@pytest.mark.parametrize("unnamed", ["", "1"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Leave this place now", "posted the same words"),
        ("Number {} says: look at https://raid.example/{}", "posted the same address"),
    ],
)
def test_new_people_who_write_are_looked_at(
    house: TestHouse, alice: Person, words: str, said: str, unnamed: str
) -> None:
    cid = open_place(house, alice)
    place = f"/c/{show_id(cid)}"
    house.site.rooms["newcomers"].on = True
    thread = begin(alice, place).location
    for number in range(4):
        raider = house.person(f"Raider {number}")
        raider.browser.submit(place, f"{place}/in")
        assert said not in alice.browser.get(place).text
        written = words.format(number, number)
        assert answer(raider, thread, written, unnamed=unnamed).status == 303
    assert said in alice.browser.get(place).text
