"""What two people call an outing is hidden at once; by no number is anything else."""

from __future__ import annotations

import pytest

from mashrabiya.care import commands, queries, rules
from mashrabiya.care.tests.desks import CARER, HOST, KEYS, post_at
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.types import AS_TWO, Act
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.types import Placed, PostState
from mashrabiya.kernel.errors import Conflict
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import NewReport, Reason, Thing
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def desk(database: Database) -> Objecting:
    return Objecting(database)


def say(desk: Objecting, by: Viewer, placed: Placed, reason: Reason = Reason.OUTING) -> bytes:
    with desk.database.write() as uow:
        post = post_at(uow, placed)
        new = NewReport(kind=Thing.POST, object=post, place=desk.cid, reason=reason, note="")
        commands.report(uow, by, KEYS, new)
    return post


def shown(desk: Objecting, post: bytes) -> bool:
    with desk.database.read() as db:
        found = posts.find_judged(db, post)
    assert found is not None
    return found.state == PostState.SHOWN


def test_two_people_hide_it_and_one_does_not(desk: Objecting) -> None:
    post = say(desk, BOB, desk.thread)
    assert shown(desk, post)
    say(desk, MALLORY, desk.thread)
    assert not shown(desk, post)
    (case,) = desk.queue(HOST)
    assert case.people == 2


def test_two_names_of_one_person_are_one(desk: Objecting) -> None:
    post = say(desk, BOB, desk.thread)
    say(desk, other_persona(BOB), desk.thread)
    assert shown(desk, post)


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason != Reason.OUTING])
def test_nothing_else_is_hidden_by_a_number(desk: Objecting, reason: Reason) -> None:
    for who in (BOB, MALLORY, CHARLIE):
        post = say(desk, who, desk.thread, reason)
    assert shown(desk, post)


def test_one_of_each_is_not_two(desk: Objecting) -> None:
    say(desk, BOB, desk.thread)
    assert shown(desk, say(desk, MALLORY, desk.thread, Reason.HATE))


def test_left_as_it_is_it_is_shown_again_and_more_of_the_same_hide_nothing(desk: Objecting) -> None:
    for who in (BOB, MALLORY):
        post = say(desk, who, desk.thread)
    desk.decide(desk.queue(HOST)[0], Act.KEEP)
    assert shown(desk, post)
    for who in (CHARLIE, CARER):
        say(desk, who, desk.thread)
    assert shown(desk, post)


@pytest.mark.parametrize("act", [Act.HIDE, Act.REMOVE])
def test_what_two_hid_is_decided_on_and_comes_back_whole(desk: Objecting, act: Act) -> None:
    for who in (BOB, MALLORY):
        post = say(desk, who, desk.thread)
    case = desk.queue(HOST)[0]
    decision = desk.decide(case, act)
    assert not shown(desk, post)
    if act == Act.HIDE:
        with pytest.raises(Conflict, match="nothing_there"):
            desk.decide(case, act)
    desk.answer(desk.object(decision))
    assert shown(desk, post)


def test_who_was_overturned_twice_hides_nothing_under_any_name(desk: Objecting) -> None:
    for number in range(2):
        placed = begin(desk.database, ALICE, desk.cid, title=f"Thread {number}")
        say(desk, BOB, placed)
        desk.decide(desk.queue(HOST)[0], Act.KEEP)
    for name in (BOB, other_persona(BOB)):
        with desk.database.read() as db:
            assert queries.overturned(db, name) == 2
    with desk.database.read() as db:
        assert queries.overturned(db, MALLORY) == 0
    post = say(desk, other_persona(BOB), desk.thread)
    say(desk, MALLORY, desk.thread)
    assert shown(desk, post)
    assert desk.queue(HOST)[0].people == 2
    say(desk, CHARLIE, desk.thread)
    assert not shown(desk, post)


def test_its_author_is_told_and_objects_to_whoever_decides_there(desk: Objecting) -> None:
    for who in (BOB, MALLORY):
        post = say(desk, who, desk.thread)
    (which,) = desk.concerning(ALICE)
    with desk.database.read() as db:
        decision = queries.find_decision(db, which)
    assert decision is not None
    assert (decision.role, decision.by) == (AS_TWO, None)
    desk.answer(desk.object(decision), HOST)
    assert shown(desk, post)


@pytest.mark.parametrize(("voices", "kept", "established", "hides"), [
    (0, False, False, False),
    (1, False, False, False),
    (2, False, False, True),
    (9, True, False, False),
    (1, False, True, True),
    (1, True, True, False),
])  # fmt: skip
def test_the_rule(voices: int, kept: bool, established: bool, hides: bool) -> None:
    assert rules.hides_at_once(voices, kept=kept, established=established) is hides


@pytest.mark.parametrize(
    ("language", "said", "again"),
    [
        ("en", "Two people say that this tells", "What was hidden on two people’s word is shown again"),
        ("ar", "قال شخصان إن فيه ما يكشف", "ويظهر ما أُخفي على كلام شخصين"),
    ],
)
def test_from_two_reports_to_what_the_author_reads(
    house: TestHouse, language: str, said: str, again: str
) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread()
    scene.report("bob", thread)
    assert "Is it the water" in scene.page("charlie", thread)
    assert again not in scene["mona"].browser.get(scene.case().path).text
    scene.report("mallory", thread)
    for who in ("bob", "charlie", "mona"):
        assert "Is it the water" not in scene.page(who, thread)
    why = f"/t/{show_id(thread.tid)}/y/1"
    assert why in scene.page("alice", thread)
    assert said in scene["alice"].browser.get(why).text
    assert "/me/o/" in scene["alice"].browser.get(why).text
    assert said in scene["alice"].browser.get("/me/o").text
    path, mona = scene.case().path, scene["mona"].browser
    assert "Is it the water" in mona.get(path).text
    assert again in mona.get(path).text
    mona.submit(path, path, act="0", words="It names nobody.")
    assert "Is it the water" in scene.page("charlie", thread)
