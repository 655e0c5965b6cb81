"""Roles by their pages: given, held, and over while whoever holds one is acting."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import update

from mashrabiya.care.tests import splitting
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.splitting import talk
from mashrabiya.care.tests.tending import TEA, door, form, tend, typed
from mashrabiya.care.types import Act
from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types import Audience, Role
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions.tests.tagging import offer
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse

OVER = "Your role here is over, so nothing was changed."
TYPED = "What took an hour to write."


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    house.site.rooms["limits"].on = False
    house.change(open=True)
    return Scene(house)


def path(scene: Scene) -> str:
    return f"/c/{show_id(scene.cid)}"


def give(scene: Scene, role: Role, who: str = "bob") -> None:
    """As it is done: asked on one page, answered on another."""
    hand, name = f"{path(scene)}/hand", scene[who].viewer.face
    asked = scene["mona"].browser.submit(
        hand, hand, name=name.name if name else "", role=str(int(role)), term="90", wish="offer"
    )
    assert asked.status == 303
    assert scene[who].browser.submit(path(scene), f"{hand}/answer", wish="yes").status == 303


def end(scene: Scene, who: str = "bob") -> None:
    name = scene[who].viewer.face
    done = scene["mona"].browser.submit(
        f"{path(scene)}/who", f"{path(scene)}/hand", name=name.name if name else "", wish="end"
    )
    assert done.status == 303


def is_told(page: Page) -> None:
    """A sentence that a person understands, and her own words."""
    assert page.status == 403
    assert OVER in unescape(page.text)
    assert TYPED in unescape(page.text)


def test_given_held_openly_given_back_and_each_may_what_it_names(scene: Scene) -> None:
    """One walk through them all: a house is made once."""
    is_given_held_openly_and_given_back(scene)
    a_facilitator_orders_and_does_not_judge(scene)
    whoever_may_not_read_a_place_does_not_read_who_cares(scene)


def test_over_while_its_holder_acts(scene: Scene) -> None:
    """A decision, an act in place, two pages of settings: a sentence, and her words are there."""
    over_while_a_decision_is_written(scene)
    over_while_a_thread_is_ordered(scene)
    over_while_a_thread_is_split(scene)
    over_while_tags_are_changed(scene)
    over_while_a_translation_is_compared(scene)
    over_while_a_proposal_is_declined(scene)
    over_while_a_setting_is_typed(scene, Role.KEEPER, "words", "welcome")
    over_while_a_setting_is_typed(scene, Role.TRANSLATOR, "names", "other_name")


def is_given_held_openly_and_given_back(scene: Scene) -> None:
    bob, who = scene["bob"].browser, f"{path(scene)}/who"
    give(scene, Role.FACILITATOR)
    for reader in (scene["charlie"].browser, bob):
        text = unescape(reader.get(who).text)
        assert "Facilitation" in text
        assert "Closes the replies to a thread, or slows them down" in text
        assert "until" in text
    assert "Give the role back" in bob.get(who).text
    assert "Give the role back" not in scene["mona"].browser.get(who).text
    assert "End this role" not in bob.get(who).text
    assert scene.house.browser().get(who).status == 404
    assert bob.submit(who, f"{path(scene)}/hand/down").status == 303
    assert "Facilitation" not in scene["mona"].browser.get(who).text


def a_facilitator_orders_and_does_not_judge(scene: Scene) -> None:
    placed = scene.thread()
    bob, thread = scene["bob"].browser, f"/t/{show_id(placed.tid)}"
    assert f"{thread}/a" not in bob.get(thread).text
    give(scene, Role.FACILITATOR)
    assert f"{thread}/a" in bob.get(thread).text
    assert f"{thread}/c/1" not in bob.get(thread).text
    for act in (Act.SLOW, Act.TOP, Act.CARE_NOTE, Act.SHUT):
        assert tend(scene, placed, act, "bob").status == 303
    assert f"{thread}/a/m" not in bob.get(f"{thread}/a").text
    for closed in (f"{thread}/a/m", f"{thread}/c/1", f"{path(scene)}/care", f"{path(scene)}/edit"):
        assert bob.get(closed).status == 404
    end(scene)
    give(scene, Role.KEEPER)
    offer(scene.house.database, scene["mona"].viewer, scene.cid, NewTag(ar=TEA.ar, en=TEA.en))
    assert f"{thread}/a/t" in bob.get(f"{thread}/a").text
    assert tend(scene, placed, Act.TAG, "bob").status == 303
    for closed in (f"{thread}/a/s", f"{thread}/a/l", f"{thread}/a/d", f"{path(scene)}/edit/names"):
        assert bob.get(closed).status == 404
    end(scene)
    give(scene, Role.TRANSLATOR)
    assert bob.get(f"{path(scene)}/edit/names").status == 200
    assert f"{path(scene)}/edit/names" in bob.get(path(scene)).text
    assert bob.get(f"{thread}/a").status == 404
    end(scene)


def over_while_a_decision_is_written(scene: Scene) -> None:
    give(scene, Role.CARER)
    scene.report("alice", scene.reply("mallory", scene.thread().tid))
    bob, case = scene["bob"].browser, scene.case("bob")
    fields = bob.get(case.path).form(case.path).fields
    end(scene)
    is_told(bob.post(case.path, {**fields, "act": str(int(Act.WORD)), "words": TYPED}))
    # So it is at the desk, and what she never cared for stays as it was.
    assert bob.get(f"{path(scene)}/care").status == 403
    assert scene["charlie"].browser.get(f"{path(scene)}/care").status == 404
    assert scene["charlie"].browser.get(case.path).status == 404


def over_while_a_thread_is_ordered(scene: Scene) -> None:
    placed = scene.thread()
    give(scene, Role.FACILITATOR)
    fields = {**form(scene, placed, Act.SLOW, "bob"), **typed(Act.SLOW), "words": TYPED}
    end(scene)
    is_told(scene["bob"].browser.post(door(placed, Act.SLOW), fields))


def over_while_a_thread_is_split(scene: Scene) -> None:
    tid = talk(scene)
    give(scene, Role.CARER)
    fields = splitting.sheet(scene, tid, "bob")
    end(scene)
    is_told(splitting.send(scene, tid, [3, 4], "bob", fields, words=TYPED))
    assert len(splitting.bodies(scene, tid)) == 6


def over_while_tags_are_changed(scene: Scene) -> None:
    placed = scene.thread()
    offer(scene.house.database, scene["mona"].viewer, scene.cid, NewTag(ar=TEA.ar, en=TEA.en))
    give(scene, Role.KEEPER)
    fields = {**form(scene, placed, Act.TAG, "bob"), **typed(Act.TAG), "words": TYPED}
    end(scene)
    is_told(scene["bob"].browser.post(door(placed, Act.TAG), fields))


def over_while_a_translation_is_compared(scene: Scene) -> None:
    """A translator of the place says which were compared, of others' alone, and decides on none."""
    placed = scene.thread()
    thread = f"/t/{show_id(placed.tid)}/x/1"
    write, bob = f"{thread}/w", scene["bob"].browser
    made = scene["alice"].browser.submit(write, write, title="أي نعناع؟", body="نعناعي يصفر.", lang="ar")
    assert made.status == 303
    check = f"/t/{show_id(placed.tid)}/x/-64/k"
    assert check not in bob.get(thread).text
    give(scene, Role.TRANSLATOR)
    page = bob.get(thread)
    assert f"/t/{show_id(placed.tid)}/c/-64" not in page.text
    fields = page.form(check).fields
    assert bob.post(check, {**fields, "checked": "1"}).status == 303
    assert "Compared with the original." in bob.get(thread).text
    assert last(scene) == ("translation:checked", "community")
    end(scene)
    over = bob.post(check, {**fields, "checked": "0"})
    assert (over.status, OVER in unescape(over.text)) == (403, True)
    assert "Compared with the original." in bob.get(thread).text


def over_while_a_proposal_is_declined(scene: Scene) -> None:
    propose = f"{path(scene)}/p/new"
    made = scene["alice"].browser.submit(
        propose, propose, which="add", title="No shouting.", body="It is late."
    )
    assert made.status == 303, made.text
    give(scene, Role.HOST)
    bob = scene["bob"].browser
    sheet = next(one for one in bob.get(f"{path(scene)}/p").forms if f"{path(scene)}/p/" in one.action)
    run_out(scene)
    is_told(bob.post(sheet.action, {**sheet.fields, "act": "decline", "said": TYPED}))
    assert TYPED not in scene["alice"].browser.get(f"{path(scene)}/p").text


def last(scene: Scene) -> tuple[str, str]:
    with scene.house.database.read() as db:
        newest = next(iter(audit.entries(db, before=1 << 40, most=1))).entry
    return newest.action, newest.role


def run_out(scene: Scene) -> None:
    """Its day was yesterday."""
    ran_out: Statement[None] = Statement(
        update(MEMBERSHIP)
        .where(MEMBERSHIP.c.cid == scene.cid, MEMBERSHIP.c.pid == scene["bob"].viewer.pid)
        .values(until_day=clock.day() - 1)
    )
    with scene.house.database.write() as uow:
        uow.run(ran_out)


def over_while_a_setting_is_typed(scene: Scene, role: Role, place: str, field: str) -> None:
    """By its day, and not by a press: the form stood open over midnight."""
    give(scene, role)
    page, bob = f"{path(scene)}/edit/{place}", scene["bob"].browser
    fields = bob.get(page).form(page).fields
    run_out(scene)
    is_told(bob.post(page, {**fields, field: TYPED}))
    text = unescape(bob.get(path(scene)).text)
    assert "Your role here is over:" in text
    assert "Your role here is over:" not in scene["alice"].browser.get(path(scene)).text


def whoever_may_not_read_a_place_does_not_read_who_cares(scene: Scene) -> None:
    inner = Scene(scene.house, Audience.MEMBERS, name="Inner room", people=scene.people)
    hidden = Scene(scene.house, Audience.HIDDEN, name="Back room", people=scene.people)
    give(inner, Role.KEEPER)
    give(hidden, Role.KEEPER)
    for place in (inner, hidden):
        assert scene["alice"].browser.get(f"{path(place)}/who").status == 200
        assert scene["charlie"].browser.get(f"{path(place)}/who").status == 404
    assert scene["charlie"].browser.get(f"{path(hidden)}/hand").status == 404
