"""T5: limiting somebody's writing in a community: no new threads and few replies, for the person, and shown to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from mashrabiya.care.tests.desks import CARER, HOST
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.types import Act, Case
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.communities.types import Role
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.discussions.types import NewReply, Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people.queries.guards import load_guards
from mashrabiya.platform.db import Database
from mashrabiya.platform.limits import Limits
from mashrabiya.platform.retention import sweep
from mashrabiya.safety.trust.newcomers import SETTLED, Newcomers
from mashrabiya.safety.types import Thing
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def desk(database: Database) -> Iterator[Objecting]:
    yield Objecting(database)
    clock.offset = 0.0


OPEN: Any = {"house": SimpleNamespace(protected_hours=0)}


class Counting:
    """Answers of somebody who is long here, counted as a house counts them."""

    def __init__(self, desk: Objecting) -> None:
        self._desk = desk
        self._newcomers = Newcomers(desk.database, lambda _db, _viewer: SETTLED, Limits(), OPEN)

    def answer(self, viewer: Viewer, *, unnamed: bool = False, tid: bytes = b"") -> Placed:
        allowed = self._newcomers.allowance_of(viewer, SETTLED)
        new = NewReply(body="One more.", unnamed=unnamed, submission=new_id().hex())
        with self._desk.database.write() as uow:
            return discussions.reply(uow, viewer, tid or self._desk.thread.tid, new, allowed=allowed)


def limited(desk: Objecting, *, unnamed: bool = False, days: int = 3) -> Case:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.", unnamed=unnamed)
    case = desk.report(placed)
    desk.decide(case, Act.LIMIT, days=days)
    return case


@pytest.mark.parametrize("days", [1, 3, 7, 30])
def test_it_meets_every_name_and_unnamed_words_and_ends_by_itself(desk: Objecting, days: int) -> None:
    limited(desk, days=days)
    other = other_persona(MALLORY)
    for viewer, unnamed in ((MALLORY, False), (MALLORY, True), (other, True)):
        with pytest.raises(Refused, match=r"compose\.slowed_threads"):
            begin(desk.database, viewer, desk.cid, unnamed=unnamed)
    begin(desk.database, BOB, desk.cid)
    begin(desk.database, MALLORY, place(desk.database, CHARLIE, MALLORY))
    assert [kind for kind, _, _ in desk.guards()] == ["slow"]
    clock.offset = days * clock.DAY
    with pytest.raises(Refused):
        begin(desk.database, MALLORY, desk.cid)
    clock.offset += clock.DAY
    begin(desk.database, MALLORY, desk.cid)
    sweep(desk.database)
    assert desk.guards() == []


def test_three_answers_a_day_are_one_persons_in_one_place(desk: Objecting) -> None:
    limited(desk)
    counting = Counting(desk)
    counting.answer(MALLORY)
    counting.answer(other_persona(MALLORY), unnamed=True)
    counting.answer(MALLORY)
    for viewer, unnamed in ((MALLORY, False), (MALLORY, True), (other_persona(MALLORY), True)):
        with pytest.raises(Refused, match=r"compose\.slowed_spent"):
            counting.answer(viewer, unnamed=unnamed)
    elsewhere = begin(desk.database, MALLORY, place(desk.database, CHARLIE, MALLORY))
    for _ in range(4):
        counting.answer(MALLORY, tid=elsewhere.tid)
        counting.answer(BOB)
    clock.offset = clock.DAY
    counting.answer(MALLORY)


def test_an_unnamed_voice_is_limited_unnamed_alone(desk: Objecting) -> None:
    """Would her names fall silent too, everybody could see whose voice it was."""
    limited(desk, unnamed=True)
    counting = Counting(desk)
    for name in (MALLORY, other_persona(MALLORY)):
        with pytest.raises(Refused, match=r"compose\.slowed_threads"):
            begin(desk.database, name, desk.cid, unnamed=True)
    for _ in range(3):
        counting.answer(MALLORY, unnamed=True)
    for name in (MALLORY, other_persona(MALLORY)):
        with pytest.raises(Refused, match=r"compose\.slowed_spent"):
            counting.answer(name, unnamed=True)
    begin(desk.database, MALLORY, desk.cid)
    for _ in range(4):
        counting.answer(MALLORY)
    assert [kind for kind, _, _ in desk.guards()] == ["anon_slow"]


def test_it_is_told_to_her_alone_under_every_name(desk: Objecting) -> None:
    for unnamed in (False, True):
        limited(desk, unnamed=unnamed)
    with desk.database.read() as db:
        guards = load_guards(db)
    for name in (MALLORY, other_persona(MALLORY)):
        assert len(guards.paused_cases(name)) == 2
        assert len(desk.concerning(name)) == 2
    for other in (ALICE, BOB, CHARLIE, HOST, CARER):
        assert guards.paused_cases(other) == {}
        assert desk.concerning(other) == []


@pytest.mark.parametrize("unnamed", [False, True])
def test_an_objection_goes_to_another_person_and_opens_it_again(desk: Objecting, unnamed: bool) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.", unnamed=unnamed)
    decision = desk.decide(desk.report(placed), Act.LIMIT, days=30)
    with pytest.raises(NotFound):
        desk.object(decision, BOB)
    which = desk.object(decision, MALLORY)
    with pytest.raises(Refused, match="other_person"):
        desk.answer(which, by=HOST)
    desk.answer(which)
    begin(desk.database, MALLORY, desk.cid, unnamed=unnamed)
    assert desk.guards() == []


def test_it_is_taken_back_and_stands_beside_a_pause(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.")
    case = desk.report(placed)
    slow = desk.decide(case, Act.LIMIT, days=7)
    with pytest.raises(Conflict, match="limited_already"):
        desk.decide(case, Act.LIMIT, days=1)
    paused = desk.decide(case, Act.PAUSE, days=7)
    with pytest.raises(Refused, match=r"compose\.paused"):
        answer(desk.database, MALLORY, desk.thread.tid)
    desk.undo(paused)
    with pytest.raises(Refused, match="slowed_threads"):
        begin(desk.database, MALLORY, desk.cid)
    desk.undo(slow)
    desk.undo(slow)
    begin(desk.database, MALLORY, desk.cid)


@pytest.mark.parametrize(
    ("changes", "field"), [({"days": 2}, "days"), ({"days": 0}, "days"), ({"words": " "}, "words")]
)
def test_it_needs_its_days_and_a_reason(desk: Objecting, changes: dict[str, Any], field: str) -> None:
    case = desk.report(desk.thread)
    with pytest.raises(Invalid) as trouble:
        desk.decide(case, Act.LIMIT, **changes)
    assert set(trouble.value.fields) == {field}
    assert desk.guards() == []


@pytest.mark.parametrize("who", [ALICE, BOB, CHARLIE, MALLORY], ids=str)
def test_nobody_else_limits_anybody(desk: Objecting, who: Viewer) -> None:
    case = desk.report(answer(desk.database, MALLORY, desk.thread.tid))
    with pytest.raises(NotFound):
        desk.decide(case, Act.LIMIT, by=who)
    assert desk.guards() == []


def test_who_helps_to_run_the_place_is_limited_by_the_house_alone(desk: Objecting) -> None:
    case = desk.report(begin(desk.database, replace(HOST, roles=frozenset({CARE})), desk.cid))
    desk.role(CHARLIE, Role.CARER)
    with pytest.raises(Refused, match="not_a_host"):
        desk.decide(case, Act.LIMIT, by=CHARLIE)
    desk.decide(case, Act.LIMIT, by=CARER)


def test_a_reported_persona_is_limited_in_one_community(desk: Objecting) -> None:
    desk.report_thing(Thing.PERSONA, MALLORY.pid)
    case = next(one for one in desk.queue(CARER) if one.is_persona)
    decision = desk.decide(case, Act.LIMIT, by=CARER, place=desk.cid)
    assert decision.object != MALLORY.pid
    with pytest.raises(Refused, match="slowed_threads"):
        begin(desk.database, MALLORY, desk.cid)


@pytest.mark.parametrize(("language", "said"), [("en", "is limited for you"), ("ar", "مقيّدة لك الآن")])
def test_she_reads_it_where_she_writes_and_nobody_else_does(
    house: TestHouse, language: str, said: str
) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread()
    path, new = f"/t/{show_id(thread.tid)}", f"/c/{show_id(scene.cid)}/t"
    mallory = scene["mallory"].browser
    scene.report("bob", scene.reply("mallory", thread.tid))
    before = mallory.get(new).form(new).fields
    decision = scene.decide(Act.LIMIT, days=3)
    assert said in mallory.get(path).text
    assert 'name="body"' in mallory.get(path).text
    assert said in mallory.get(new).text
    assert 'name="body"' not in mallory.get(new).text
    kept = mallory.post(new, {**before, "title": "Mint", "body": "My long words."})
    assert kept.status == 422
    assert "My long words." in kept.text
    assert f"/me/o/{decision.shown}" in mallory.get("/me/o").text
    assert mallory.submit(path, path, body="One answer.").status == 303
    for who in ("alice", "bob", "charlie", "mona"):
        for page in (path, new, "/me/o", f"/c/{show_id(scene.cid)}/log", f"/c/{show_id(scene.cid)}"):
            assert said not in scene[who].browser.get(page).text
    scene.undo(decision)
    assert said not in mallory.get(path).text
