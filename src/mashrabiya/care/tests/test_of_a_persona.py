"""What can be decided about a persona that was reported as such, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from mashrabiya.care import queries, rules
from mashrabiya.care.tables import DECISION
from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.types import Act, Case, Place
from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import ALICE, CHARLIE, MALLORY, MONA, other_persona
from mashrabiya.communities.types import Audience, NewCommunity, Role
from mashrabiya.discussions.tests.factories import make_persona
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import CARE
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.platform.db import Database, Statement
from mashrabiya.safety.types import Thing

_DECISIONS: Statement[None] = Statement(select(*DECISION.c))


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    yield Desk(database)
    clock.offset = 0.0


def reported(desk: Desk, pid: bytes = MALLORY.pid) -> Case:
    desk.report_thing(Thing.PERSONA, pid)
    return next(case for case in desk.queue(CARER) if case.object == pid)


def places(desk: Desk, case: Case) -> list[bytes]:
    with desk.database.read() as db:
        return [place.id for place in queries.places_of(db, CARER, case)]


def test_it_is_excluded_from_the_community_chosen_and_undoing_lifts_it(desk: Desk) -> None:
    case = reported(desk)
    with desk.database.read() as db:
        assert rules.acts_on(case, queries.places_of(db, CARER, case)) == [
            Act.KEEP,
            Act.LIMIT,
            Act.PAUSE,
            Act.EXCLUDE,
        ]
    decision = desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid, days=30)
    assert desk.guards() == [("comm", MALLORY.pid, desk.cid)]
    assert (decision.cid, decision.role, decision.until_day) == (desk.cid, "care", clock.day() + 30)
    assert desk.queue(CARER) == []
    with pytest.raises(Conflict) as again:
        desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid)
    assert again.value.why == "care.excluded_already"
    desk.undo(decision, by=CARER)
    assert desk.guards() == []
    desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid)
    assert len(desk.guards()) == 1


def test_two_at_once_exclude_once(desk: Desk) -> None:
    case = reported(desk)
    desk.decide(case, Act.KEEP, by=CARER)
    with pytest.raises(Conflict) as late:
        desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid, seen=0)
    assert late.value.why == "care.meanwhile"
    assert desk.guards() == []


@pytest.mark.parametrize("place", [b"", b"\x01" * 10])
def test_a_community_has_to_be_chosen(desk: Desk, place: bytes) -> None:
    case = reported(desk)
    with pytest.raises(Invalid) as refused:
        desk.decide(case, Act.EXCLUDE, by=CARER, place=place)
    assert list(refused.value.fields) == ["place"]
    assert desk.guards() == []


def test_where_it_is_in_no_community_it_is_excluded_from_none(desk: Desk) -> None:
    case = reported(desk, CHARLIE.pid)
    assert rules.acts_on(case, []) == [Act.KEEP]
    with pytest.raises(Conflict):
        desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid)
    assert desk.guards() == []


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.HIDDEN])
def test_a_carer_learns_of_no_community_that_she_could_not_open(desk: Desk, audience: Audience) -> None:
    case = reported(desk)
    assert places(desk, case) == [desk.cid]
    with desk.database.write() as uow:
        communities.edit(uow, MONA, desk.cid, NewCommunity(name="Night kitchen", audience=audience))
    assert places(desk, case) == []
    with pytest.raises(Conflict):
        desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid)


def test_where_a_name_is_away_stands_nowhere(desk: Desk) -> None:
    case = reported(desk)
    with desk.database.write() as uow:
        send_away(uow, MALLORY.pid, quiet=False)
    assert places(desk, case) == []


def test_whoever_runs_a_place_decides_on_no_persona(desk: Desk) -> None:
    case = reported(desk)
    for viewer in (HOST, ALICE):
        with pytest.raises(NotFound):
            desk.decide(case, Act.EXCLUDE, by=viewer, place=desk.cid)
    decision = desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid)
    with pytest.raises(Refused) as refused:
        desk.undo(decision)
    assert refused.value.why == "care.undo_care"
    assert len(desk.guards()) == 1


def test_nobody_decides_on_herself_nor_lifts_it_under_any_name(desk: Desk) -> None:
    case = reported(desk)
    hers = replace(other_persona(MALLORY), roles=frozenset({CARE}))
    with pytest.raises(NotFound):
        desk.decide(case, Act.EXCLUDE, by=hers, place=desk.cid)
    decision = desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid)
    with pytest.raises(NotFound):
        desk.undo(decision, by=hers)
    assert len(desk.guards()) == 1


def test_the_house_excludes_also_who_runs_the_place(desk: Desk) -> None:
    make_persona(desk.database, CHARLIE)
    desk.role(CHARLIE, Role.CARER)
    decision = desk.decide(reported(desk, CHARLIE.pid), Act.EXCLUDE, by=CARER, place=desk.cid)
    with pytest.raises(NotFound):
        desk.queue(CHARLIE)
    desk.undo(decision, by=CARER)
    desk.queue(CHARLIE)


def test_what_has_ended_is_not_undone(desk: Desk) -> None:
    decision = desk.decide(reported(desk), Act.EXCLUDE, by=CARER, place=desk.cid, days=7)
    clock.offset += 8 * clock.DAY
    with desk.database.read() as db:
        (again,) = queries.decided(db, CARER, Place()).rows
    assert not again.may_be_undone
    with pytest.raises(Refused) as late:
        desk.undo(decision, by=CARER)
    assert late.value.why == "care.too_late"


def test_the_decision_does_not_say_whom_it_meets(desk: Desk) -> None:
    desk.decide(reported(desk), Act.EXCLUDE, by=CARER, place=desk.cid)
    with desk.database.read() as db:
        (row,) = db.tuples(_DECISIONS)
    assert MALLORY.pid not in [bytes(v) for v in row if isinstance(v, bytes | memoryview)]


def test_whoever_is_excluded_hands_the_place_on_to_nobody(desk: Desk) -> None:
    for who in (MONA, ALICE):
        make_persona(desk.database, who)
    assert ALICE.face is not None
    with desk.database.write() as uow:
        communities.offer(uow, MONA, desk.cid, ALICE.face.name)
    case = reported(desk, MONA.pid)
    desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid, days=30)
    with pytest.raises(Refused), desk.database.write() as uow:
        communities.take_over(uow, ALICE, desk.cid)
