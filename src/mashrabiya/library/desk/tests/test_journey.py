"""A guide through the desk: written, read by two, put out, due, withdrawn."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.library.desk import commands, queries, rules
from mashrabiya.library.desk.tests.scene import EN, Scene
from mashrabiya.library.desk.types import Typed
from mashrabiya.library.guides.types import Kind, Role, State
from mashrabiya.testing.house import TestHouse

LATER = EN.replace("Walk to the door.", "Walk slowly to the door.")


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_a_guide_is_reviewed_by_two_roles_and_then_due(scene: Scene) -> None:
    assert scene.state() == State.FIRST
    assert "Still to be read by" in scene.text(scene.bob, "/y/d")
    scene.review()
    assert scene.state() == State.REVIEWED
    guide = scene.volume.guide
    assert guide.checked_day == clock.day()
    assert guide.checked_by == "lawyer community"
    clock.offset += 200 * clock.DAY
    with scene.house.database.write() as uow:
        assert commands.become_due(uow) == 1
        assert commands.become_due(uow) == 0
    assert scene.state() == State.DUE


def test_a_due_guide_is_read_anew_by_the_same_people(scene: Scene) -> None:
    scene.review()
    clock.offset += 184 * clock.DAY
    with scene.house.database.write() as uow:
        commands.become_due(uow)
    clock.offset = 0.0
    scene.read(scene.bob, Role.LAWYER)
    assert scene.state() == State.DUE
    scene.review()
    assert scene.state() == State.REVIEWED


def test_a_draft_is_not_read_by_readers_and_put_out_unread_makes_a_first_edition(scene: Scene) -> None:
    scene.review()
    assert scene.write(LATER).status == 303
    assert scene.state() == State.REVIEWED
    assert scene.volume.published("en").n == 1  # type: ignore[union-attr]
    assert scene.put_out().status == 303
    assert scene.volume.published("en").n == 2  # type: ignore[union-attr]
    assert scene.state() == State.FIRST


def test_read_before_it_is_put_out_the_guide_stays_reviewed(scene: Scene) -> None:
    scene.review()
    scene.write(LATER)
    scene.read(scene.bob, Role.LAWYER, n=2)
    scene.read(scene.rana, Role.COMMUNITY, n=2)
    scene.put_out()
    assert scene.state() == State.REVIEWED
    assert scene.volume.published("en").n == 2  # type: ignore[union-attr]


def test_bringing_back_reads_nothing(scene: Scene) -> None:
    """Neither is a guide checked on that day, nor does a review that is over begin anew."""
    scene.review()
    read_on, mona = clock.day(), scene.mona.viewer
    for days, state in ((100, State.REVIEWED), (200, State.DUE)):
        clock.offset = days * clock.DAY
        with scene.house.database.write() as uow:
            commands.withdraw(uow, mona, scene.shown, ar="", en="A law changed.")
            commands.bring_back(uow, mona, scene.shown)
        assert scene.state() == state
        assert scene.volume.guide.checked_day == read_on


def test_what_was_read_long_ago_is_not_checked_on_the_day_it_is_put_out(scene: Scene) -> None:
    scene.write(LATER)
    for who, role in ((scene.bob, Role.LAWYER), (scene.rana, Role.COMMUNITY)):
        scene.read(who, role, n=2)
        scene.read(who, role, "ar")
    read_on, alice = clock.day(), scene.alice.viewer
    clock.offset = 100 * clock.DAY
    with scene.house.database.write() as uow:
        draft = queries.find_edition(uow, scene.volume.draft("en"))
        typed = Typed("en", "", rules.print_of(draft))
        commands.put_out(uow, alice, scene.shown, typed, agrees=True)
    assert scene.state() == State.REVIEWED
    assert scene.volume.guide.checked_day == read_on


def test_words_that_came_while_she_read_are_not_read(scene: Scene) -> None:
    scene.write(LATER)
    at = f"{scene.at}/en/2"
    sheet = scene.bob.browser.get(at).form(at)
    scene.write(LATER + "- And then?\n")
    page = scene.bob.browser.post(at, sheet.fields)
    assert page.status == 422
    assert "changed while you were reading" in page.text
    draft = scene.volume.draft("en")
    assert draft is not None
    assert [hand.role for hand in scene.volume.hands_of(draft)] == [0]
    assert scene.bob.browser.post(at, page.form(at).fields).status == 303


def test_words_changed_after_reading_are_read_again(scene: Scene) -> None:
    scene.write(LATER)
    scene.read(scene.bob, Role.LAWYER, n=2)
    scene.write(LATER + "- And then?\n")
    draft = scene.volume.draft("en")
    assert draft is not None
    assert [hand.role for hand in scene.volume.hands_of(draft)] == [0]


def test_medical_words_that_nobody_read_close_the_guide(house: TestHouse) -> None:
    scene = Scene(house, kind=Kind.MEDICAL)
    scene.write(LATER)
    assert "it closes until a host" in scene.text(scene.alice, f"{scene.at}/en/2")
    scene.put_out()
    assert not scene.volume.guide.open


def test_medical_words_whose_reading_is_doubted_close_the_guide(house: TestHouse) -> None:
    scene = Scene(house, kind=Kind.MEDICAL)
    scene.review()
    assert scene.volume.guide.open
    assert scene.mona.browser.submit(scene.at, scene.at, lang="en", wish="anew").status == 303
    assert not scene.volume.guide.open
    assert house.browser().get(f"/y/{scene.shown}").status == 404


def test_withdrawn_it_says_why_and_comes_back(scene: Scene) -> None:
    page = scene.alice.browser.submit(scene.at, f"{scene.at}/z", wish="withdraw", reason_en="", reason_ar="")
    assert page.status == 422
    scene.alice.browser.submit(scene.at, f"{scene.at}/z", wish="withdraw", reason_en="A law changed.")
    assert scene.state() == State.WITHDRAWN
    assert "A law changed." in scene.text(scene.mona, scene.at)
    scene.mona.browser.submit(scene.at, f"{scene.at}/z", wish="back")
    assert scene.state() == State.FIRST
    assert scene.rows("desk_withdrawn") == 0
