"""The row that says which browser is told: whose it may be, what it says at rest, and when it goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.notifications.pushed import Pushed, PushKeys
from mashrabiya.notifications.tests.rung import THERE, Rung
from mashrabiya.notifications.tests.service import push_service
from mashrabiya.people import flows
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.people.flows import freezing
from mashrabiya.people.sealed.freeze import Order
from mashrabiya.platform import retention
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse, tmp_path: Path) -> Iterator[Rung]:
    with push_service(tmp_path) as service:
        yield Rung(house, service)


def test_only_a_known_service_and_only_her_own_row(scene: Rung) -> None:
    bob, mallory, there = scene.bob, scene.mallory, scene.service.place
    fields = bob.browser.get("/b/s").form("/b/p").fields
    for endpoint in (
        "https://evil.example/wpush/x",
        "https://127.0.0.1:1/wpush/x",
        "https://10.0.0.1/wpush/x",
        f"http://{there}/wpush/x",
        f"https://{there}/{'x' * 800}",
        f"https://{there}@evil.example/",
        f"https://evil.example/\r\nHost: {there}",
        " ",
    ):
        assert bob.browser.post("/b/p", {**fields, "endpoint": endpoint}).status == 403, endpoint
    assert bob.browser.post("/b/p", {"endpoint": scene.service.endpoint("x")}).status != 303
    assert (
        scene.house.browser().post("/b/p", {**fields, "endpoint": scene.service.endpoint("x")}).status != 303
    )
    assert scene.bells() == []
    # Whoever sends somebody's endpoint, or none, reaches her own row alone.
    assert scene.switch(bob, "bobs") == THERE
    before = scene.bells()
    form = mallory.browser.get("/b/s").form("/b/p").fields
    mallory.browser.post("/b/p", form)
    assert scene.bells() == before
    scene.switch(mallory, "bobs")
    mallory.browser.post("/b/p", form)
    assert scene.bells() == before
    # An endpoint that was let in is looked at again before anything is sent.
    scene.pushes._outward._also = frozenset()
    scene.say(scene.alice, "It is the water.")
    assert scene.rings() == []


def test_at_rest_nothing_says_whose_it_is_nor_where_it_leads(scene: Rung) -> None:
    bob, house = scene.bob, scene.house
    first = bob.viewer.pid
    scene.switch(bob, "first-of-two")
    bob.new_persona("Ink")
    second = bob.viewer.pid
    assert "Switch off" not in bob.browser.get("/b/s").text, "of her other name it says nothing"
    scene.switch(bob, "second-of-two")
    (one, other) = scene.bells()
    assert len(one[1]) == len(other[1])
    assert one[0] != other[0]
    assert {one[0], other[0]}.isdisjoint({first, second})
    # Not a piece of one row stands in the other, nor is anything in both of what the house opens with its key.
    assert not {one[1][at : at + 8] for at in range(len(one[1]) - 8)} & {
        other[1][at : at + 8] for at in range(len(other[1]) - 8)
    }
    if house.database.dialect == "sqlite":
        house.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw = b"".join(path.read_bytes() for path in Path(house.database.url).parent.glob("house.db*"))
        for told in ("first-of-two", "wpush", scene.service.place):
            assert told.encode() not in raw
        assert one[0] in raw, "the attack looks at the right file"
    keys = PushKeys(house.keys.of("push"))
    assert {keys.tag(first), keys.tag(second)} == {one[0], other[0]}
    opened = keys.open(keys.tag(first), {row[0]: row[1] for row in (one, other)}[keys.tag(first)])
    assert opened is not None
    assert opened.endpoint == scene.service.endpoint("first-of-two")
    assert keys.open(keys.tag(second), one[1] if one[0] == keys.tag(first) else other[1]) is None
    longest = Pushed("https://" + "x" * 792, "y" * 200, (47, 47), 15)
    assert len(keys.seal(keys.tag(first), longest)) == len(one[1])
    assert "first-of-two" not in repr(opened)


def test_what_is_written_late_takes_no_newer_browser_away(scene: Rung) -> None:
    bob, service = scene.bob, scene.service
    scene.switch(bob, "old")
    with scene.house.database.read() as db:
        old = scene.pushes.find(db, bob.viewer.pid)
    assert old is not None
    scene.switch(bob, "new")
    # As another process would, that knew the old one: her wish has changed, and the service let it go.
    scene.pushes.alter(bob.viewer.pid, old)
    scene.pushes.step(whole=True)
    scene.pushes._dismiss(bob.viewer.pid, old)
    with scene.house.database.read() as db:
        found = scene.pushes.find(db, bob.viewer.pid)
    assert found is not None
    assert found.endpoint == service.endpoint("new")


def test_it_ends_with_leaving_and_freezing(scene: Rung) -> None:
    house, bob = scene.house, scene.bob
    commits: list[object] = []
    for way in ("/me/out", "/x"):
        person = house.person(f"Nora {way[-1]}")
        scene.switch(person, "noras")
        pid = person.viewer.pid
        page = person.browser.get("/me").form(way).fields if way != "/x" else {}
        assert person.browser.post(way, page).status == 303
        with house.database.read() as db:
            assert scene.pushes.find(db, pid) is None, "at once nothing is sent"
        assert len(scene.bells()) == 1, "and the row goes minutes later"
        scene.pushes.step(whole=True)
        assert scene.bells() == []
    # All her names by one freeze, each row by itself.
    scene.switch(bob, "bobs")
    bob.new_persona("Ink")
    scene.switch(bob, "inks")
    viewer = bob.viewer
    order = Order(bytes(16), bytes(32), viewer.siblings, 3)
    freezing.carry_out(house.site, order)
    house.database.after_commit.append(commits.append)
    scene.pushes.step(whole=True)
    house.database.after_commit.pop()
    assert scene.bells() == []
    assert len(commits) == len(viewer.siblings)


def test_it_ends_with_the_name_and_with_time(scene: Rung) -> None:
    house = scene.house
    # A name that is away is told nothing, in whichever process that was done.
    scene.switch(scene.alice, "alices")
    with house.database.write() as uow:
        send_away(uow, scene.alice.viewer.pid, quiet=False)
    scene.pushes.heard([(scene.alice.viewer.pid, 1)])
    assert scene.rings() == []
    assert scene.bells() == []
    # A name that is deleted.
    sami = house.person("Sami")
    scene.switch(sami, "samis")
    flows.drop_persona(house.site, sami.viewer, sami.browser.cookies[SESSION], remove_posts=False)
    scene.tell()
    assert scene.bells() == []
    # A month without her.
    scene.switch(scene.mallory, "mallorys")
    clock.offset += 29 * clock.DAY
    retention.sweep(house.database)
    assert len(scene.bells()) == 1
    clock.offset += 12 * clock.DAY
    retention.sweep(house.database)
    assert scene.bells() == []
