"""What is not posted at its time lies with its author, and nobody is posted for who is away, excluded or gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from msgspec import structs

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands
from mashrabiya.discussions.forms import read_planned
from mashrabiya.discussions.rules import PLANNED_MOST
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.planning import CANARY, look, pass_by, plan, posts, waiting
from mashrabiya.discussions.types import Planned, PlannedState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.people import flows
from mashrabiya.people.commands import freezing, set_guard
from mashrabiya.people.queries.guards import COMMUNITY, PAUSED, SITE, SLOWED, UNNAMED_COMMUNITY, UNNAMED_SITE
from mashrabiya.people.sealed.freeze import How, Order
from mashrabiya.platform.db import Write
from mashrabiya.platform.due import Staggered
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.platform.worker import Worker
from mashrabiya.safety import commands as safety
from mashrabiya.safety.trust.types import Allowance
from mashrabiya.safety.types import Act, Standing
from mashrabiya.testing.house import Person, TestHouse

FIELDS = {"title": "Of herons", "body": CANARY, "lang": "en"}


class Scene:
    """Bob plans in a place that Alice runs; what others do is done to the place."""

    def __init__(self, house: TestHouse, alice: Person, bob: Person) -> None:
        self.house = house
        self.alice, self.bob = alice.viewer, bob.viewer
        self.cid = open_place(house, alice, bob, audience=Audience.MEMBERS)

    def plan(self, hours: int = 5, **more: Any) -> Planned:
        new, fields = read_planned(FIELDS | more.pop("fields", {})), FIELDS
        at, key = clock.ten_minutes() + hours * clock.HOUR, self.house.keys.of("field")
        with self.house.database.write() as uow:
            return commands.plan(
                uow, more.pop("viewer", self.bob), self.cid, new, at=at, fields=fields, key=key, **more
            )

    def do(self, act: Callable[[Write], object]) -> None:
        with self.house.database.write() as uow:
            act(uow)

    def guard(self, kind: str, subject: bytes, scope: bytes = b"") -> None:
        self.do(lambda uow: set_guard(uow, kind, subject, scope=scope, days=9, case=b"case"))

    def comes_back(self, hours: float = 5.2) -> None:
        """Its time comes; it is not posted, and not lost."""
        before = posts(self.house)
        pass_by(self.house, hours)
        assert posts(self.house) == before
        (row,) = waiting(self.house, self.bob)
        assert row.is_back
        assert row.body == CANARY
        pass_by(self.house, 24)
        assert posts(self.house) == before, "nor later"
        self.take(row)

    def take(self, row: Planned) -> None:
        """She takes it back."""
        self.do(lambda uow: commands.take_planned(uow, self.bob, row.id))


@pytest.fixture
def scene(house: TestHouse, alice: Person, bob: Person) -> Scene:
    return Scene(house, alice, bob)


def test_what_was_closed_to_anybody_since_asks_her_again(scene: Scene) -> None:
    """T5: the house knows none of her other names, so it cannot know that it is not hers."""
    stranger = new_id(16)
    for kind, scope in (
        (COMMUNITY, scene.cid),
        (PAUSED, scene.cid),
        (SLOWED, scene.cid),
        (SITE, b""),
        (UNNAMED_SITE, b""),
    ):
        scene.plan()
        scene.guard(kind, new_id(16) + (bytes(16) if kind == UNNAMED_SITE else b""), scope)
        scene.comes_back()
    # What she was asked of before, what is elsewhere, and what is of unnamed writing alone stands in no way.
    scene.guard(COMMUNITY, stranger, scene.cid)
    scene.plan()
    scene.guard(COMMUNITY, stranger, scene.cid)
    scene.guard(COMMUNITY, new_id(16), b"elsewhere".ljust(16))
    scene.guard(UNNAMED_COMMUNITY, new_id(32), scene.cid)
    pass_by(scene.house)
    assert len(posts(scene.house)) == 1
    scene.plan()
    scene.guard(COMMUNITY, scene.bob.pid, scene.cid)
    scene.comes_back()


def test_a_place_that_changed_asks_her_again(scene: Scene) -> None:
    host = replace(scene.alice, roles=frozenset({HOST}))
    scene.plan()
    scene.do(lambda uow: communities.protect(uow, host, scene.cid, 24))
    scene.comes_back()
    scene.plan()
    scene.do(lambda uow: communities.archive(uow, host, scene.cid, on=True))
    scene.comes_back()
    scene.do(lambda uow: communities.archive(uow, host, scene.cid, on=False))
    scene.plan()
    rule = Standing(cid=scene.cid, act=int(Act.REFUSE), text="heron")
    scene.do(lambda uow: safety.add_precept(uow, scene.house.keys, rule))
    scene.comes_back()
    scene.do(lambda uow: safety.forget_precepts(uow, scene.cid))
    # More people read there than she was told, or it is kept longer: never for more than she wrote for.
    now = NewCommunity(name="Night kitchen", audience=Audience.MEMBERS, retention_days=90)
    for wider in (
        structs.replace(now, audience=Audience.PUBLIC),
        structs.replace(now, audience=Audience.SIGNED_IN),
        structs.replace(now, retention_days=365),
    ):
        scene.do(lambda uow: communities.edit(uow, host, scene.cid, now))
        scene.plan()
        scene.do(partial(communities.edit, viewer=host, cid=scene.cid, new=wider))
        scene.comes_back()
    # A day late it may be about something that is over.
    scene.plan()
    clock.offset += 30 * clock.HOUR
    scene.comes_back(0)
    scene.plan()
    scene.do(lambda uow: communities.leave(uow, scene.bob, scene.cid))
    scene.comes_back()
    assert posts(scene.house) == []


def test_what_a_rule_holds_is_posted_and_held(scene: Scene) -> None:
    scene.plan()
    rule = Standing(cid=scene.cid, act=int(Act.HOLD), text="heron")
    scene.do(lambda uow: safety.add_precept(uow, scene.house.keys, rule))
    pass_by(scene.house)
    found = scene.house.database.connection().execute("SELECT state, html FROM post").fetchall()
    assert len(found) == 1
    assert int(found[0][0]) != 0
    assert waiting(scene.house, scene.bob) == []


def test_nothing_is_posted_for_whoever_froze_everything_or_left(scene: Scene) -> None:
    house = scene.house
    scene.plan()
    scene.do(lambda uow: freezing.send_away(uow, scene.bob.pid, quiet=False))
    scene.comes_back()
    scene.do(lambda uow: freezing.call_back(uow, scene.bob.pid))
    # Frozen at hours of their own, names stay for a while: nothing is posted under them meanwhile.
    for gone, hours in ((False, 30), (False, 1), (True, 30), (True, 1)):
        row = scene.plan(hours)
        key = house.keys.of("field")
        flows.leaving.post_nothing_more(house.site, scene.bob.pid, gone=gone)
        pass_by(house, hours - 0.2)
        left = waiting(house, scene.bob)
        assert left == ([] if gone else [structs.replace(row, state=int(PlannedState.BACK))])
        pass_by(house, 1)
        assert posts(house) == []
        if left:
            scene.take(left[0])
        assert Staggered(house.database, key).all_now() == 0
    row, work = scene.plan(60), scene.bob.work
    assert work is not None
    order = Order.of(scene.bob.account, work, days=4, how=How.SLOWLY, first=1)
    flows.freezing.carry_out(house.site, order)
    assert not waiting(house, scene.bob)[0].is_back
    pass_by(house, 59.8)
    assert waiting(house, scene.bob)[0].is_back
    scene.take(row)


def test_nothing_is_posted_for_whoever_deleted_her_account(scene: Scene, bob: Person) -> None:
    house = scene.house
    scene.plan(60)
    who = flows.unlock(house.site, bob.name, bob.passphrase)
    flows.delete_account(house.site, who, remove=())
    pass_by(house, 59.8)
    assert waiting(house, scene.bob) == []
    pass_by(house, 30)
    Worker(house.database, house.keys).drain()
    assert posts(house) == []


def test_a_deleted_persona_stands_in_nothing_that_waits(scene: Scene, alice: Person) -> None:
    begun = read_planned({"title": "Alice is here", "body": "Words."})
    scene.do(lambda uow: commands.open_thread(uow, scene.alice, scene.cid, begun))
    row = scene.plan(48, fields={"body": f"Says @{alice.name} so."})
    assert scene.alice.pid.hex() in row.body
    who = flows.unlock(scene.house.site, alice.name, alice.passphrase)
    flows.delete_account(scene.house.site, who, remove=(), at_once=True)
    Worker(scene.house.database, scene.house.keys).drain()
    (row,) = waiting(scene.house, scene.bob)
    assert scene.alice.pid.hex() not in row.body


def test_what_cannot_wait_is_said_before(scene: Scene) -> None:
    for more, why in (
        ({"fields": {"unnamed": "1"}}, r"later\.named_only"),
        ({"calls": True}, r"later\.call"),
        ({"hours": 0}, r"later\.past"),
        ({"hours": 721}, r"later\.far"),
        ({"allowed": Allowance(new=True)}, r"later\.new"),
        ({"fields": {"title": ""}}, "title"),
    ):
        with pytest.raises((Invalid, Refused), match=why):
            scene.plan(**more)
    with pytest.raises((NotFound, Refused)):
        scene.plan(viewer=replace(scene.bob, siblings=scene.alice.siblings[1:] + scene.alice.siblings[:1]))
    for _ in range(PLANNED_MOST):
        scene.plan()
    with pytest.raises(Refused, match=r"later\.full"):
        scene.plan()
    with pytest.raises(Refused, match=r"later\.gone"):
        scene.do(lambda uow: commands.take_planned(uow, scene.alice, waiting(scene.house, scene.bob)[0].id))
    scene.guard(PAUSED, scene.bob.pid, scene.cid)
    with pytest.raises(Refused):
        scene.plan(instead=waiting(scene.house, scene.bob)[0].id)
    assert len(waiting(scene.house, scene.bob)) == PLANNED_MOST
    with pytest.raises(NotFound):
        waiting(scene.house, Viewer())


def test_pictures_do_not_wait(scene: Scene, bob: Person) -> None:
    path = f"/c/{show_id(scene.cid)}/t"
    sheet = look(bob, path, later_in="3").form(path).fields
    page = bob.browser.upload(path, {**sheet, "later": "1", "alt_1": "A heron"}, {"picture_1": b"no picture"})
    assert page.status == 422
    assert "Pictures cannot wait." in page.text
    assert CANARY in page.text


def test_her_words_go_back_to_a_form_or_to_the_drafts_also_where_the_place_is_closed_to_her(
    scene: Scene, bob: Person
) -> None:
    path = f"/c/{show_id(scene.cid)}/t"
    plan(bob, path)
    scene.do(lambda uow: communities.leave(uow, scene.bob, scene.cid))
    pass_by(scene.house)
    bob.browser.cookies[SESSION] = flows.sign_in(scene.house.site, bob.name, bob.passphrase).text
    page = bob.browser.get("/me/later")
    assert "This was not posted." in page.text
    assert "Writing there is not open now" in page.text
    assert f"{path}?instead" not in page.text
    assert bob.browser.submit("/me/later", "/me/later").location == "/me/drafts"
    assert bob.browser.get("/me/drafts").text.count("Of herons") == 1
    assert "Nothing waits" in bob.browser.get("/me/later").text
