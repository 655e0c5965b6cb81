"""All that concerns one person, page by page: to the oldest, in a few questions, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.queries.concerning import TRIED
from mashrabiya.care.tables import DECISION
from mashrabiya.care.tests.desks import CARER, HOST, KEYS
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.types import AS_HOST, Act, NewDecision
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import load_guards
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import Thing
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def desk(database: Database) -> Iterator[Objecting]:
    yield Objecting(database)
    clock.offset = 0.0


def decide(desk: Objecting, placed: Placed, act: Act = Act.WORD) -> bytes:
    with desk.database.write() as uow:
        case = queries.get_unreported(uow, HOST, placed.tid, placed.n)
        before = {one.id for one in queries.on_thing(uow, case.kind, case.object)}
        new = NewDecision(act=act, words="We agreed on this.", seen=len(before))
        commands.decide_unreported(uow, HOST, placed.tid, placed.n, new=new)
        (made,) = {one.id for one in queries.on_thing(uow, case.kind, case.object)} - before
    return made


def pages(desk: Objecting, viewer: Viewer) -> list[list[bytes]]:
    found, after = [], ""
    with desk.database.read() as db:
        cases = load_guards(db).all_cases(viewer)
        while True:
            page = queries.all_concerned(db, viewer, KEYS, cases, after=after)
            found.append([one.decision.id for one in page.rows])
            after = page.after
            if not after:
                return found


@pytest.mark.parametrize("unnamed", [False, True])
def test_every_page_to_the_oldest(desk: Objecting, unnamed: bool) -> None:
    hers = answer(desk.database, ALICE, desk.thread.tid, "Mine.", unnamed=unnamed)
    his = answer(desk.database, BOB, desk.thread.tid, "His.")
    made = []
    for number in range(SLOTS + 4):
        clock.offset += (90 if number == 3 else 1) * clock.DAY
        decide(desk, his)
        made.append(decide(desk, hers))
    for viewer in (ALICE, other_persona(ALICE)):
        found = pages(desk, viewer)
        assert [len(page) for page in found] == [SLOTS, 4]
        assert [one for page in found for one in page] == made[::-1]
    assert pages(desk, MALLORY) == pages(desk, CHARLIE) == [[]]


def test_what_is_closed_to_her_and_what_is_said_of_her_place_stand_among_them(desk: Objecting) -> None:
    hers = answer(desk.database, MALLORY, desk.thread.tid, "Mine.")
    word = decide(desk, hers)
    clock.offset += clock.DAY
    closed = desk.decide(desk.report(hers), Act.EXCLUDE).id
    desk.report_thing(Thing.COMMUNITY, desk.cid)
    case = next(one for one in desk.queue(CARER) if one.kind == Thing.COMMUNITY)
    said = desk.decide(case, Act.UNLIST, by=CARER, days=7).id
    assert pages(desk, MALLORY) == [[closed, word]]
    assert pages(desk, HOST) == pages(desk, other_persona(HOST)) == [[said]]
    assert pages(desk, ALICE) == pages(desk, BOB) == [[]]


def test_a_page_of_others_alone_leads_on(desk: Objecting) -> None:
    """Where so many are tried that none is hers, the page says so, and the next goes on from there."""
    first = decide(desk, answer(desk.database, ALICE, desk.thread.tid, "Mine."))
    clock.offset += clock.DAY
    his = answer(desk.database, BOB, desk.thread.tid, "His.")
    with desk.database.write() as uow:
        case = queries.get_unreported(uow, HOST, his.tid, his.n)
        like = {"kind": int(case.kind), "object": case.object, "act": int(Act.WORD), "role": AS_HOST}
        said = {"words": "We agreed on this.", "agreement": "", "reason": 0, "day": clock.day()}
        for _ in range(TRIED):
            uow.insert(DECISION, id=new_id(), cid=desk.cid, report=None, **like, **said)
    with desk.database.read() as db:
        page = queries.all_concerned(db, ALICE, KEYS, {})
        assert (page.rows, bool(page.after)) == ([], True)
        (found,) = queries.all_concerned(db, ALICE, KEYS, {}, after=page.after).rows
    assert found.decision.id == first


@pytest.mark.parametrize("after", ["x", "0" * 40, "../..", "9" * 500])
def test_a_made_up_place_leads_nowhere_new(desk: Objecting, after: str) -> None:
    made = decide(desk, desk.thread)
    with desk.database.read() as db:
        found = queries.all_concerned(db, ALICE, KEYS, {}, after=after)
        assert {one.decision.id for one in found.rows} <= {made}


def test_a_page_costs_three_questions(house: TestHouse) -> None:
    scene = Scene(house)
    placed = scene.thread("alice")
    way = f"/t/{show_id(placed.tid)}/c/1"
    for number in range(SLOTS + 1):
        fields = {"act": str(int(Act.WORD)), "words": f"Word {number}.", "seen": str(number)}
        assert scene["mona"].browser.submit(way, way, **fields).status == 303
    alice = scene["alice"].browser
    asked: list[str] = []
    house.database.trace = asked
    first = alice.get("/me/o")
    house.database.trace = None
    assert len(asked) <= 6, asked
    (older,) = re.findall(r'href="(/me/o[?]after=[^"]*)"', first.text)
    second = alice.get(older)
    said = [re.findall(r"Word \d+\.", page.text) for page in (first, second)]
    assert [len(one) for one in said] == [SLOTS, 1]
    assert len({*said[0], *said[1]}) == SLOTS + 1
    assert "Older" not in second.text
