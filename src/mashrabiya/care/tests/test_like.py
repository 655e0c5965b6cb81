"""What is like a case: what waits in its thread, and what was decided for its reason. It names nobody."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.tests.talking import beside
from mashrabiya.care.types import Act, Case
from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import Reason


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


@pytest.fixture
def case(desk: Desk) -> Case:
    """What Mallory wrote and Bob reported."""
    return desk.report(answer(desk.database, MALLORY, desk.thread.tid, "Near the old school."))


def test_of_a_named_post_earlier_decisions_are_those_for_its_reason_here(desk: Desk, case: Case) -> None:
    def decided(reason: Reason, act: Act) -> None:
        placed = answer(desk.database, ALICE, desk.thread.tid, "Words.")
        desk.decide(desk.report(placed, reason=reason), act, CARER)

    decided(Reason.SPAM, Act.HIDE)
    for _ in range(6):
        decided(Reason.OUTING, Act.KEEP)
        clock.offset += clock.DAY
    decided(Reason.OUTING, Act.REMOVE)
    found = beside(desk, case, HOST).earlier
    assert [one.act for one in found] == [Act.REMOVE, *[Act.KEEP] * 4]
    assert {one.agreement for one in found} == {""}


def test_of_an_unnamed_voice_nothing_beyond_this_thread(desk: Desk) -> None:
    elsewhere = begin(desk.database, ALICE, desk.cid)
    placed = answer(desk.database, ALICE, elsewhere.tid, "There.")
    desk.decide(desk.report(placed), Act.HIDE, CARER)
    unnamed = answer(desk.database, MALLORY, desk.thread.tid, "Here.", unnamed=True)
    case = desk.report(unnamed)
    assert beside(desk, case, HOST).earlier == []
    desk.decide(desk.report(answer(desk.database, BOB, desk.thread.tid, "Too."), ALICE), Act.KEEP, CARER)
    assert [one.act for one in beside(desk, case, HOST).earlier] == [Act.KEEP]


def test_what_else_waits_in_the_thread_is_led_to_but_nothing_of_her_own(desk: Desk, case: Case) -> None:
    other = desk.report(answer(desk.database, MALLORY, desk.thread.tid, "More."))
    own = desk.report(answer(desk.database, HOST, desk.thread.tid, "Mine."))
    shy = desk.report(answer(desk.database, HOST, desk.thread.tid, "Mine too.", unnamed=True))
    assert [one.id for one in beside(desk, case, HOST).like] == [other.id]
    assert {one.id for one in beside(desk, case, CARER).like} == {other.id, own.id, shy.id}
    desk.decide(other, Act.KEEP)
    assert beside(desk, case, HOST).like == []
