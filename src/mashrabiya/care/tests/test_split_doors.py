"""Bad input to splitting: each has a sentence, and nothing that a carer typed or ticked is lost."""

from __future__ import annotations

from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.tests.splitting import (
    TITLE,
    address,
    back,
    bodies,
    door,
    plain,
    send,
    sheet,
    split,
    talk,
)
from mashrabiya.care.types import Act
from mashrabiya.communities import commands as communities
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import TestHouse


def test_what_cannot_go_is_said_and_what_was_typed_is_kept(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    fields = sheet(scene, tid)
    for picked, more, said in (
        ([], {}, "No reply is chosen."),
        ([1, 2], {}, "The first post stays"),
        ([2, 9], {}, "stands here no longer"),
        ([2], {"title": " "}, "A title is needed"),
        ([2], {"words": ""}, ""),
    ):
        answer = send(scene, tid, picked, fields=fields, **more)
        assert answer.status == 422
        assert said in answer.text
        for kept in (more.get("title", TITLE), more.get("words", WORDS)):
            assert kept in answer.text
        ticked = {n for n in (2, 9) if n in picked and n < 7}
        for n in ticked:
            assert f'name="pick_{n}" value="1" checked' in answer.text
    assert sorted(bodies(scene, tid)) == [1, 2, 3, 4, 5, 6]
    # The first of them opens the thread: what nobody is shown does not.
    scene.report("alice", Placed(tid, 2))
    hidden = scene.decide(Act.HIDE)
    assert "not shown now" in send(scene, tid, [2, 3]).text
    # Behind another, it goes along held back, and comes back as it was.
    new = split(scene, tid, [3])
    assert "Something" not in bodies(scene, new).get(2, "")
    assert back(scene, new).status == 303
    scene.undo(hidden)
    assert bodies(scene, tid)[2] == "Two, by name."


def test_nothing_is_left_empty_and_only_carers_split(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    fields = sheet(scene, tid)
    for who in ("alice", "bob", "charlie", "mallory"):
        assert scene[who].browser.get(door(tid)).status == 404
        assert send(scene, tid, [2], who, fields=fields).status in {403, 404}
    page = scene["alice"].browser.get(address(tid)).text
    delete = next(word for word in page.split('"') if "/d/" in word)
    scene["alice"].browser.submit(delete, delete)
    answer = send(scene, tid, [2], which="on")
    assert "Nothing would be left here." in answer.text
    assert send(scene, tid, [3], which="on").status == 303
    alone = scene.thread("bob")
    assert "no replies here yet" in scene["mona"].browser.get(door(alone.tid)).text
    with house.database.write() as uow:
        communities.archive(uow, scene["mona"].viewer, scene.cid, on=True)
    assert "Nothing new is written" in scene["mona"].browser.get(door(tid)).text


def test_two_at_once_and_twice(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    first, second = sheet(scene, tid), sheet(scene, tid)
    answers = [send(scene, tid, [2, 3], fields=first) for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    meanwhile = send(scene, tid, [3, 5], fields=second, words="The other carer says why.")
    assert meanwhile.status == 422
    assert "stands here no longer" in meanwhile.text
    assert 'name="pick_5" value="1" checked' in meanwhile.text
    assert "The other carer says why." in meanwhile.text
    assert TITLE in meanwhile.text
    assert sorted(bodies(scene, tid)) == [1, 4, 5, 6]


def test_page_by_page_without_a_script(house: TestHouse) -> None:
    scene = Scene(house)
    tid = scene.thread().tid
    for number in range(2, 48):
        scene.reply(("bob", "mallory")[number % 2], tid, f"Reply {number}.")
    turned = send(scene, tid, [5], turn="21")
    assert turned.status == 200
    assert "1 chosen on another page" in plain(turned.text)
    assert '<input type="hidden" name="pick_5" value="1">' in turned.text
    assert 'name="pick_22"' in turned.text
    assert TITLE in turned.text
    again = send(scene, tid, [5, 30], turn="41")
    assert "2 chosen on other pages" in plain(again.text)
    assert "Reply 47." in again.text
    new = split(scene, tid, [5, 30, 45])
    assert bodies(scene, new) == {1: "Reply 5.", 2: "Reply 30.", 3: "Reply 45."}
    # Pages are counted by what stands: none is empty, and every number is found.
    onwards = send(scene, tid, [6], which="on")
    assert onwards.status == 303
    left = scene["bob"].browser.get(address(tid)).text
    assert "Reply 4." in left
    assert "Later" not in left
    later = onwards.location
    assert "Reply 25." in scene["bob"].browser.get(later).text
    assert "Reply 26." in scene["bob"].browser.get(f"{later}?n=21").text
    assert scene["bob"].browser.get(f"{address(tid)}?go=26").status == 303
    assert scene["bob"].browser.get(address(tid, 26)).location == f"{later}?n=21#n21"
    assert show_id(tid) in scene["bob"].browser.get(later).text


def test_all_that_was_ticked_waits_while_she_enters_anew(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    fields, mona = sheet(scene, tid), scene["mona"]
    mona.browser.cookies.clear()
    asked = send(scene, tid, [3, 4], fields=fields)
    back = mona.browser.post("/in", {**asked.form("/in").fields, "name": mona.name, "pass": mona.passphrase})
    done = mona.browser.post(door(tid), back.form(door(tid)).fields)
    assert done.status == 303
    assert sorted(bodies(scene, tid)) == [1, 2, 5, 6]
