"""That an open page hears of something: whose it is, who may listen, and what is left of it."""

from __future__ import annotations

import re

import pytest

from mashrabiya.kernel import clock
from mashrabiya.notifications.commands.stirs import Stirs
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.notifications.types import UNNAMED, Kind
from mashrabiya.people.flows import alter_preferences
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

_WATCHED = re.compile(r'data-live="(b\.[0-9a-z]+)\.0" data-new="[^"]+"')


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def watched(who: Person, path: str = "/me") -> str:
    """What her page watches; nothing where it watches nothing."""
    found = _WATCHED.search(who.browser.get(path).text)
    return found[1] if found else ""


def stirs(scene: Scene) -> Stirs:
    room: Stirs = scene.house.site.rooms["stirs"]
    return room


def grown(scene: Scene, who: Person) -> int:
    """How far the counter has grown that her pages watch."""
    bucket = stirs(scene)._bucket(who.viewer.pid).to_bytes(2, "big")
    with scene.house.database.read() as db:
        return stirs(scene).numbers(db, [bucket]).get(bucket, 0)


def later(scene: Scene) -> None:
    stirs(scene)._last.clear()


def test_what_is_told_shows_on_a_page_that_is_open(scene: Scene) -> None:
    assert watched(scene.bob)
    assert scene.bob.browser.get("/b/new").status == 204
    scene.say(scene.alice, "It is the water.")
    assert grown(scene, scene.bob) == 0
    scene.tell()
    assert grown(scene, scene.bob) == 1
    answer = scene.bob.browser.get("/b/new")
    assert (answer.status, answer.text) == (200, "1")
    # The next page shows the word, and has nothing to wait for.
    assert not watched(scene.bob)
    scene.read(scene.bob)
    assert scene.bob.browser.get("/b/new").status == 204
    # A notice of the day stands there already: what comes later is heard all the same.
    later(scene)
    scene.say(scene.alice, "Or the light.")
    scene.tell()
    assert grown(scene, scene.bob) == 2
    assert scene.bob.browser.get("/b/new").status == 200


def test_much_within_a_second_is_heard_once(scene: Scene) -> None:
    for words in ("One.", "Two.", "Three."):
        scene.say(scene.alice, words)
    scene.tell()
    assert grown(scene, scene.bob) == 1


def test_an_unnamed_voice_stirs_nothing(scene: Scene) -> None:
    with scene.house.database.write() as uow:
        stirs(scene).heard(uow, [(scene.bob.viewer.pid, Kind.REPLY + UNNAMED)])
    assert grown(scene, scene.bob) == 0


def test_nobody_listens_to_another_name(scene: Scene) -> None:
    viewer, other = scene.charlie.viewer, stirs(scene)._bucket(scene.bob.viewer.pid).to_bytes(2, "big")
    own = stirs(scene)._bucket(viewer.pid).to_bytes(2, "big")
    with scene.house.database.read() as db:
        assert stirs(scene).readable(db, viewer, [own, other]) == {own}
    assert scene.house.browser().get("/b/new").status in {303, 404}


def test_in_the_neutral_look_with_small_pages_and_in_quiet_hours_nothing_is_heard(scene: Scene) -> None:
    scene.say(scene.alice, "It is the water.")
    scene.tell()
    hour = int(clock.now() % clock.DAY) // clock.HOUR
    half = int(clock.now() % clock.DAY) // (clock.HOUR // 2)
    hours = {"begins": str(hour), "ends": str((hour + 2) % 24), "half": str(half)}
    scene.bob.browser.submit("/b/s", "/b/q", on="1", **hours)
    assert scene.bob.browser.get("/b/new").status == 204
    alter_preferences(scene.house.site, scene.alice.browser.cookies[SESSION], discreet=True)
    alter_preferences(scene.house.site, scene.charlie.browser.cookies[SESSION], light=True)
    scene.say(scene.bob, "Thanks.")
    scene.tell()
    assert scene.alice.browser.get("/b/new").status == 204
    for who in (scene.alice, scene.charlie):
        assert "data-live" not in who.browser.get("/me").text
    with scene.house.database.read() as db:
        own = stirs(scene)._bucket(scene.alice.viewer.pid).to_bytes(2, "big")
        assert not stirs(scene).readable(db, scene.alice.viewer, [own])


def test_at_rest_it_says_of_nobody_that_she_was_told(scene: Scene) -> None:
    scene.say(scene.alice, "It is the water.")
    scene.tell()
    rows = scene.house.database.connection().execute("SELECT bucket, n FROM stir").fetchall()
    assert len(rows) == 1
    assert int(rows[0][0]) < 4096
