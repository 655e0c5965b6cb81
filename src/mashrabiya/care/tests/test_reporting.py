"""Reporting: what it takes, what it says, and what it never opens."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.factories import Scene, report_path
from mashrabiya.care.tests.seeing import MADE_UP, seen
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import show_id
from mashrabiya.safety.types import Reason
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_wrong_is_said_and_what_was_typed_stands(house: TestHouse, language: str) -> None:
    scene = Scene(house, language=language)
    path = report_path(scene.thread())
    bob = scene["bob"].browser
    words = {"en": "A reason is needed.", "ar": "المطلوب سبب."}[language]
    back = bob.submit(path, path, reason="", note="Kept <b>text</b>")
    assert back.status == 422
    assert words in back.text
    assert back.form(path).fields["note"].strip() == "Kept <b>text</b>"
    long = bob.submit(path, path, reason="1", note="x" * 2001)
    assert long.status == 422
    assert long.form(path).fields["reason"] == "1"


@pytest.mark.parametrize("reason", ["x", "-1", "13", "99999999999999999999", "\u0661\u0661", "1' OR 1=1"])
def test_no_reason_breaks_anything(scene: Scene, reason: str) -> None:
    path = report_path(scene.thread())
    assert scene["bob"].browser.submit(path, path, reason=reason, note="\x00\u202e").status in {303, 422}


@pytest.mark.parametrize("n", ["0", "2", "-1", "x", "99999999999999999999", "١"])
def test_only_what_stands_there_is_reported(scene: Scene, n: str) -> None:
    thread = scene.thread()
    assert scene["bob"].browser.get(f"/r/t/{show_id(thread.tid)}/{n}").status == 404


def test_what_one_may_not_read_one_does_not_report(house: TestHouse) -> None:
    scene = Scene(house, audience=Audience.HIDDEN)
    thread = scene.thread()
    charlie = scene["charlie"]
    made_up = f"/r/t/{MADE_UP}/1"
    assert seen(house, charlie, report_path(thread)) == seen(house, charlie, made_up)
    assert seen(house, charlie, report_path(thread), post=True) == seen(house, charlie, made_up, post=True)
    hidden, none = f"/r/c/{show_id(scene.cid)}", f"/r/c/{MADE_UP}"
    assert seen(house, charlie, hidden) == seen(house, charlie, none)
    # With a form of her own for another thread, whose hidden field fits this door.
    own = begin(house.database, scene["mona"].viewer, open_place(house, scene["mona"]))
    fields = charlie.browser.get(report_path(own)).form(report_path(own)).fields
    assert charlie.browser.post(report_path(thread), {**fields, "reason": "1"}).status == 404
    assert charlie.browser.post(made_up, {**fields, "reason": "1"}).status == 404


def test_the_same_person_is_told_that_it_was_reported(scene: Scene) -> None:
    thread = scene.thread()
    assert scene.report("bob", thread, note="first").status == 303
    again = scene.report("bob", thread, note="second")
    assert again.status == 422
    assert "was reported from this account already" in again.text
    assert "second" in again.text
    assert scene.report("bob", thread, note="first").status == 303
    assert scene.case().people == 1


def test_help_stands_where_somebody_may_be_in_danger(scene: Scene) -> None:
    thread = scene.thread()
    sent = scene.report("bob", thread, Reason.SELF_HARM)
    assert 'class="call amber go"' in scene["bob"].browser.follow(sent).text
    sent = scene.report("charlie", thread, Reason.SPAM)
    assert 'class="call amber go"' not in scene["charlie"].browser.follow(sent).text


def test_ones_own_has_no_link_and_takes_no_report(scene: Scene) -> None:
    thread = scene.thread()
    unnamed = scene.reply("alice", thread.tid, unnamed=True)
    alice = scene["alice"]
    for placed in (thread, unnamed):
        assert report_path(placed) not in scene.page("alice", placed)
        assert alice.browser.get(report_path(placed)).status == 403
    alice.new_persona("Ink")
    assert alice.browser.get(report_path(thread)).status == 403
    assert report_path(thread) in scene.page("bob", thread)


def test_a_flood_of_reports_ends(house: TestHouse, scene: Scene) -> None:
    path = report_path(scene.thread())
    sheet = scene["bob"].browser.get(path).form(path)
    answers = [
        scene["bob"].browser.post(path, {**sheet.fields, "reason": "8", "note": str(n)}).status
        for n in range(25)
    ]
    assert answers.count(303) == 1
    assert answers[-1] == 429


def test_a_persona_is_reported_to_the_house(scene: Scene) -> None:
    face = scene["alice"].viewer.face
    assert face is not None
    path, bob = f"/r/p/{face.pub}", scene["bob"].browser
    assert path in bob.get(f"/p/{face.pub}").text
    assert bob.submit(path, path, reason="2").status == 303
    assert scene["charlie"].browser.get(path).status == 404
    assert scene["alice"].browser.get(path).status == 403
    assert face.name not in scene["mona"].browser.get(scene.desk).text
