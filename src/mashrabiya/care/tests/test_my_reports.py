"""Whoever reported learns what became of it, and nobody learns who that is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from mashrabiya.care import queries
from mashrabiya.care.tests.desks import CARER, KEYS, Desk, post_at
from mashrabiya.care.tests.factories import Scene, report_path
from mashrabiya.care.types import Act, Case, OwnReport
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, VISITOR, other_persona
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.retention import sweep
from mashrabiya.safety import commands as safety
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import KEPT_CLOSED_DAYS, PLACES, NewReport, Reason, Thing
from mashrabiya.testing.house import TestHouse

_ROWS: Statement[None] = Statement(select(*REPORT.c))


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    yield Desk(database)
    clock.offset = 0.0


def own(desk: Desk, viewer: Viewer) -> list[OwnReport]:
    with desk.database.read() as db:
        return queries.own_reports(db, viewer, KEYS)


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        (Act.KEEP, "report.out_keep"),
        (Act.HIDE, "report.out_hide"),
        (Act.REMOVE, "report.out_remove"),
        (Act.EXCLUDE, "report.out_person"),
    ],
)
def test_she_learns_what_became_of_it_under_every_name(desk: Desk, act: Act, outcome: str) -> None:
    case = desk.report(desk.thread, BOB)
    (waits,) = own(desk, BOB)
    assert waits.is_open
    desk.decide(case, act, agreement=0, reply="Thank you for the word.", words="For the author alone.")
    for name in (BOB, other_persona(BOB)):
        (found,) = own(desk, name)
        assert (found.is_open, found.outcome_key) == (False, outcome)
        assert (found.agreement, found.reply) == ("Be kind.", "Thank you for the word.")
        assert "author alone" not in repr(found)
    for other in (ALICE, MALLORY, CHARLIE, CARER, VISITOR):
        assert own(desk, other) == []


def test_each_of_several_learns_it_and_that_it_was_taken_back(desk: Desk) -> None:
    case = desk.report(desk.thread, BOB)
    desk.report(desk.thread, MALLORY)
    decision = desk.decide(case, Act.HIDE)
    desk.undo(decision)
    for who in (BOB, MALLORY):
        (found,) = own(desk, who)
        assert (found.outcome_key, found.undone) == ("report.out_hide", True)


def test_a_reported_persona_and_a_community_stand_in_it_too(desk: Desk) -> None:
    desk.report_thing(Thing.PERSONA, ALICE.pid, by=BOB)
    desk.report_thing(Thing.COMMUNITY, desk.cid, by=BOB)
    assert {one.kind for one in own(desk, BOB)} == {Thing.PERSONA, Thing.COMMUNITY}


def test_it_leaves_the_list_when_the_report_goes(desk: Desk) -> None:
    desk.decide(desk.report(desk.thread, BOB), Act.KEEP)
    clock.offset = (KEPT_CLOSED_DAYS + 1) * clock.DAY
    sweep(desk.database)
    assert own(desk, BOB) == []


def test_no_two_reports_of_one_person_show_that_they_are_hers(desk: Desk) -> None:
    for number in range(3):
        placed = begin(desk.database, ALICE, desk.cid, title=f"Thread {number}")
        desk.report(placed, BOB)
    names = [column.name for column in REPORT.c]
    with desk.database.read() as db:
        rows = [dict(zip(names, row, strict=True)) for row in db.tuples(_ROWS)]
    for column in ("mine", "rnull", "id"):
        assert len({bytes(row[column]) for row in rows}) == 3
    kept = b"".join(
        bytes(value) for row in rows for value in row.values() if isinstance(value, bytes | memoryview)
    )
    assert all(pid not in kept for pid in BOB.siblings)


def test_a_full_list_takes_every_report_and_lets_the_oldest_decided_go(desk: Desk) -> None:
    placed = [answer(desk.database, ALICE, desk.thread.tid, f"Reply {n}") for n in range(PLACES + 2)]
    for one in placed[: PLACES + 1]:
        report(desk, one)
    # One too many waits: it is at the desk, and in no list.
    assert len(own(desk, BOB)) == PLACES
    first = own(desk, BOB)[0]
    case = next(c for c in _all(desk) if c.object == first.object)
    desk.decide(case, Act.KEEP)
    report(desk, placed[-1])
    objects = {one.object for one in own(desk, BOB)}
    assert len(objects) == PLACES
    assert first.object not in objects


def report(desk: Desk, placed: Placed) -> None:
    with desk.database.write() as uow:
        new = NewReport(
            kind=Thing.POST, object=post_at(uow, placed), place=desk.cid, reason=Reason.HATE, note=""
        )
        safety.report(uow, BOB, KEYS, new)


def _all(desk: Desk) -> list[Case]:
    with desk.database.read() as db:
        rows = [bytes(row[0]) for row in db.tuples(_ROWS)]
        return [queries.get_case(db, CARER, rid) for rid in rows]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("My reports", "It is hidden.", "Thank you")), ("ar", ("بلاغاتي", "أُخفي.", "Thank you"))],
)
def test_from_the_report_to_the_outcome(house: TestHouse, language: str, said: tuple[str, ...]) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread()
    sent = scene.report("bob", thread, note="My own words.")
    bob = scene["bob"].browser
    assert 'href="/me/r"' in bob.follow(sent).text
    assert "My own words." in bob.get("/me/r").text
    path = scene.case().path
    scene["mona"].browser.submit(path, path, act="1", words="To the author.", reply="Thank you")
    listed = bob.get("/me/r").text
    for words in said:
        assert words in listed
    assert "To the author." not in listed
    for who in ("alice", "charlie", "mallory", "mona"):
        text = scene[who].browser.get("/me/r").text
        assert "My own words." not in text
        assert "Thank you" not in text
    why = scene["alice"].browser.get(f"/me/o/{scene_decision(scene)}").text
    assert "Thank you" not in why
    assert statements(scene["bob"], "/me/r") <= 6
    assert house.browser().get("/me/r").text == house.browser().get("/nowhere").text


def scene_decision(scene: Scene) -> str:
    text = scene["alice"].browser.get("/me/o").text
    return text.split('href="/me/o/')[1].split('"')[0]


def test_a_line_for_the_reporters_has_a_limit_and_stands_again(house: TestHouse) -> None:
    scene = Scene(house)
    scene.report("bob", scene.thread())
    path, mona = scene.case().path, scene["mona"].browser
    back = mona.submit(path, path, act="1", words="Agreed.", reply="x" * 501)
    assert back.status == 422
    assert back.form(path).fields["reply"].strip() == "x" * 501


@pytest.mark.parametrize(
    ("reason", "situation"),
    [(Reason.EXTORT, "2"), (Reason.SELF_HARM, "6"), (Reason.MINOR, "7"), (Reason.OUTING, "3")],
)
def test_help_that_is_quicker_stands_open(house: TestHouse, reason: Reason, situation: str) -> None:
    scene = Scene(house)
    bob, path = scene["bob"].browser, report_path(scene.thread())
    sent = bob.submit(path, path, reason=str(int(reason)))
    assert sent.location.split("&")[0] == f"/r?h={situation}"
    told = bob.follow(sent).text
    assert f'href="/h?s={situation}"' in told
    assert ("If another person says the same of this post" in told) == (reason == Reason.OUTING)
    help_now = bob.get(f"/h?s={situation}").text
    assert help_now.count('name="h" open') == 1
    assert help_now.index('name="h" open') > 0


def test_nothing_is_said_of_hiding_where_a_name_is_reported(house: TestHouse) -> None:
    scene = Scene(house)
    face = scene["alice"].viewer.face
    assert face
    bob, path = scene["bob"].browser, f"/r/p/{face.pub}"
    told = bob.follow(bob.submit(path, path, reason=str(int(Reason.OUTING)))).text
    assert 'href="/h?s=3"' in told
    assert "another person says the same" not in told


@pytest.mark.parametrize("asked", ["0", "99", "x", "", "<b>"])
def test_no_address_breaks_what_follows_a_report(house: TestHouse, asked: str) -> None:
    bob = house.person("Bob").browser
    assert bob.get(f"/r?h={asked}").status == 200
    assert "/h?s=" not in bob.get(f"/r?h={asked}").text
    assert bob.get(f"/h?s={asked}").status == 200
