"""Carers give a thread other tags than its author did, and its author has them back when that is taken back."""

from __future__ import annotations

from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.splitting import back as put_back
from mashrabiya.care.tests.splitting import split, talk
from mashrabiya.care.tests.tending import TEA, back, decisions, tend
from mashrabiya.care.types import Act
from mashrabiya.communities.types import PlaceTag
from mashrabiya.communities.types.tags import NewTag
from mashrabiya.discussions.tests.tagging import offer, tagged
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import titles
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import TestHouse


def test_tags_that_carers_set_stand_until_that_is_taken_back(house: TestHouse) -> None:
    scene = Scene(house)
    mine_too = NewTag(ar=TEA.ar, en=TEA.en), NewTag(en="Soup")
    tags = offer(house.database, scene["mona"].viewer, scene.cid, *mine_too)
    thread = tagged(scene.house.database, scene["alice"].viewer, scene.cid, tags[1], unnamed=True)
    here, edit = f"/c/{show_id(scene.cid)}", scene.page("alice", thread)
    path = f"/t/{show_id(thread.tid)}/e/{edit.split('/e/')[1].partition(chr(34))[0]}"
    mine = scene["alice"].browser.get(path).form(path).fields
    same = tend(scene, thread, Act.TAG, tag_1="", tag_2=tags[1].shown)
    assert (same.status, "the tags it has now" in same.text) == (422, True)
    gone = tend(scene, thread, Act.TAG, tag_1=PlaceTag(1, "", "Nothing of theirs").shown)
    assert (gone.status, WORDS in gone.text) == (422, True)
    assert tend(scene, thread, Act.TAG, tag_2="").status == 303
    assert titles(scene["bob"].browser.get(f"{here}?tag=1").text) == [show_id(thread.tid)]
    assert titles(scene["bob"].browser.get(f"{here}?tag=2").text) == []
    # Their author reads why, and an old form of hers does not put them back.
    page = scene["alice"].browser.get(path).text
    assert "The care team set the tags" in page
    assert 'name="tag_' not in page
    assert scene["alice"].browser.post(path, {**mine, "mark": "", "title": "Another title"}).status == 303
    assert titles(scene["bob"].browser.get(f"{here}?tag=1").text) == [show_id(thread.tid)]
    assert back(scene, thread, Act.TAG).status == 303
    assert titles(scene["bob"].browser.get(f"{here}?tag=2").text) == [show_id(thread.tid)]
    assert 'name="tag_2"' in scene["alice"].browser.get(path).text


def test_tags_set_in_a_thread_that_goes_back_hold_no_more(house: TestHouse) -> None:
    scene = Scene(house)
    tags = offer(
        house.database, scene["mona"].viewer, scene.cid, NewTag(ar=TEA.ar, en=TEA.en), NewTag(en="Soup")
    )
    tid = talk(scene)
    assert tend(scene, Placed(tid, 1), Act.TAG, tag_1=tags[0].shown).status == 303
    new = split(scene, tid, [3, 4])
    assert tend(scene, Placed(new, 1), Act.TAG, tag_1="", tag_2=tags[1].shown).status == 303
    assert put_back(scene, new).status == 303
    (left,) = [one for one in decisions(scene, Placed(tid, 3)) if one.act == Act.TAG]
    assert not left.stands
    here = f"/c/{show_id(scene.cid)}"
    assert titles(scene["bob"].browser.get(f"{here}?tag=1").text) == [show_id(tid)]
    assert titles(scene["bob"].browser.get(f"{here}?tag=2").text) == []
    # The next thread that they become is told of nothing that was done with the last one.
    again = split(scene, tid, [3, 4])
    assert tend(scene, Placed(again, 1), Act.TAG, tag_1="", tag_2=tags[1].shown).status == 303
