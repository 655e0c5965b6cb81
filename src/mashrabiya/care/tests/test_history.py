"""What a desk reads of an author: this community, this name; of an unnamed voice this thread."""

from __future__ import annotations

import pytest

from mashrabiya.care import queries
from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.types import Act, Case, Decision
from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.home.tests.test_home import statements
from mashrabiya.platform.db import Database
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def read(desk: Desk, case: Case) -> tuple[list[Decision], list[Decision]]:
    with desk.database.read() as db:
        return queries.with_author(db, queries.get_case(db, CARER, case.id))


def test_other_posts_of_the_same_name_here_and_no_others(desk: Desk) -> None:
    first = desk.decide(desk.report(answer(desk.database, MALLORY, desk.thread.tid, "One.")), Act.HIDE)
    other = begin(desk.database, MALLORY, desk.cid)
    second = desk.decide(desk.report(other), Act.WORD)
    desk.decide(desk.report(answer(desk.database, ALICE, desk.thread.tid, "Hers.")), Act.HIDE)
    unnamed = answer(desk.database, MALLORY, desk.thread.tid, "Unnamed.", unnamed=True)
    desk.decide(desk.report(unnamed), Act.HIDE)
    case = desk.report(answer(desk.database, MALLORY, other.tid, "Two."))
    on_it, before = read(desk, case)
    assert on_it == []
    assert {one.id for one in before} == {first.id, second.id}
    third = desk.decide(case, Act.KEEP)
    on_it, before = read(desk, case)
    assert [one.id for one in on_it] == [third.id]
    assert {one.id for one in before} == {first.id, second.id}


def test_nothing_of_another_community(desk: Desk) -> None:
    desk.decide(desk.report(answer(desk.database, MALLORY, desk.thread.tid, "One.")), Act.HIDE)
    here = desk.cid
    desk.cid = place(desk.database, MALLORY, BOB)
    case = desk.report(begin(desk.database, MALLORY, desk.cid))
    assert read(desk, case) == ([], [])
    desk.cid = here


def test_of_an_unnamed_voice_this_thread_alone(desk: Desk) -> None:
    tid = desk.thread.tid
    first = desk.decide(desk.report(answer(desk.database, MALLORY, tid, "One.", unnamed=True)), Act.HIDE)
    desk.decide(desk.report(answer(desk.database, MALLORY, tid, "Named.")), Act.HIDE)
    desk.decide(desk.report(begin(desk.database, MALLORY, desk.cid, unnamed=True)), Act.HIDE)
    desk.decide(
        desk.report(answer(desk.database, BOB, tid, "His.", unnamed=True), by=ALICE), Act.HIDE, by=HOST
    )
    case = desk.report(answer(desk.database, MALLORY, tid, "Two.", unnamed=True))
    assert [one.id for one in read(desk, case)[1]] == [first.id]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Earlier, of the same author"), ("ar", "من قبل، لمن كتبه")]
)
def test_it_stands_on_the_case_in_few_statements(house: TestHouse, language: str, said: str) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread()
    scene.report("bob", scene.reply("mallory", thread.tid, "One."))
    scene.decide(Act.WORD)
    scene.report("bob", scene.reply("mallory", thread.tid, "Two."))
    path = scene.case().path
    assert said in scene["mona"].browser.get(path).text
    assert statements(scene["mona"], path) <= 6
