"""Whom a decision may meet, and who may take it, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from mashrabiya.care import queries
from mashrabiya.care.listeners import forget_concerned
from mashrabiya.care.tables import DECISION
from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.types import Act, Place
from mashrabiya.communities.tests.factories import ALICE, CHARLIE, MALLORY, MONA, other_persona
from mashrabiya.communities.types import Role
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, NotFound, Refused
from mashrabiya.kernel.viewer import CARE
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Database, Statement
from mashrabiya.safety import commands as safety
from mashrabiya.safety.types import Reason, Thing

_DECISIONS: Statement[None] = Statement(select(*DECISION.c))


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    yield Desk(database)
    clock.offset = 0.0


def test_nobody_decides_on_her_own_under_any_name(desk: Desk) -> None:
    desk.role(CHARLIE, Role.CARER)
    desk.role(other_persona(CHARLIE), Role.CARER)
    named = answer(desk.database, CHARLIE, desk.thread.tid)
    unnamed = answer(desk.database, CHARLIE, desk.thread.tid, unnamed=True)
    for placed in (named, unnamed):
        case = desk.report(placed)
        for viewer in (
            CHARLIE,
            other_persona(CHARLIE),
            replace(other_persona(CHARLIE), roles=frozenset({CARE})),
        ):
            assert case.object not in [one.object for one in desk.queue(viewer)]
            with pytest.raises(NotFound):
                desk.decide(case, Act.KEEP, by=viewer)
        decision = desk.decide(case, Act.HIDE)
        with pytest.raises(NotFound):
            desk.undo(decision, by=other_persona(CHARLIE))


def test_excluding_meets_the_persona_and_undoing_lifts_it(desk: Desk) -> None:
    case = desk.report(answer(desk.database, MALLORY, desk.thread.tid))
    decision = desk.decide(case, Act.EXCLUDE, days=30)
    assert desk.guards() == [("comm", MALLORY.pid, desk.cid)]
    assert decision.until_day == clock.day() + 30
    with pytest.raises(Conflict) as again:
        desk.decide(case, Act.EXCLUDE)
    assert again.value.why == "care.excluded_already"
    desk.undo(decision)
    assert desk.guards() == []


def test_excluding_an_unnamed_voice_names_nobody(desk: Desk) -> None:
    case = desk.report(answer(desk.database, MALLORY, desk.thread.tid, unnamed=True))
    decision = desk.decide(case, Act.EXCLUDE)
    tid = desk.thread.tid
    assert desk.guards() == [("anon_comm", tid + MALLORY.token(tid), desk.cid)]
    desk.undo(decision)
    assert desk.guards() == []


def test_no_decision_holds_whom_it_meets(desk: Desk) -> None:
    for unnamed in (True, False):
        case = desk.report(answer(desk.database, MALLORY, desk.thread.tid, unnamed=unnamed))
        desk.decide(case, Act.EXCLUDE)
    with desk.database.read() as db:
        rows = db.tuples(_DECISIONS)
    everything = b"".join(bytes(v) for row in rows for v in row if isinstance(v, bytes | memoryview))
    assert rows
    for secret in (MALLORY.pid, MALLORY.token(desk.thread.tid), MONA.pid):
        assert secret not in everything


@pytest.mark.parametrize("role", [Role.HOST, Role.CARER])
def test_who_helps_to_run_the_place_is_excluded_by_the_house_alone(desk: Desk, role: Role) -> None:
    desk.role(CHARLIE, role)
    case = desk.report(answer(desk.database, CHARLIE, desk.thread.tid))
    with pytest.raises(Refused) as refused:
        desk.decide(case, Act.EXCLUDE)
    assert refused.value.why == "care.not_a_host"
    decision = desk.decide(case, Act.EXCLUDE, by=CARER)
    assert decision.role == "care"
    # From then on she runs nothing there, and the others cannot let her in again.
    with pytest.raises(NotFound):
        desk.queue(CHARLIE)
    with pytest.raises(Refused):
        desk.undo(decision)
    desk.undo(decision, by=CARER)
    desk.queue(CHARLIE)


def test_nobody_lifts_what_closes_a_place_to_herself(desk: Desk) -> None:
    case = desk.report(answer(desk.database, MALLORY, desk.thread.tid))
    decision = desk.decide(case, Act.EXCLUDE)
    with pytest.raises(NotFound):
        desk.undo(decision, by=replace(other_persona(MALLORY), roles=frozenset({CARE})))
    assert len(desk.guards()) == 1


def test_the_most_urgent_comes_first_then_what_waits_longest(desk: Desk) -> None:
    ask = [answer(desk.database, ALICE, desk.thread.tid, f"Reply {n}") for n in range(4)]
    spam = desk.report(ask[0], reason=Reason.SPAM)
    later = []
    for number, reason in ((1, Reason.HATE), (2, Reason.MINOR), (3, Reason.OUTING)):
        clock.offset += clock.DAY
        later.append(desk.report(ask[number], reason=reason))
    expected = [later[1].object, later[2].object, later[0].object, spam.object]
    assert [case.object for case in desk.queue(HOST)] == expected
    desk.report(ask[0], MALLORY, reason=Reason.SELF_HARM)
    assert desk.queue(HOST)[0].object == spam.object
    assert desk.queue(HOST)[0].people == 2


def test_only_the_house_reads_of_personas_and_places(desk: Desk) -> None:
    desk.report_thing(Thing.PERSONA, ALICE.pid)
    desk.report_thing(Thing.COMMUNITY, desk.cid)
    assert desk.queue(HOST) == []
    found = {case.kind: case for case in desk.queue(CARER)}
    assert found[Thing.PERSONA].name == "Alice"
    assert found[Thing.COMMUNITY].name == "Night kitchen"
    with pytest.raises(NotFound):
        desk.decide(found[Thing.PERSONA], Act.KEEP)
    with pytest.raises(Conflict):
        desk.decide(found[Thing.COMMUNITY], Act.EXCLUDE, by=CARER, place=desk.cid)
    for case in found.values():
        with pytest.raises(Conflict):
            desk.decide(case, Act.REMOVE, by=CARER)
        desk.decide(case, Act.KEEP, by=CARER)
    assert desk.queue(CARER) == []


def test_who_runs_a_place_does_not_judge_what_is_said_of_it(desk: Desk) -> None:
    desk.report_thing(Thing.COMMUNITY, desk.cid)
    with desk.database.read() as db:
        both, _ = queries.queue(db, MONA, Place())
    assert both == []


def test_no_row_names_a_deleted_persona(desk: Desk) -> None:
    desk.report_thing(Thing.PERSONA, ALICE.pid)
    desk.decide(desk.queue(CARER)[0], Act.KEEP, by=CARER)
    for _ in range(2):
        with desk.database.write() as uow:
            forget_concerned(uow, PersonaErased(ALICE.pid))
            safety.forget_persona(uow, ALICE.pid)
    with desk.database.read() as db:
        (row,) = db.tuples(_DECISIONS)
        assert queries.decided(db, CARER, Place()).rows[0].act is Act.KEEP
    assert ALICE.pid not in [bytes(v) for v in row if isinstance(v, bytes | memoryview)]
