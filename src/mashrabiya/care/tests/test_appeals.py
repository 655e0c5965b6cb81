"""T24: an objection goes to another person than whoever decided; objecting and answering, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from msgspec import structs
from sqlalchemy import select

from mashrabiya.care import commands, queries
from mashrabiya.care.jobs import let_go
from mashrabiya.care.tables import APPEAL, DECISION
from mashrabiya.care.tests.desks import CARER, HOST
from mashrabiya.care.tests.objecting import SAID, WHY, Objecting
from mashrabiya.care.types import (
    Act,
    AppealState,
    NewDecision,
)
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, VISITOR, other_persona
from mashrabiya.communities.types import Role
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.retention import sweep
from mashrabiya.safety.types import KEPT_APPEAL_DAYS, Thing

_BY: Statement[None] = Statement(select(DECISION.c.by))
_APPEALS: Statement[None] = Statement(select(APPEAL.c.mine, APPEAL.c.words, APPEAL.c.answer))


@pytest.fixture
def desk(database: Database) -> Iterator[Objecting]:
    yield Objecting(database)
    clock.offset = 0.0


@pytest.mark.parametrize("act", [Act.HIDE, Act.REMOVE])
def test_what_is_taken_back_is_as_it_was_and_she_learns_why(desk: Objecting, act: Act) -> None:
    case = desk.report(desk.thread)
    decision = desk.decide(case, act)
    which = desk.object(decision)
    assert [(one.appeal.words, one.own) for one in desk.waiting()] == [(WHY, False)]
    desk.answer(which)
    assert desk.state(case) is PostState.SHOWN
    found = desk.read(decision).appeal
    assert found is not None
    assert (found.state, found.answer) == (AppealState.REVERSED, SAID)
    assert not desk.read(decision).decision.stands
    assert desk.waiting() == []


def test_what_stands_stands_and_she_learns_why(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    decision = desk.decide(case, Act.HIDE)
    desk.answer(desk.object(decision), reverse=False, words="It does name somebody.")
    found = desk.read(decision).appeal
    assert found is not None
    assert (found.state, found.answer) == (AppealState.STANDS, "It does name somebody.")
    assert desk.state(case) is PostState.HIDDEN


@pytest.mark.parametrize("unnamed", [False, True])
def test_an_excluded_person_objects_and_finds_the_answer_when_the_door_is_open(
    desk: Objecting, unnamed: bool
) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.", unnamed=unnamed)
    decision = desk.decide(desk.report(placed), Act.EXCLUDE)
    assert len(desk.guards()) == 1
    which = desk.object(decision, other_persona(MALLORY))
    desk.answer(which)
    assert desk.guards() == []
    for name in (MALLORY, other_persona(MALLORY)):
        assert desk.concerning(name) == [decision.id]
        found = desk.read(decision, name).appeal
        assert found is not None
        assert found.answer == SAID
    for other in (ALICE, BOB, CHARLIE):
        assert desk.concerning(other) == []


def test_so_does_a_persona_that_was_excluded_by_itself(desk: Objecting) -> None:
    desk.report_thing(Thing.PERSONA, MALLORY.pid)
    case = next(one for one in desk.queue(CARER) if one.is_persona)
    with desk.database.write() as uow:
        new = NewDecision(act=Act.EXCLUDE, words="We agreed.", days=7, place=desk.cid)
        commands.decide(uow, CARER, case.id, new)
        (decision,) = queries.on_thing(uow, case.kind, case.object)
    which = desk.object(decision, MALLORY)
    second = replace(BOB, roles=frozenset({CARE}))
    desk.answer(which, second)
    assert desk.guards() == []
    # The guard is gone, and nothing else names whom it met: her own place for objections leads her there.
    assert desk.concerning(MALLORY) == [decision.id]
    assert desk.concerning(BOB) == []


def test_nobody_answers_what_she_decided_under_whichever_name(desk: Objecting) -> None:
    decision = desk.hidden()
    which = desk.object(decision)
    for name in (HOST, other_persona(HOST)):
        carer = replace(name, roles=frozenset({CARE}))
        with pytest.raises(Refused, match=r"appeal\.other_person"):
            desk.answer(which, carer)
    assert [one.own for one in desk.waiting(HOST)] == [True]
    desk.answer(which)


def test_a_community_does_not_answer_for_the_house(desk: Objecting) -> None:
    which = desk.object(desk.hidden(by=CARER))
    with pytest.raises(Refused, match=r"care\.undo_care"):
        desk.answer(which, HOST)
    with pytest.raises(Refused, match=r"appeal\.other_person"):
        desk.answer(which, CARER)
    desk.answer(which, replace(BOB, roles=frozenset({CARE})))


def test_another_who_runs_the_place_answers_its_decisions(desk: Objecting) -> None:
    which = desk.object(desk.hidden())
    with pytest.raises(NotFound):
        desk.answer(which, BOB)
    desk.role(CHARLIE, Role.CARER)
    desk.answer(which, CHARLIE)


def test_nobody_answers_her_own_objection(desk: Objecting) -> None:
    decision = desk.hidden()
    which = desk.object(decision)
    alice = replace(ALICE, roles=frozenset({CARE}))
    for name in (alice, other_persona(alice)):
        assert desk.waiting(name) == []
        with pytest.raises(NotFound):
            desk.answer(which, name)


def test_to_everybody_else_it_is_not_there(desk: Objecting) -> None:
    decision = desk.hidden()
    for other in (BOB, MALLORY, HOST, CARER, VISITOR):
        with pytest.raises(NotFound):
            desk.object(decision, other)
    with pytest.raises(NotFound):
        desk.object(structs.replace(decision, id=new_id()))


def test_once_and_the_same_twice_is_once(desk: Objecting) -> None:
    decision = desk.hidden()
    first = desk.object(decision)
    assert desk.object(decision) == first
    with pytest.raises(Refused, match=r"appeal\.once"):
        desk.object(decision, words="Something else.")
    desk.answer(first, reverse=False)
    with pytest.raises(Conflict, match="meanwhile"):
        desk.answer(first)


@pytest.mark.parametrize(("words", "why"), [(" \n", "words_missing"), ("x" * 1001, "too_long")])
def test_an_objection_needs_words_and_not_too_many(desk: Objecting, words: str, why: str) -> None:
    with pytest.raises(Invalid) as trouble:
        desk.object(desk.hidden(), words=words)
    assert why in trouble.value.fields["words"]


def test_an_answer_needs_a_choice_and_a_reason(desk: Objecting) -> None:
    which = desk.object(desk.hidden())
    with pytest.raises(Invalid) as trouble:
        desk.answer(which, reverse=None, words=" ")
    assert set(trouble.value.fields) == {"act", "words"}
    assert len(desk.waiting()) == 1


def test_what_was_left_as_it_is_meets_nobody(desk: Objecting) -> None:
    decision = desk.decide(desk.report(desk.thread), Act.KEEP)
    assert desk.concerning(ALICE) == []
    with pytest.raises(NotFound):
        desk.object(decision)


def test_what_was_taken_back_needs_no_objection_and_settles_one(desk: Objecting) -> None:
    decision = desk.hidden()
    which = desk.object(decision)
    desk.undo(decision)
    found = desk.read(decision).appeal
    assert found is not None
    assert found.state is AppealState.REVERSED
    with pytest.raises(Conflict):
        desk.answer(which)
    other = begin(desk.database, ALICE, desk.cid)
    undone = desk.decide(desk.report(other), Act.HIDE)
    desk.undo(undone)
    with pytest.raises(Refused, match=r"appeal\.undone"):
        desk.object(undone)


def test_the_time_for_it_ends(desk: Objecting) -> None:
    decision = desk.hidden()
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.")
    clock.offset = 30 * clock.DAY
    desk.object(decision)
    clock.offset = 0.0
    excluded = desk.decide(desk.report(placed), Act.EXCLUDE, days=90)
    clock.offset = 60 * clock.DAY
    desk.object(excluded, MALLORY)
    later = desk.decide(desk.report(begin(desk.database, ALICE, desk.cid)), Act.HIDE)
    clock.offset += 31 * clock.DAY
    with pytest.raises(Refused, match=r"appeal\.too_late"):
        desk.object(later)


def test_a_removed_text_is_kept_until_she_is_answered(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    decision = desk.decide(case, Act.REMOVE)
    clock.offset = 29 * clock.DAY
    which = desk.object(decision)
    clock.offset = 35 * clock.DAY
    with desk.database.write() as uow:
        assert let_go(uow) == 0
    desk.answer(which)
    assert desk.state(case) is PostState.SHOWN
    again = desk.decide(desk.report(desk.thread, MALLORY), Act.REMOVE)
    stands = desk.object(again)
    desk.answer(stands, reverse=False)
    clock.offset += 31 * clock.DAY
    with desk.database.write() as uow:
        assert let_go(uow) == 1


def test_what_nobody_answers_keeps_no_text_for_ever(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    desk.object(desk.decide(case, Act.REMOVE))
    clock.offset = KEPT_APPEAL_DAYS * clock.DAY
    sweep(desk.database)
    assert desk.text(case)
    clock.offset += 2 * clock.DAY
    sweep(desk.database)
    sweep(desk.database)
    assert desk.waiting() == []
    assert not desk.text(case)


def test_nothing_at_rest_says_who_decided_or_who_objects(desk: Objecting) -> None:
    first = desk.hidden()
    second = desk.decide(desk.report(begin(desk.database, ALICE, desk.cid)), Act.HIDE)
    for decision in (first, second):
        desk.answer(desk.object(decision), reverse=False)
    with desk.database.read() as db:
        tokens = [bytes(by) for (by,) in db.tuples(_BY)]
        kept = [[bytes(value) for value in row] for row in db.tuples(_APPEALS)]
    assert len(set(tokens)) == len(tokens) == 2
    everything = b"".join(tokens) + b"".join(b"".join(row) for row in kept)
    for viewer in (ALICE, HOST, CARER):
        for pid in viewer.siblings:
            assert pid not in everything
    assert len({mine for mine, _, _ in kept}) == 2
    assert WHY.encode() not in everything
    assert {len(words) for _, words, _ in kept} == {len(kept[0][1])}


def test_one_person_has_sixteen_places(desk: Objecting) -> None:
    decisions = []
    for number in range(18):
        placed = begin(desk.database, ALICE, desk.cid, title=f"Thread {number}")
        decisions.append(desk.decide(desk.report(placed), Act.HIDE))
    which = [desk.object(decision) for decision in decisions[:16]]
    with pytest.raises(Refused, match=r"appeal\.full"):
        desk.object(decisions[16])
    desk.answer(which[3], reverse=False)
    desk.object(decisions[16])
    assert len(desk.waiting()) == 16
    with pytest.raises(Refused, match=r"appeal\.full"):
        desk.object(decisions[17])
