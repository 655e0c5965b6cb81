"""What carers say beside a moved thread stays behind the door it was said behind; and no thread moves where nothing new comes."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.tending import back, door, form, tend, typed
from mashrabiya.care.tests.test_moving import change, two_places
from mashrabiya.care.types import Act
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience
from mashrabiya.discussions.types import Placed
from mashrabiya.testing.house import TestHouse

SAID = "For members alone."


@pytest.mark.parametrize("number", [1, 2])
def test_a_note_said_behind_the_narrower_door_stays_behind_it(house: TestHouse, number: int) -> None:
    both = two_places(house, Audience.SIGNED_IN, Audience.MEMBERS)
    scene = both.scene
    thread = scene.thread()
    scene.reply("bob", thread.tid)
    assert both.move(thread) == 303
    tend(scene, Placed(thread.tid, number), Act.CARE_NOTE, note=SAID)
    assert SAID in scene.page("charlie", thread)
    change(scene, both.there, Audience.SIGNED_IN)
    assert SAID not in scene.page("bob", thread)
    assert back(scene, thread, Act.MOVE).status == 422
    assert SAID not in scene.page("bob", thread)


@pytest.mark.parametrize(("language", "said"), [("en", "Nothing new comes"), ("ar", "لا جديد")])
def test_none_moves_to_where_nothing_new_comes(house: TestHouse, language: str, said: str) -> None:
    both = two_places(house)
    scene = both.scene
    thread = scene.thread()
    sent = form(scene, thread, Act.MOVE, to=both.shown) | typed(Act.MOVE)
    with scene.house.database.write() as uow:
        communities.archive(uow, scene["mona"].viewer, both.there, on=True)
    mona = scene["mona"].browser
    assert said in mona.get(f"{door(thread, Act.MOVE)}?to={both.shown}&lang={language}").text
    refused = mona.post(door(thread, Act.MOVE), sent)
    assert (refused.status, sent["words"] in refused.text) == (422, True)
    assert both.place_of(thread) == scene.cid
