"""A content note that a carer set: its author's edit leaves it while the decision stands, and has back what she had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mashrabiya.care import commands
from mashrabiya.care.tables import KEPT_DAYS
from mashrabiya.care.tests.desks import HOST
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.types import Act
from mashrabiya.communities.tests.factories import ALICE, BOB
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.types import Change, Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.testing.house import TestHouse

SET, OWN = Note.BODY, Note.LOSS


@pytest.fixture
def desk(database: Database) -> Iterator[Objecting]:
    yield Objecting(database)
    clock.offset = 0.0


def edit(desk: Objecting, placed: Placed, notes: int | None, by: Viewer = ALICE) -> None:
    with desk.database.write() as uow:
        post = posts.get_judged(uow, by, placed.tid, placed.n)[1]
        new = Change(title="Other words", body="Other words.", notes=notes)
        discussions.edit(uow, by, placed.tid, post.id, new=new)


def notes_of(desk: Objecting, placed: Placed) -> Note:
    with desk.database.read() as db:
        thread, post = posts.get_judged(db, BOB, placed.tid, placed.n)
    if placed.n == 1:
        assert thread.notes == post.notes
    return Note(post.notes)


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("unnamed", [False, True])
def test_an_edit_leaves_what_a_carer_set(desk: Objecting, first: bool, unnamed: bool) -> None:
    placed = desk.thread if first else answer(desk.database, ALICE, desk.thread.tid, "Mine.", unnamed=unnamed)
    edit(desk, placed, int(OWN))
    assert notes_of(desk, placed) == OWN
    decision = desk.decide(desk.report(placed), Act.NOTE, notes=int(SET))
    for asked, stands in ((0, SET), (None, SET), (int(OWN), SET | OWN), (int(SET), SET)):
        edit(desk, placed, asked)
        assert notes_of(desk, placed) == stands
    edit(desk, placed, int(OWN))
    desk.undo(decision)
    assert notes_of(desk, placed) == OWN
    edit(desk, placed, 0)
    assert notes_of(desk, placed) == Note(0)


def test_an_objection_that_is_granted_gives_the_boxes_back(desk: Objecting) -> None:
    decision = desk.decide(desk.report(desk.thread), Act.NOTE, notes=int(SET))
    desk.answer(desk.object(decision))
    assert notes_of(desk, desk.thread) == Note(0)
    edit(desk, desk.thread, int(SET))
    edit(desk, desk.thread, 0)
    assert notes_of(desk, desk.thread) == Note(0)


def test_of_two_decisions_each_binds_what_it_set(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    first = desk.decide(case, Act.NOTE, notes=int(SET))
    second = desk.decide(case, Act.NOTE, notes=int(SET | Note.HATE))
    desk.undo(first)
    edit(desk, desk.thread, 0)
    assert notes_of(desk, desk.thread) == Note.HATE
    desk.undo(second)
    assert notes_of(desk, desk.thread) == Note(0)


def test_what_is_deleted_has_none(desk: Objecting) -> None:
    placed = answer(desk.database, ALICE, desk.thread.tid, "Mine.")
    case = desk.report(placed)
    decision = desk.decide(case, Act.NOTE, notes=int(SET))
    with desk.database.write() as uow:
        discussions.delete_post(uow, ALICE, placed.tid, case.object)
    desk.undo(decision)
    with pytest.raises(NotFound):
        edit(desk, placed, 0)


def test_it_binds_no_longer_than_its_decision_is_kept(desk: Objecting) -> None:
    desk.decide(desk.report(desk.thread), Act.NOTE, notes=int(SET))
    with desk.database.write() as uow:
        assert commands.leave_notes(uow) == 0
        clock.offset += (KEPT_DAYS + 1) * clock.DAY
        assert [commands.leave_notes(uow), commands.leave_notes(uow)] == [1, 0]
    assert notes_of(desk, desk.thread) == SET
    edit(desk, desk.thread, 0)
    assert notes_of(desk, desk.thread) == Note(0)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The care team put a content note here"), ("ar", "وضع فريق الرعاية تنبيه محتوى هنا")],
)
def test_the_form_says_so(house: TestHouse, language: str, said: str) -> None:
    scene = Scene(house, language=language)
    placed = scene.thread("alice")
    with house.database.read() as db:
        post = posts.get_judged(db, scene["alice"].viewer, placed.tid, 1)[1]
    form = f"/t/{show_id(placed.tid)}/e/{post.shown}"
    alice = scene["alice"].browser
    assert said not in alice.get(form).text
    way = f"/t/{show_id(placed.tid)}/c/1"
    noted = scene["mona"].browser.submit(
        way, way, act=str(int(Act.NOTE)), words="It is about bodies.", note_64="1"
    )
    assert noted.status == 303
    box = '<input type="checkbox" name="note_64" value="1" checked disabled>'
    shown = alice.get(form).text
    assert [said in shown, box in shown, "/me/o" in shown] == [True, True, True]
    again = alice.submit(form, form, body="", title="Words")
    assert [again.status, box in again.text] == [422, True]
    assert alice.submit(form, form, body="Other words.", title="Words", note_64="").status == 303
    assert notes_of_page(scene, placed) == SET
    assert said not in scene["alice"].browser.get(f"/t/{show_id(placed.tid)}").text


def notes_of_page(scene: Scene, placed: Placed) -> Note:
    with scene.house.database.read() as db:
        return Note(posts.get_judged(db, scene["bob"].viewer, placed.tid, placed.n)[1].notes)


def test_nobody_else_decides_so(desk: Objecting) -> None:
    case = desk.report(desk.thread)
    with pytest.raises(NotFound):
        desk.decide(case, Act.NOTE, by=BOB, notes=int(SET))
    desk.decide(case, Act.NOTE, by=HOST, notes=int(SET))
    assert notes_of(desk, desk.thread) == SET
