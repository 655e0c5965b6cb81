"""A guide through the desk: written, read by two, put out, due, withdrawn."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.library.desk import commands
from mashrabiya.library.desk.tests.scene import EN, Scene
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


def test_withdrawn_it_says_why_and_comes_back(scene: Scene) -> None:
    page = scene.alice.browser.submit(scene.at, f"{scene.at}/z", wish="withdraw", reason_en="", reason_ar="")
    assert page.status == 422
    scene.alice.browser.submit(scene.at, f"{scene.at}/z", wish="withdraw", reason_en="A law changed.")
    assert scene.state() == State.WITHDRAWN
    assert "A law changed." in scene.text(scene.mona, scene.at)
    scene.mona.browser.submit(scene.at, f"{scene.at}/z", wish="back")
    assert scene.state() == State.FIRST
    assert scene.rows("desk_withdrawn") == 0
