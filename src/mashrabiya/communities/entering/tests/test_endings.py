"""What is left of the ways in when a place closes, when a name goes, and when a member leaves or lays down."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands
from mashrabiya.communities.entering.commands import endings
from mashrabiya.communities.entering.tests.scene import Scene
from mashrabiya.communities.entering.tests.test_inviting import OVER, make, opened
from mashrabiya.communities.entering.tests.test_vouching import Vouching
from mashrabiya.communities.types import Entry
from mashrabiya.discussions.commands import let_places_go
from mashrabiya.kernel import clock
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.testing.house import Person, TestHouse


def close(scene: Scene) -> None:
    """Mona wants it closed, and its day comes."""
    with scene.house.database.write() as uow:
        assert commands.close(uow, scene.mona.viewer, scene.cid)
    clock.offset += 7 * clock.DAY
    with scene.house.database.write() as uow:
        assert commands.close_ripe(uow) == 1


def test_nothing_of_a_closed_place_is_kept_and_its_row_goes(house: TestHouse) -> None:
    scene = Vouching(house)
    scene.ask(scene.alice)
    scene.stand(scene.trusted[0])
    make(scene, scene.mona)
    assert [scene.rows(table) > 0 for table in ("asking", "asking_voucher", "place_invitation", "way_count")]
    close(scene)
    for table in ("asking", "asking_voucher", "place_invitation", "way_count"):
        assert scene.rows(table) == 0, table
    with house.database.write() as uow:
        assert let_places_go(uow) == 1
    assert scene.rows("community") == 0


def test_a_link_to_a_closed_place_says_what_every_other_says(house: TestHouse) -> None:
    scene = Scene(house, Entry.INVITE)
    code = make(scene, scene.mona)
    close(scene)
    scene.sign_in(scene.alice)
    assert OVER in opened(scene.alice, code).text


def test_who_vouched_goes_with_the_name_that_asked(house: TestHouse) -> None:
    scene = Vouching(house)
    scene.ask(scene.alice)
    scene.stand(scene.trusted[0])
    with house.database.write() as uow:
        endings.forget_persona(uow, scene.alice.viewer.pid)
    assert (scene.rows("asking"), scene.rows("asking_voucher")) == (0, 0)


def test_who_was_let_in_with_a_word_and_left_asks_anew(house: TestHouse) -> None:
    scene = Scene(house)
    scene.ask(scene.alice)
    scene.decide("in", "Welcome to the kitchen.")
    assert "Welcome to the kitchen." in scene.text(scene.alice)
    scene.alice.browser.submit(f"{scene.path}/out", f"{scene.path}/out")
    assert "Welcome to the kitchen." not in scene.text(scene.alice)
    assert scene.ask(scene.alice).status == 303
    assert scene.rows("asking") == 1


def hand_to(scene: Scene, who: Person) -> None:
    """She belongs there, is asked to run it, and says yes."""
    scene.post(who, f"{scene.path}/in", "/c/{cid:str}/in")
    with scene.house.database.write() as uow:
        commands.offer(uow, scene.mona.viewer, scene.cid, who.viewer.face.name if who.viewer.face else "")
    with scene.house.database.write() as uow:
        commands.take_over(uow, who.viewer, scene.cid)


@pytest.mark.parametrize("members_invite", [True, False])
def test_whoever_lays_it_down_has_links_as_a_member_has(house: TestHouse, members_invite: bool) -> None:
    scene = Scene(house, Entry.OPEN)
    hand_to(scene, scene.alice)
    scene.enter(Entry.OPEN, tick_members_invite="1" if members_invite else "")
    code = make(scene, scene.alice)
    with house.database.write() as uow:
        commands.lay_down(uow, scene.alice.viewer, scene.cid)
    bob = house.person("Bob")
    assert (OVER in opened(bob, code).text) is not members_invite
    scene.enter(Entry.OPEN, tick_members_invite="")
    assert OVER in opened(bob, code).text


def test_answers_are_closed_for_nobody_who_was_excluded(house: TestHouse) -> None:
    scene = Scene(house, Entry.OPEN)
    hand_to(scene, scene.alice)
    scene.enter(Entry.QUESTION, question_1="Why?")
    with house.database.write() as uow:
        set_guard(uow, "comm", scene.alice.viewer.pid, scope=scene.cid, days=1, case=b"")
    bob = house.person("Bob")
    scene.ask(bob, answer_1="Because of the soup.")
    clock.offset += 3 * clock.DAY
    for who in (scene.mona, scene.alice):
        scene.sign_in(who)
    assert "Because of the soup." in scene.text(scene.mona, f"{scene.path}/asked")
    assert "Because of the soup." not in scene.text(scene.alice, f"{scene.path}/asked")
