"""Handing a place on: nobody runs one without her own yes, and no place is left without anybody."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, found, join, person
from mashrabiya.communities.tests.test_queries import exclude
from mashrabiya.communities.types import Audience
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people.rules import name_key
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import State
from mashrabiya.platform.db import Database

CARER = person("Caro", CARE)


def make(database: Database, viewer: Viewer, state: int = 0) -> None:
    """The row of the persona in use."""
    assert viewer.face is not None
    with database.write() as uow:
        uow.insert_once(
            PERSONA,
            id=viewer.pid,
            name=viewer.face.name,
            name_key=name_key(viewer.face.name),
            pub=viewer.pid.hex()[:10],
            seed=viewer.face.seed,
            bpub=bytes(32),
            pronouns="",
            about="",
            season=bytes(32),
            seen_q=clock.quarter(),
            state=state,
            flags=b"",
            priv=b"",
        )


def ask(database: Database, viewer: Viewer, cid: bytes, name: str) -> None:
    with database.write() as uow:
        commands.offer(uow, viewer, cid, name)


def say_yes(database: Database, viewer: Viewer, cid: bytes) -> None:
    with database.write() as uow:
        commands.take_over(uow, viewer, cid)


def lay_down(database: Database, viewer: Viewer, cid: bytes) -> None:
    with database.write() as uow:
        commands.lay_down(uow, viewer, cid)


def hand_over(database: Database, cid: bytes, other: Viewer, by: Viewer = MONA) -> None:
    """The other joins, is asked, and says yes."""
    make(database, by)
    make(database, other)
    join(database, other, cid)
    assert other.face is not None
    ask(database, by, cid, other.face.name)
    say_yes(database, other, cid)


def runs(database: Database, viewer: Viewer, cid: bytes) -> bool:
    with database.read() as db:
        return queries.get_community(db, viewer, cid).hosts


def place(database: Database, *members: Viewer) -> bytes:
    cid = found(database, Audience.SIGNED_IN)
    for member in (MONA, *members):
        make(database, member)
        join(database, member, cid)
    return cid


def asked(database: Database, viewer: Viewer, cid: bytes) -> bool:
    with database.read() as db:
        return queries.run_by(db, viewer, cid)[1] is not None


def test_a_member_is_asked_says_yes_and_the_first_lays_it_down(database: Database) -> None:
    cid = place(database, BOB)
    ask(database, MONA, cid, "bob")
    assert asked(database, BOB, cid)
    assert not runs(database, BOB, cid)
    say_yes(database, BOB, cid)
    say_yes(database, BOB, cid)
    assert runs(database, MONA, cid)
    assert runs(database, BOB, cid)
    lay_down(database, MONA, cid)
    lay_down(database, MONA, cid)
    assert not runs(database, MONA, cid)
    with database.write() as uow:
        commands.leave(uow, MONA, cid)
    with pytest.raises(Refused, match=r"community\.host_stays"):
        lay_down(database, BOB, cid)


def test_nobody_takes_over_what_was_not_offered(database: Database) -> None:
    cid = place(database, BOB, ALICE)
    ask(database, MONA, cid, "Bob")
    for viewer in (ALICE, CHARLIE):
        assert not asked(database, viewer, cid)
        with pytest.raises(Refused, match=r"hand\.no_offer"):
            say_yes(database, viewer, cid)


def test_an_offer_ends_by_itself_by_no_and_when_it_is_taken_back(database: Database) -> None:
    cid = place(database, BOB)
    ask(database, MONA, cid, "Bob")
    with database.write() as uow:
        commands.decline(uow, BOB, cid)
    with pytest.raises(Refused):
        say_yes(database, BOB, cid)
    ask(database, MONA, cid, "Bob")
    with database.write() as uow:
        commands.take_offer_back(uow, MONA, cid, "Bob")
    with pytest.raises(Refused):
        say_yes(database, BOB, cid)
    ask(database, MONA, cid, "Bob")
    clock.offset += 31 * clock.DAY
    assert not asked(database, BOB, cid)
    with pytest.raises(Refused):
        say_yes(database, BOB, cid)


def test_who_leaves_and_comes_back_is_asked_no_more(database: Database) -> None:
    cid = place(database, BOB)
    ask(database, MONA, cid, "Bob")
    with database.write() as uow:
        commands.leave(uow, BOB, cid)
    join(database, BOB, cid)
    with pytest.raises(Refused):
        say_yes(database, BOB, cid)


@pytest.mark.parametrize(
    ("name", "why"), [("Charlie", "hand.nobody"), ("", "hand.nobody"), ("Mona", "hand.runs_already")]
)
def test_only_members_who_do_not_run_it_are_asked(database: Database, name: str, why: str) -> None:
    cid = place(database, BOB)
    make(database, CHARLIE)
    with pytest.raises(Invalid) as wrong:
        ask(database, MONA, cid, name)
    assert wrong.value.fields == {"name": why}


def test_somebody_away_is_no_member_by_name(database: Database) -> None:
    cid = found(database, Audience.SIGNED_IN)
    make(database, BOB, state=int(State.AWAY))
    join(database, BOB, cid)
    with pytest.raises(Invalid):
        ask(database, MONA, cid, "Bob")


@pytest.mark.parametrize("viewer", [BOB, CHARLIE])
def test_only_who_runs_it_asks(database: Database, viewer: Viewer) -> None:
    cid = place(database, BOB, ALICE)
    with pytest.raises(NotFound):
        ask(database, viewer, cid, "Alice")


def test_whoever_runs_three_takes_no_fourth(database: Database) -> None:
    for number in range(3):
        hand_over(database, found(database, Audience.SIGNED_IN, f"Place {number}"), BOB)
    cid = place(database, BOB)
    ask(database, MONA, cid, "Bob")
    with pytest.raises(Refused, match=r"community\.runs_enough"):
        say_yes(database, BOB, cid)


def test_the_last_who_can_be_found_does_not_lay_it_down(database: Database) -> None:
    cid = place(database, BOB)
    hand_over(database, cid, BOB)
    exclude(database, BOB, cid)
    with pytest.raises(Refused, match=r"community\.host_stays"):
        lay_down(database, MONA, cid)


def test_carers_find_somebody_only_where_nobody_runs_it(database: Database) -> None:
    cid = place(database, BOB)
    with database.write() as uow, pytest.raises(NotFound):
        commands.offer_unrun(uow, CARER, cid, "Bob")
    with database.write() as uow:
        commands.forget_persona(uow, MONA.pid)
    with database.write() as uow, pytest.raises(NotFound):
        commands.offer_unrun(uow, ALICE, cid, "Bob")
    with database.write() as uow:
        commands.offer_unrun(uow, CARER, cid, "Bob")
    say_yes(database, BOB, cid)
    assert runs(database, BOB, cid)
    with database.write() as uow, pytest.raises(NotFound):
        commands.offer_unrun(uow, CARER, cid, "Bob")


def test_an_offer_shows_to_her_alone(database: Database) -> None:
    cid = place(database, BOB, ALICE)
    ask(database, MONA, cid, "Bob")
    with database.read() as db:
        hosts, bobs = queries.run_by(db, BOB, cid)
        assert [host.name for host in hosts] == ["Mona"]
        assert bobs
        for viewer in (ALICE, MONA, CHARLIE):
            assert not queries.run_by(db, viewer, cid)[1]
        assert [one.name for one in queries.offered(db, cid)] == ["Bob"]


def test_the_care_team_alone_is_told_that_nobody_runs_a_place(database: Database) -> None:
    cid = place(database, BOB)
    with database.read() as db:
        assert not queries.is_unrun(db, CARER, cid)
    with database.write() as uow:
        commands.forget_persona(uow, MONA.pid)
    with database.read() as db:
        assert queries.is_unrun(db, CARER, cid)
        assert not queries.is_unrun(db, BOB, cid)


def test_whoever_was_excluded_meanwhile_takes_nothing_over(database: Database) -> None:
    cid = found(database, Audience.PUBLIC)
    make(database, MONA)
    make(database, BOB)
    join(database, BOB, cid)
    ask(database, MONA, cid, "Bob")
    exclude(database, BOB, cid)
    with pytest.raises(Refused, match=r"hand\.no_offer"):
        say_yes(database, BOB, cid)
    clock.offset += 31 * clock.DAY
    assert not runs(database, BOB, cid)
