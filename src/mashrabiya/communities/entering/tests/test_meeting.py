"""The ways in where they meet what else a place has: a welcome, other ways in since, an archive."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands
from mashrabiya.communities.entering.tests.scene import Scene
from mashrabiya.communities.entering.tests.test_inviting import make, use
from mashrabiya.communities.entering.tests.test_vouching import Vouching
from mashrabiya.communities.entering.tests.test_while_archived import archive
from mashrabiya.communities.types import Entry
from mashrabiya.communities.types.words import Receiving
from mashrabiya.testing.house import TestHouse


def greet(scene: Scene) -> None:
    """Something is said to whoever has just joined."""
    with scene.house.database.write() as uow:
        commands.change_receiving(uow, scene.mona.viewer, scene.cid, Receiving(welcome="The key is below."))


def test_a_link_leads_to_the_welcome(house: TestHouse) -> None:
    scene = Scene(house, Entry.INVITE)
    greet(scene)
    assert use(scene.alice, make(scene, scene.mona)).location == f"{scene.path}/w"
    assert "The key is below." in scene.text(scene.alice, f"{scene.path}/w")


def test_whoever_was_vouched_for_comes_to_the_welcome(house: TestHouse) -> None:
    scene = Vouching(house)
    greet(scene)
    scene.ask(scene.alice)
    scene.until_enough()
    assert scene.alice.browser.submit(scene.path, f"{scene.path}/ask/in").location == f"{scene.path}/w"


def test_the_welcome_is_for_those_who_joined(house: TestHouse) -> None:
    scene = Scene(house)
    greet(scene)
    assert scene.alice.browser.get(f"{scene.path}/w").status == 404
    assert scene.mona.browser.get(f"{scene.path}/w").status == 200


@pytest.mark.parametrize("entry", [Entry.OPEN, Entry.INVITE])
def test_what_was_asked_before_is_shown_where_one_enters_otherwise_now(
    house: TestHouse, entry: Entry
) -> None:
    scene = Scene(house)
    scene.ask(scene.alice)
    scene.enter(entry)
    assert "The request to join is waiting." in scene.text(scene.alice)
    assert f'href="{scene.path}/asked"' in scene.text(scene.mona, f"{scene.path}/edit/entry")
    scene.decide("no", "Not now.")
    assert "Not now." in scene.text(scene.alice)


def test_two_who_said_yes_open_the_door_where_one_enters_by_invitation_now(house: TestHouse) -> None:
    scene = Vouching(house)
    scene.ask(scene.alice)
    scene.until_enough()
    scene.enter(Entry.INVITE)
    assert scene.alice.browser.submit(scene.path, f"{scene.path}/ask/in").status == 303
    assert scene.belongs(scene.alice)


def test_an_archived_place_says_so_and_offers_no_way_that_leads_nowhere(house: TestHouse) -> None:
    scene = Vouching(house)
    scene.ask(scene.alice)
    scene.until_enough()
    archive(scene)
    assert f'action="{scene.path}/ask/in"' not in scene.text(scene.alice)
    text = scene.text(scene.mona, f"{scene.path}/asked")
    assert "This community is archived." in text
    assert "protected" not in text


def test_no_link_is_made_to_an_archived_place(house: TestHouse) -> None:
    scene = Scene(house, Entry.INVITE)
    archive(scene)
    assert f'action="{scene.path}/i"' not in scene.text(scene.mona, f"{scene.path}/i")
    assert scene.post(scene.mona, f"{scene.path}/i", "/c/{cid:str}/i", _s="a" * 32).status == 422
    assert scene.rows("place_invitation") == 0


def test_the_last_link_sent_twice_is_made_once_and_nothing_is_refused(house: TestHouse) -> None:
    scene = Scene(house, Entry.INVITE)
    for _ in range(4):
        make(scene, scene.mona)
    page = f"{scene.path}/i"
    form = scene.mona.browser.get(page).form(page).fields
    assert [scene.mona.browser.post(page, form).status for _ in range(2)] == [303, 303]
    assert scene.rows("place_invitation") == 5
