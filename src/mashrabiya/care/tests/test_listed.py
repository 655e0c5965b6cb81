"""What was decided, page by page: on every page nobody is led to what is her own, and what is held stands once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.queries.held import Standing
from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.staffed import with_role
from mashrabiya.care.types import HOLD_DAYS, PAGE, Act, Decision, NewDecision, Place
from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY, MONA, other_persona
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people.types import Grant
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import Thing
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    yield Desk(database)
    clock.offset = 0.0


def decided_on(desk: Desk, placed: Placed, act: Act = Act.WORD, by: Viewer = HOST) -> bytes:
    """On a post in its thread; the post is answered."""
    with desk.database.write() as uow:
        case = queries.get_unreported(uow, by, placed.tid, placed.n)
        seen = len(queries.on_thing(uow, case.kind, case.object))
        new = NewDecision(act=act, words="We agreed on this.", seen=seen)
        commands.decide_unreported(uow, by, placed.tid, placed.n, new=new)
    return case.object


def pages(desk: Desk, viewer: Viewer, place: Place) -> list[list[Decision]]:
    """As a reader turns them, to the last."""
    found, after = [], ""
    with desk.database.read() as db:
        while True:
            page = queries.decided(db, viewer, place, after)
            found.append(page.rows)
            after = page.after
            if not after:
                return found


def first(desk: Desk, viewer: Viewer, place: Place) -> Standing:
    with desk.database.read() as db:
        return queries.standing_at(db, viewer, place)


def place_of(desk: Desk, viewer: Viewer) -> Place:
    with desk.database.read() as db:
        return queries.get_place(db, viewer, desk.cid)


def leads(one: Decision) -> bool:
    return bool(one.case_path or one.address or one.may_be_undone)


@pytest.mark.parametrize("house", [False, True])
@pytest.mark.parametrize("unnamed", [False, True])
def test_no_page_leads_to_what_is_her_own(desk: Desk, house: bool, unnamed: bool) -> None:
    alice = replace(ALICE, roles=frozenset({CARE}))
    kin = replace(other_persona(alice), roles=frozenset({CARE}))
    others = answer(desk.database, BOB, desk.thread.tid, "Another word.")
    hers = answer(desk.database, ALICE, desk.thread.tid, "A word of hers.", unnamed=unnamed)
    objects = {}
    for number in range(PAGE + 5):
        placed = others if number == 2 else hers
        objects[placed] = decided_on(desk, placed)
    for viewer in (alice, kin):
        found = pages(desk, viewer, Place() if house else place_of(desk, viewer))
        assert [len(page) for page in found] == [PAGE, 5]
        together = [one for page in found for one in page]
        assert [one.object for one in together if leads(one)] == [objects[others]]
        assert {one.hers for one in together if one.object == objects[hers]} == {True}
    whole = [one for page in pages(desk, CARER, Place()) for one in page]
    assert [leads(one) for one in whole] == [True] * (PAGE + 5)


def test_nothing_leads_on_from_what_was_said_of_her_name_or_place(desk: Desk) -> None:
    alice, mona = replace(ALICE, roles=frozenset({CARE})), replace(MONA, roles=frozenset({CARE}))
    desk.report_thing(Thing.PERSONA, ALICE.pid)
    (case,) = desk.queue(CARER)
    desk.decide(case, Act.EXCLUDE, by=CARER, place=desk.cid)
    desk.report_thing(Thing.COMMUNITY, desk.cid)
    (about,) = desk.queue(CARER)
    word = desk.decide(about, Act.WORD, by=CARER)
    assert {one.act: leads(one) for one in first(desk, alice, Place()).decided.rows} == {
        Act.EXCLUDE: False,
        Act.WORD: True,
    }
    for viewer in (mona, replace(other_persona(mona), roles=frozenset({CARE}))):
        assert {one.act: leads(one) for one in first(desk, viewer, Place()).decided.rows} == {
            Act.EXCLUDE: True,
            Act.WORD: False,
        }
    with pytest.raises(NotFound), desk.database.write() as uow:
        commands.undo(uow, mona, word.id)


def test_what_is_held_stands_once(desk: Desk) -> None:
    here = place_of(desk, HOST)
    placed = answer(desk.database, MALLORY, desk.thread.tid, "It waits.")
    decided_on(desk, placed, Act.HOLD)
    reported = desk.report(answer(desk.database, BOB, desk.thread.tid, "It waits too."))
    desk.decide(reported, Act.HOLD)
    for viewer, place in ((HOST, here), (CARER, Place())):
        found = first(desk, viewer, place)
        assert (len(found.held), found.decided.rows) == (1, [])
        assert [one.object for one in desk.queue(viewer, place)] == [reported.object]
    clock.offset += (HOLD_DAYS + 1) * clock.DAY
    assert len(first(desk, HOST, here).decided.rows) == 2
    assert first(desk, HOST, here).held == []


def test_what_was_held_and_is_hidden_since_was_decided(desk: Desk) -> None:
    case = desk.report(desk.thread)
    desk.decide(case, Act.HOLD)
    desk.decide(case, Act.HIDE)
    acts = [one.act for one in first(desk, HOST, place_of(desk, HOST)).decided.rows]
    assert sorted(acts) == [Act.HIDE, Act.HOLD]


def test_many_that_are_held_leave_no_page_empty(desk: Desk) -> None:
    here = place_of(desk, HOST)
    decided_on(desk, answer(desk.database, BOB, desk.thread.tid, "The first."))
    for number in range(PAGE + 1):
        decided_on(desk, answer(desk.database, BOB, desk.thread.tid, f"It waits: {number}"), Act.HOLD)
    found = first(desk, HOST, here)
    assert ([one.act for one in found.decided.rows], found.decided.after) == ([Act.WORD], "")
    assert (len(found.held), found.more) == (PAGE, True)


def test_the_pages_of_it(house: TestHouse) -> None:
    scene = Scene(house)
    alice = with_role(scene["alice"], Grant.CARE)
    placed = scene.thread("alice")
    way = f"/t/{show_id(placed.tid)}/c/1"
    for number in range(PAGE + 2):
        done = scene["mona"].browser.submit(
            way, way, act=str(int(Act.WORD)), words=f"Word {number}", seen=str(number)
        )
        assert done.status == 303, done.text
    for desk in ("/care", scene.desk):
        page = alice.browser.get(desk)
        (older,) = re.findall(r'href="([^"]*[?]after=[^"]*)"', page.text)
        second = alice.browser.get(older)
        for text in (page.text, second.text):
            assert "Word" in text
            assert [way in text, "/care/u/" in text] == [False, False]
    assert way in scene["mona"].browser.get(scene.desk).text
