"""What somebody established or two people call an outing is hidden at once; by no number is anything else."""

from __future__ import annotations

import pytest

from mashrabiya.care import commands, queries, rules
from mashrabiya.care.tests.desks import CARER, HOST, KEYS, post_at
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.types import AS_TWO, Act
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, MONA, other_persona, person
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.types import Placed, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.safety.trust import commands as trust
from mashrabiya.safety.trust.queries import is_established
from mashrabiya.safety.trust.types import Voice
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


@pytest.mark.parametrize(
    "reason", [reason for reason in Reason if reason != Reason.OUTING and not reason.is_call]
)
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


def established(desk: Objecting, viewer: Viewer) -> None:
    """Mona found her helpful on four days, the first of them three weeks ago."""
    for _ in range(4):
        with desk.database.write() as uow:
            assert trust.vote(uow, MONA, Voice(viewer.pid, b"", desk.cid))
        clock.offset += 6 * clock.DAY
    with desk.database.read() as db:
        assert is_established(db, viewer)


@pytest.mark.parametrize("name", [BOB, other_persona(BOB)])
def test_one_who_is_established_hides_it_alone_under_any_name(desk: Objecting, name: Viewer) -> None:
    established(desk, BOB)
    post = say(desk, name, desk.thread)
    assert not shown(desk, post)
    # By nothing else, and not again what a carer has left.
    desk.decide(desk.queue(HOST)[0], Act.KEEP)
    assert shown(desk, post)
    say(desk, name, desk.thread)
    assert shown(desk, post)
    other = begin(desk.database, ALICE, desk.cid, title="Another")
    assert shown(desk, say(desk, name, other, Reason.HATE))


def test_established_and_overturned_twice_she_hides_nothing_alone(desk: Objecting) -> None:
    established(desk, BOB)
    for number in range(2):
        placed = begin(desk.database, ALICE, desk.cid, title=f"Thread {number}")
        assert not shown(desk, say(desk, BOB, placed))
        desk.decide(desk.queue(HOST)[0], Act.KEEP)
    for name in (BOB, other_persona(BOB)):
        assert shown(desk, say(desk, name, desk.thread))
    # Nor does her word count as the second.
    assert shown(desk, say(desk, MALLORY, desk.thread))
    assert not shown(desk, say(desk, CHARLIE, desk.thread))


def test_t25_a_thousand_sock_puppets_make_nobody_who_hides_alone(desk: Objecting) -> None:
    """They find Mallory helpful for weeks, and each other; one word of hers, or of any of them, hides nothing."""
    puppets = [person(f"Puppet {number}") for number in range(1000)]
    for day in range(4):
        with desk.database.write() as uow:
            for puppet in puppets[day * 250 : day * 250 + 250]:
                assert not trust.vote(uow, puppet, Voice(MALLORY.pid, b"", desk.cid))
                assert not trust.vote(uow, puppet, Voice(puppets[0].pid, b"", desk.cid))
        clock.offset += 7 * clock.DAY
    for number, who in enumerate((MALLORY, puppets[0], puppets[999])):
        placed = begin(desk.database, ALICE, desk.cid, title=f"Thread {number}")
        assert shown(desk, say(desk, who, placed))


def test_t3_no_row_says_that_whoever_reported_is_established(desk: Objecting) -> None:
    """Two reports of one post each, one person established: but for what is random, the rows are alike."""
    established(desk, BOB)
    for who in (BOB, CHARLIE):
        say(desk, who, begin(desk.database, ALICE, desk.cid, title=who.face.name if who.face else ""))
    rows = desk.database.connection().execute("SELECT * FROM report").fetchall()
    first, second = ([cell for cell in row if not isinstance(cell, bytes)] for row in rows)
    assert first == second


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
        (
            "en",
            "It was reported that this tells",
            "What was hidden as soon as it was reported is shown again",
        ),
        ("ar", "ورد إبلاغ بأن فيه ما يكشف", "ويظهر ما أُخفي فور الإبلاغ عنه"),
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
