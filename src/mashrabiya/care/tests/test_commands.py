"""Deciding and undoing, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.jobs import let_go
from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.types import Act, NewDecision
from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, MONA, other_persona
from mashrabiya.communities.types import NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.platform.retention import sweep


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    yield Desk(database)
    clock.offset = 0.0


@pytest.mark.parametrize(("act", "state"), [(Act.HIDE, PostState.HIDDEN), (Act.REMOVE, PostState.REMOVED)])
def test_an_act_is_done_recorded_and_undone(desk: Desk, act: Act, state: PostState) -> None:
    case = desk.report(desk.thread)
    decision = desk.decide(case, act, agreement=0)
    assert desk.state(case) is state
    assert (decision.role, decision.agreement, decision.words) == ("host", "Be kind.", "We agreed on this.")
    assert desk.queue(HOST) == []
    desk.undo(decision)
    desk.undo(decision)
    assert desk.state(case) is PostState.SHOWN
    assert desk.queue(HOST) == []


def test_leaving_it_closes_the_reports_of_everybody(desk: Desk) -> None:
    case = desk.report(desk.thread, BOB)
    desk.report(desk.thread, MALLORY)
    assert desk.queue(HOST)[0].people == 2
    desk.decide(case, Act.KEEP)
    assert desk.queue(HOST) == []
    assert desk.state(case) is PostState.SHOWN


def test_the_post_stands_as_the_decisions_say_that_hold(desk: Desk) -> None:
    case = desk.report(desk.thread)
    hidden = desk.decide(case, Act.HIDE)
    removed = desk.decide(case, Act.REMOVE)
    desk.undo(removed)
    assert desk.state(case) is PostState.HIDDEN
    removed = desk.decide(case, Act.REMOVE)
    desk.undo(hidden)
    assert desk.state(case) is PostState.REMOVED
    desk.undo(removed)
    assert desk.state(case) is PostState.SHOWN


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"act": None}, "act"),
        ({"words": " \n"}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"act": Act.EXCLUDE, "days": 8}, "days"),
        ({"agreement": 99}, "agreement"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(desk: Desk, changes: dict[str, Any], field: str) -> None:
    case = desk.report(desk.thread)
    with pytest.raises(Invalid) as refused:
        desk.decide(case, Act.HIDE, **changes)
    assert list(refused.value.fields) == [field]
    assert desk.state(case) is PostState.SHOWN


def test_two_at_once_decide_once(desk: Desk) -> None:
    case = desk.report(desk.thread)
    desk.decide(case, Act.KEEP)
    with pytest.raises(Conflict) as late:
        desk.decide(case, Act.REMOVE, by=CARER, seen=0)
    assert late.value.why == "care.meanwhile"
    assert desk.state(case) is PostState.SHOWN


def test_sent_twice_is_decided_once(desk: Desk) -> None:
    case, form = desk.report(desk.thread), new_id().hex()
    desk.decide(case, Act.HIDE, submission=form)
    with desk.database.write() as uow:
        same = NewDecision(act=Act.HIDE, words="We agreed on this.", seen=0, submission=form)
        commands.decide(uow, HOST, case.id, same)
        assert len(queries.on_thing(uow, case.kind, case.object)) == 1


def test_what_was_deleted_meanwhile_is_said(desk: Desk) -> None:
    case = desk.report(desk.thread)
    answer(desk.database, BOB, desk.thread.tid)
    with desk.database.write() as uow:
        discussions.delete_post(uow, ALICE, desk.thread.tid, case.object)
    for act in (Act.HIDE, Act.REMOVE):
        with pytest.raises(Conflict) as gone:
            desk.decide(case, act)
        assert gone.value.why == "care.nothing_there"
    # Who wrote it can still be excluded, and the report closed.
    desk.decide(case, Act.EXCLUDE)
    assert desk.queue(HOST) == []


def test_a_thread_that_is_gone_leaves_a_report_to_close(desk: Desk) -> None:
    case = desk.report(desk.thread)
    with desk.database.write() as uow:
        discussions.drop_thread(uow, desk.thread.tid)
    assert desk.queue(HOST)[0].post is None
    with pytest.raises(Conflict):
        desk.decide(case, Act.EXCLUDE)
    desk.decide(case, Act.KEEP)
    assert desk.queue(HOST) == []


@pytest.mark.parametrize("stranger", [BOB, CHARLIE, MALLORY, other_persona(MONA)])
def test_others_find_neither_desk_nor_case_nor_decision(desk: Desk, stranger: Viewer) -> None:
    stranger = replace(stranger, roles=frozenset())
    case = desk.report(desk.thread)
    decision = desk.decide(case, Act.HIDE)
    for act in (
        lambda: desk.queue(stranger),
        lambda: desk.decide(case, Act.KEEP, by=stranger),
        lambda: desk.undo(decision, by=stranger),
    ):
        with pytest.raises(NotFound):
            act()
    assert desk.state(case) is PostState.HIDDEN


def test_whoever_runs_another_place_finds_nothing_here(desk: Desk) -> None:
    case = desk.report(desk.thread)
    with desk.database.write() as uow:
        communities.found(uow, replace(BOB, roles=frozenset({"host"})), NewCommunity(name="Elsewhere"))
    with pytest.raises(NotFound):
        desk.decide(case, Act.REMOVE, by=BOB)


def test_a_removed_text_goes_after_thirty_days_and_then_stays_gone(desk: Desk) -> None:
    case = desk.report(desk.thread)
    decision = desk.decide(case, Act.REMOVE)
    clock.offset += 30 * clock.DAY
    sweep(desk.database)
    desk.undo(decision)
    assert desk.state(case) is PostState.SHOWN
    decision = desk.decide(case, Act.REMOVE)
    clock.offset += 31 * clock.DAY
    with desk.database.write() as uow:
        assert let_go(uow) == 1
        assert let_go(uow) == 0
    with pytest.raises(Refused) as late:
        desk.undo(decision)
    assert late.value.why == "care.too_late"


def test_a_removal_that_was_undone_lets_nothing_go(desk: Desk) -> None:
    case = desk.report(desk.thread)
    desk.undo(desk.decide(case, Act.REMOVE))
    clock.offset += 40 * clock.DAY
    desk.decide(case, Act.REMOVE)
    with desk.database.write() as uow:
        assert let_go(uow) == 0
