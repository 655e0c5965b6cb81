"""Nothing is told of what she may not read, does not want to meet, or what is gone: whenever that came to be."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands as discussions
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.people import commands as people
from mashrabiya.people import flows
from mashrabiya.people.commands.private import change_lists
from mashrabiya.people.tables import GUARD
from mashrabiya.people.types import Voice
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import TestHouse

TOLD = ["* A reply in: Bob asks"]


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    made = Scene(house)
    made.say(made.mallory, "Is it the rutabaga?", notes="")
    made.tell()
    assert made.lines(made.bob) == TOLD
    return made


def tid(scene: Scene) -> bytes:
    return read_id(scene.thread.removeprefix("/t/"), 16)


def post_of(scene: Scene) -> bytes:
    found = scene.house.database.connection().execute("SELECT id FROM post WHERE n = 2").fetchone()
    return bytes(found[0])


def lift_all(scene: Scene) -> None:
    with scene.house.database.write() as uow:
        change_lists(uow, scene.bob.viewer, lambda kept: replace(kept, blocks=(), mutes=(), words=()))


def test_of_whom_and_what_she_keeps_away(scene: Scene) -> None:
    """By that name alone, and as soon as she wants it; once she lifts it, she is told again."""
    site, pid = scene.house.site, scene.mallory.viewer.pid
    flows.block(site, scene.bob.viewer, pid, shared=False)
    assert scene.lines(scene.bob) == []
    assert not scene.is_told(scene.bob)
    lift_all(scene)
    assert scene.lines(scene.bob) == TOLD
    with scene.house.database.write() as uow:
        people.mute(uow, scene.bob.viewer, Voice(pid=pid))
    assert scene.lines(scene.bob) == []
    lift_all(scene)
    with scene.house.database.write() as uow:
        people.hide_words(uow, scene.bob.viewer, ["rutabaga"], shared=False)
    assert scene.lines(scene.bob) == []
    lift_all(scene)
    # What is unnamed is told however much its author is blocked: else the block would say whose it is.
    flows.block(site, scene.bob.viewer, pid, shared=False)
    scene.mallory.new_persona("Heron")
    scene.mallory.browser.submit(scene.place, f"{scene.place}/in")
    scene.say(scene.mallory, "Unnamed now.", thread=scene.hers, unnamed="1")
    scene.say(scene.alice, "Look, @Bob", thread=scene.hers)
    scene.tell()
    assert scene.lines(scene.alice) == ["A reply in: Alice asks"], "she answered since"
    assert scene.lines(scene.bob) == ["* A reply in: Alice asks"]
    # A label that she mutes is kept away in that thread.
    scene.say(scene.mallory, "And here.", thread=scene.hers, unnamed="1")
    scene.tell()
    assert scene.lines(scene.alice) == ["* A reply in: Alice asks"]
    hers = read_id(scene.hers.removeprefix("/t/"), 16)
    with scene.house.database.write() as uow:
        people.mute(uow, scene.alice.viewer, Voice(tid=hers, label=2))
    assert scene.lines(scene.alice) == []


def test_of_what_she_may_not_read_any_more(scene: Scene) -> None:
    database, bob = scene.house.database, scene.bob
    scene.say(scene.bob, "Here too.", thread=scene.hers)
    scene.say(scene.mallory, "Hello.", thread=scene.hers)
    scene.tell()
    both = sorted(scene.lines(bob))
    assert len(both) == 2
    change_audience_of(scene, Audience.MEMBERS)
    assert sorted(scene.lines(bob)) == both
    # Alice leaves a place that members alone read.
    assert len(scene.lines(scene.alice)) == 1
    scene.alice.browser.submit(f"{scene.place}/out", f"{scene.place}/out")
    assert scene.lines(scene.alice) == []
    assert not scene.is_told(scene.alice)
    # Bob is excluded for a day.
    shut = {"kind": "comm", "scope": scene.cid, "subject": bob.viewer.pid, "case_id": b"k"}
    with database.write() as uow:
        uow.insert(GUARD, **shut, until_day=clock.day())
    assert scene.lines(bob) == []
    assert "Night kitchen" not in scene.text(bob), "not even in which place it was"
    clock.offset += 2 * clock.DAY
    bob.browser.cookies[SESSION] = flows.sign_in(scene.house.site, bob.name, bob.passphrase).text
    assert sorted(scene.lines(bob)) == both


def change_audience_of(scene: Scene, audience: Audience) -> None:
    with scene.house.database.write() as uow:
        uow._connection.execute(f"UPDATE community SET audience = {int(audience)}")


def test_of_what_is_hidden_removed_deleted_or_gone(scene: Scene) -> None:
    database = scene.house.database
    for act in (discussions.hide, discussions.remove):
        with database.write() as uow:
            assert act(uow, post_of(scene))
        assert scene.lines(scene.bob) == []
        assert not scene.is_told(scene.bob)
        with database.write() as uow:
            discussions.restore(uow, post_of(scene))
        scene.tell()
        assert scene.lines(scene.bob) == TOLD, "shown again, it is told again"
    page = scene.mallory.browser.get(scene.thread).text.replace("&#x2f;", "/")
    address = page.split(f'href="{scene.thread}/d/', 1)[1].split('"', 1)[0]
    scene.mallory.browser.submit(f"{scene.thread}/d/{address}", f"{scene.thread}/d/{address}")
    assert scene.lines(scene.bob) == []
    scene.say(scene.mallory, "Once more, @Bob.")
    scene.follow(scene.alice, scene.thread)
    scene.tell()
    assert scene.lines(scene.bob) == TOLD
    assert scene.subs()
    with database.write() as uow:
        discussions.drop_thread(uow, tid(scene))
    assert scene.lines(scene.bob) == []
    scene.tell()
    assert scene.rows() == []
    assert scene.subs() == []


def test_a_persona_that_is_gone_leaves_no_notice_and_meets_none(scene: Scene) -> None:
    pid = scene.bob.viewer.pid
    scene.say(scene.alice, "Hello @Bob")
    scene.tell()
    assert [addr for addr, _, _ in scene.rows() if addr == pid]
    with scene.house.database.write() as uow:
        people.erase_persona(uow, scene.bob.viewer, 0, keys=scene.house.keys, remove_posts=False)
    scene.tell()
    assert [addr for addr, _, _ in scene.rows() if addr == pid] == []
    scene.say(scene.mallory, "Hello @Bob")
    scene.tell()
    assert [addr for addr, _, _ in scene.rows() if addr == pid] == []
