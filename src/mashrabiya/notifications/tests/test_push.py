"""What leaves the site: nothing until she switches it on, and then that there is something."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.notifications import rules
from mashrabiya.notifications.pushed import Pushed, mark_of, quiet_of
from mashrabiya.notifications.tests.rung import THERE, Rung
from mashrabiya.notifications.tests.service import push_service
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse, tmp_path: Path) -> Iterator[Rung]:
    with push_service(tmp_path) as service:
        yield Rung(house, service)


def test_a_journey_from_the_switch_to_a_bell_and_back(scene: Rung) -> None:
    bob, alice = scene.bob, scene.alice
    scene.say(alice, "It is the water.")
    assert scene.rings() == [], "nothing leaves the site by itself"
    assert "Switch off" not in bob.browser.get("/b/s").text
    assert scene.switch(bob, "bobs") == THERE
    page = bob.browser.get("/b/s").text
    assert "Switch off" in page
    assert f'data-mark="{mark_of(scene.service.endpoint("bobs"))}"' in page
    assert f'data-key="{scene.pushes.public}"' in page
    assert scene.service.endpoint("bobs") not in page
    assert scene.rings() == []

    scene.say(alice, "And the light.")
    scene.tell()
    scene.pushes.step()
    assert scene.service.got == [], "not in the moment in which somebody wrote"
    assert scene.rings() == ["bobs"]
    # Gathered: once an hour at most, however much there is.
    for words in ("More.", "And more."):
        scene.say(alice, words)
        assert scene.rings() == []
    scene.later()
    assert scene.rings() == ["bobs"]
    assert scene.rings() == []
    first, second = (headers["Authorization"] for headers in scene.service.headers)
    assert first != second


def test_what_she_does_not_want_or_switches_off(scene: Rung) -> None:
    bob, alice = scene.bob, scene.alice
    assert scene.switch(bob, "bobs") == THERE
    bob.browser.submit("/b/s", "/b/s", tick_replies="", tick_mine="1", tick_helped="1", tick_polls="1")
    scene.pushes.step(whole=True)
    scene.say(alice, "Nothing that she wants.")
    assert scene.rings() == []
    scene.say(alice, "What says @Bob?")
    assert scene.rings() == ["bobs"]

    assert bob.browser.submit("/b/s", "/b/p").location == THERE
    assert scene.bells() == []
    scene.later()
    scene.say(alice, "What says @Bob now?")
    assert scene.rings() == []


def test_what_is_followed_or_was_written_unnamed_rings_nowhere(scene: Rung) -> None:
    scene.say(scene.mallory, "I was here.", unnamed="1")
    scene.tell()
    scene.follow(scene.charlie, scene.thread)
    for who in (scene.mallory, scene.charlie):
        assert scene.switch(who, who.name) == THERE
    scene.say(scene.alice, "Thanks.")
    assert scene.rings() == []
    assert {kind for addr, kind, _ in scene.rows() if addr != scene.bob.viewer.pid}, "they are told inside"


def test_nothing_while_she_is_here_in_quiet_hours_or_behind_her_number(scene: Rung) -> None:
    bob = scene.bob
    assert scene.switch(bob, "bobs") == THERE
    scene.come_by(bob)
    scene.say(scene.alice, "It is the water.")
    assert scene.rings() == [], "she sees it here"
    clock.offset += 600
    # Her hours lie in the row by the house's clock, without her zone, once she comes by.
    hour = int(clock.now() // clock.HOUR) % 24
    ahead = 6
    begins, ends = (hour + 3) % 24, (hour + 5) % 24
    half = (int(clock.now() // 1800) + ahead) % 48
    bob.browser.submit("/b/s", "/b/q", on="1", begins=str(begins), ends=str(ends), half=str(half))
    before = scene.bells()
    scene.come_by(bob)
    assert scene.bells() == before, "not beside what she chose"
    clock.offset += 600
    scene.say(scene.alice, "And the light.")
    assert scene.rings() == []
    assert len(scene.bells()[0][1]) == len(before[0][1])
    with scene.house.database.read() as db:
        pushed = scene.pushes.find(db, bob.viewer.pid)
    assert pushed is not None
    assert pushed.quiet == quiet_of(bob.viewer.hush) == (2 * hour % 48, (2 * hour + 4) % 48)
    clock.offset += 2 * clock.HOUR
    assert scene.rings() == ["bobs"], "it waited for their end"
    paper = {"pin": "4071", "new_pin": "4071", "minutes": "10", "code": bob.codes[0]}
    scene.later()
    paper |= {"name": bob.name, "pass": bob.passphrase}
    assert bob.browser.submit("/me/lock", "/me/lock", **paper).location == "/me/lock?saved=1"
    assert bob.browser.submit("/me", "/me/lock/now").status == 303
    clock.offset += clock.HOUR
    scene.say(scene.alice, "And more.")
    assert scene.rings() == []
    scene.later()
    scene.come_by(bob)
    clock.offset += 600
    scene.say(scene.alice, "And again.")
    assert scene.rings() == ["bobs"]


def test_what_a_service_answers(scene: Rung) -> None:
    service = scene.service
    assert scene.switch(scene.bob, "bobs") == THERE
    service.answers = 503
    scene.say(scene.alice, "It is the water.")
    assert [scene.rings() for _ in range(6)] == [["bobs"]] * 4 + [[]] * 2, "some times, and then no more"
    service.answers = 307
    scene.say(scene.alice, "And the light.")
    assert scene.rings() == ["bobs"]
    assert scene.rings() == [], "nothing is followed, and nothing sent again"
    assert len(scene.bells()) == 1
    service.answers = 410
    scene.say(scene.alice, "And more.")
    assert scene.rings() == ["bobs"]
    assert scene.bells() == []
    # One that cannot be reached, or that shows another's certificate, is no trouble.
    assert scene.switch(scene.bob, "bobs") == THERE
    scene.pushes._outward._trusted = None
    scene.say(scene.alice, "Once more.")
    assert scene.rings() == []
    assert len(scene.bells()) == 1


def test_quiet_hours_say_how_long_a_word_may_wait_at_the_service() -> None:
    for begins, ends, ahead in ((22, 7, 6), (9, 17, 0), (0, 1, 47), (23, 0, 5)):
        hush = rules.hush_of(begins, ends, ahead)
        pushed = Pushed("", "", quiet_of(hush), 0)
        for minute in range(0, 24 * 60, 10):
            now = 1_800_057_600.0 + minute * 60
            assert (pushed.left(now) == 0) == rules.is_quiet(hush, now), (hush, minute)
            left = pushed.left(now)
            assert not left or rules.is_quiet(hush, now + left)
    assert Pushed("", "").left(0.0) == clock.DAY


def test_a_signature_names_a_service_and_no_person(scene: Rung) -> None:
    for who, name in ((scene.bob, "bobs"), (scene.alice, "alices")):
        scene.switch(who, name)
    scene.say(scene.alice, "It is the water.")
    scene.say(scene.bob, "It is.")
    assert scene.rings() == ["alices", "bobs"]
    first, second = scene.service.headers
    assert first == second
    token = first["Authorization"].split("t=")[1].split(",")[0]
    body = token.split(".")[1]
    claims = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert claims["exp"] % clock.HOUR == 0
