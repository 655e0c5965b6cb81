"""A private word, a wish for a change, a content note, a pause: what comes before hiding and excluding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.desks import CARER, HOST
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.types import Act, NewDecision
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.communities.types import Role
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound, Refused
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.platform.db import Database
from mashrabiya.platform.retention import sweep
from mashrabiya.safety.types import Thing
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def desk(database: Database) -> Iterator[Objecting]:
    yield Objecting(database)
    clock.offset = 0.0


def notes_of(desk: Objecting, post: bytes) -> int:
    with desk.database.read() as db:
        found = posts.find_judged(db, post)
    assert found is not None
    return found.notes


@pytest.mark.parametrize("act", [Act.WORD, Act.ASK])
@pytest.mark.parametrize("unnamed", [False, True])
def test_a_word_reaches_whoever_wrote_it_and_nobody_else(desk: Objecting, act: Act, unnamed: bool) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.", unnamed=unnamed)
    case = desk.report(placed)
    decision = desk.decide(case, act, words="Please mind the street.")
    assert desk.state(case) is PostState.SHOWN
    for name in (MALLORY, other_persona(MALLORY)):
        assert desk.concerning(name) == [decision.id]
        assert desk.read(decision, name).decision.words == "Please mind the street."
        with desk.database.read() as db:
            assert queries.concerns_her(db, name)
    for other in (ALICE, BOB, CHARLIE, HOST, CARER):
        assert desk.concerning(other) == []
        with pytest.raises(NotFound):
            desk.read(decision, other)
    assert desk.queue(HOST) == []
    assert desk.guards() == []


def test_a_note_folds_and_taking_it_back_leaves_the_authors_own(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    with desk.database.write() as uow:
        discussions.note(uow, case.object, Note.LOSS)
    decision = desk.decide(case, Act.NOTE, notes=int(Note.LOSS | Note.BODY))
    assert notes_of(desk, case.object) == Note.LOSS | Note.BODY
    with desk.database.read() as db:
        assert posts.get_thread(db, BOB, desk.thread.tid).notes == Note.LOSS | Note.BODY
    desk.answer(desk.object(decision))
    assert notes_of(desk, case.object) == Note.LOSS


@pytest.mark.parametrize("notes", [0, 1 << 20, int(Note.BODY)])
def test_a_note_that_says_nothing_new_is_refused(desk: Objecting, notes: int) -> None:
    case = desk.report(desk.thread)
    with desk.database.write() as uow:
        discussions.note(uow, case.object, Note.BODY)
    with pytest.raises(Invalid) as trouble:
        desk.decide(case, Act.NOTE, notes=notes)
    assert set(trouble.value.fields) == {"notes"}


def test_a_pause_meets_every_name_and_unnamed_words_and_ends_by_itself(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.")
    decision = desk.decide(desk.report(placed), Act.PAUSE, days=3)
    for name in (MALLORY, other_persona(MALLORY)):
        with pytest.raises(Refused, match=r"compose\.paused"):
            answer(desk.database, name, desk.thread.tid, "More.", unnamed=True)
    with pytest.raises(Refused, match=r"compose\.paused"):
        answer(desk.database, MALLORY, desk.thread.tid, "More.")
    with pytest.raises(Refused, match=r"compose\.paused"):
        begin(desk.database, MALLORY, desk.cid)
    with desk.database.read() as db:
        assert posts.get_thread(db, MALLORY, desk.thread.tid).community.belongs
    answer(desk.database, BOB, desk.thread.tid, "Others write on.")
    assert desk.concerning(MALLORY) == [decision.id]
    clock.offset = 4 * clock.DAY
    answer(desk.database, MALLORY, desk.thread.tid, "Back.")
    sweep(desk.database)
    assert desk.guards() == []


def test_a_pause_is_taken_back_by_an_answer(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.")
    decision = desk.decide(desk.report(placed), Act.PAUSE, days=7)
    desk.answer(desk.object(decision, MALLORY))
    answer(desk.database, MALLORY, desk.thread.tid, "Back.")
    assert desk.guards() == []


def test_a_paused_voice_without_a_name_goes_on_with_one(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.", unnamed=True)
    desk.decide(desk.report(placed), Act.PAUSE, days=1)
    with pytest.raises(Refused, match="unnamed_closed"):
        answer(desk.database, MALLORY, desk.thread.tid, "More.", unnamed=True)
    answer(desk.database, MALLORY, desk.thread.tid, "By name.")


def test_a_pause_and_an_exclusion_stand_beside_each_other(desk: Objecting) -> None:
    placed = answer(desk.database, MALLORY, desk.thread.tid, "Words.")
    case = desk.report(placed)
    desk.decide(case, Act.PAUSE, days=7)
    with pytest.raises(Conflict, match="paused_already"):
        desk.decide(case, Act.PAUSE, days=1)
    excluded = desk.decide(case, Act.EXCLUDE, days=7)
    desk.undo(excluded)
    assert [kind for kind, _, _ in desk.guards()] == ["pause"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"days": 30}, "days"), ({"days": 0}, "days"), ({"words": " "}, "words")],
)
def test_a_pause_needs_its_days_and_a_reason(desk: Objecting, changes: dict[str, Any], field: str) -> None:
    case = desk.report(desk.thread)
    with pytest.raises(Invalid) as trouble:
        desk.decide(case, Act.PAUSE, **changes)
    assert set(trouble.value.fields) == {field}
    assert desk.guards() == []


def test_who_helps_to_run_the_place_is_paused_by_the_house_alone(desk: Objecting) -> None:
    placed = begin(desk.database, replace(HOST, roles=frozenset({CARE})), desk.cid)
    case = desk.report(placed)
    second = replace(BOB, roles=frozenset())
    desk.role(CHARLIE, Role.CARER)
    with pytest.raises(Refused, match="not_a_host"):
        desk.decide(case, Act.PAUSE, by=CHARLIE)
    with pytest.raises(NotFound):
        desk.decide(case, Act.PAUSE, by=second)
    desk.decide(case, Act.PAUSE, by=CARER)


@pytest.mark.parametrize("act", [Act.NOTE, Act.HOLD, Act.LIMIT, Act.PAUSE])
def test_there_is_nothing_of_a_post_for_what_is_none(desk: Objecting, act: Act) -> None:
    desk.report_thing(Thing.COMMUNITY, desk.cid)
    case = next(one for one in desk.queue(CARER) if one.kind == Thing.COMMUNITY)
    with pytest.raises((Conflict, Invalid)):
        desk.decide(case, act, by=CARER, notes=int(Note.BODY))


def test_a_reported_persona_is_paused_in_one_community(desk: Objecting) -> None:
    desk.report_thing(Thing.PERSONA, MALLORY.pid)
    case = next(one for one in desk.queue(CARER) if one.is_persona)
    with pytest.raises(Invalid) as trouble, desk.database.write() as uow:
        commands.decide(uow, CARER, case.id, NewDecision(act=Act.PAUSE, words="We agreed.", days=7))
    assert set(trouble.value.fields) == {"place"}
    decision = desk.decide(case, Act.PAUSE, by=CARER, place=desk.cid)
    assert decision.object != MALLORY.pid
    with pytest.raises(Refused, match="paused"):
        answer(desk.database, MALLORY, desk.thread.tid, "More.")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_word_is_found_from_the_settings(house: TestHouse, language: str) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread("bob")
    placed = scene.reply("mallory", thread.tid, unnamed=True)
    scene.report("alice", placed)
    case = scene.case().path
    answered = scene["mona"].browser.submit(case, case, act="20", words="Please mind the street.")
    assert answered.status == 303
    assert 'class="call go mt4"' in scene["mallory"].browser.get("/me").text
    assert "Please mind the street." in scene["mallory"].browser.get("/me/o").text
    for who in ("alice", "bob", "charlie"):
        assert 'class="call go mt4"' not in scene[who].browser.get("/me").text
        assert "Please mind" not in scene[who].browser.get(f"/t/{show_id(thread.tid)}").text
        assert "Please mind" not in scene[who].browser.get("/me/o").text


@pytest.mark.parametrize(("language", "said"), [("en", "is paused for you"), ("ar", "متوقّفة لك الآن")])
def test_a_paused_reply_says_why_and_keeps_the_words(house: TestHouse, language: str, said: str) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread()
    path, mallory = f"/t/{show_id(thread.tid)}", scene["mallory"].browser
    scene.report("bob", scene.reply("mallory", thread.tid))
    before = mallory.get(path).form(path).fields
    scene.decide(Act.PAUSE, days=3)
    assert said in mallory.get(path).text
    assert 'name="body"' not in mallory.get(path).text
    answered = mallory.post(path, {**before, "body": "My long words."})
    assert answered.status == 422
    assert said in answered.text
    assert "My long words." in answered.text
    assert "Is it the water" in mallory.get(path).text


@pytest.mark.parametrize(("language", "said"), [("en", "is paused for you"), ("ar", "متوقّفة لك الآن")])
def test_who_is_paused_reads_it_before_a_thread_is_written(
    house: TestHouse, language: str, said: str
) -> None:
    scene = Scene(house, language=language)
    scene.report("bob", scene.reply("mallory", scene.thread().tid))
    path = f"/c/{show_id(scene.cid)}/t"
    before = scene["mallory"].browser.get(path)
    assert said not in before.text
    scene.decide(Act.PAUSE, days=3)
    paused = scene["mallory"].browser.get(path)
    assert said in paused.text
    assert 'name="body"' not in paused.text
    kept = scene["mallory"].browser.post(path, {**before.form(path).fields, "body": "My long words."})
    assert kept.status == 422
    assert "My long words." in kept.text
    assert said not in scene["bob"].browser.get(path).text
