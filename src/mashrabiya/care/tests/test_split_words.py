"""What goes along with words that were split off: reports, decisions, marks, labels, who may answer, what was taken back."""

from __future__ import annotations

import re

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.splitting import TITLE, address, back, bodies, plain, split, talk
from mashrabiya.care.tests.tending import decisions
from mashrabiya.care.types import Act
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.tests.test_new_to_her import SINCE, at_home
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.testing.house import TestHouse


def test_a_reply_on_its_way_stays_and_answers_across(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    path = address(tid)
    fields = scene["bob"].browser.get(f"{path}?to=3").form(path).fields
    new = split(scene, tid, [3, 4])
    sent = scene["bob"].browser.post(path, fields | {"body": "To three, wherever it stands.", "to": "3"})
    assert sent.status == 303
    assert "To three, wherever it stands." in bodies(scene, tid).values()
    page = scene["alice"].browser.get(path).text
    assert page.count(f'"/t/{show_id(new)}?n=1#n1"') == 2
    # And the other way: what went answers what stayed.
    six = scene["bob"].browser.get(path).form(path).fields
    assert scene["bob"].browser.post(path, six | {"body": "To two.", "to": "2"}).status == 303
    last = max(bodies(scene, tid))
    further = split(scene, tid, [last])
    assert f'"/t/{show_id(tid)}?n=2#n2"' in scene["alice"].browser.get(address(further)).text
    # Whoever is blocked by an author does not reach her through the thread that her words left.
    scene["mallory"].browser.get(path)
    flows.block(house.site, scene["bob"].viewer, scene["mallory"].viewer.pid, shared=True)
    fields = scene["mallory"].browser.get(path).form(path).fields
    refused = scene["mallory"].browser.post(
        path, fields | {"body": "Still to Bob.", "to": str(last), "unnamed": ""}
    )
    assert refused.status == 422
    assert "Still to Bob." in refused.text


def test_reports_marks_and_decisions_go_along(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    scene.report("bob", Placed(tid, 3))
    page = scene["bob"].browser.get(address(tid))
    token = next(form.fields["_f"] for form in page.forms if not form.action)
    helped = next(word for word in page.text.split('"') if "/h/" in word and show_id(tid) in word)
    scene["bob"].browser.post(helped, {"_f": token, "helped": "1"})
    keep = f"{address(tid)}/k/4"
    scene["bob"].browser.submit(keep, keep, remark="For later.")
    new = split(scene, tid, [3, 4])
    post = scene.case().post
    assert post is not None
    assert (post.tid, post.n) == (new, 1)
    scene.decide(Act.HIDE)
    assert "Three, unnamed." not in scene["bob"].browser.get(address(new)).text
    assert f"/t/{show_id(new)}?n=2#n2" in scene["bob"].browser.get("/me/kept").text
    # Put back while it is hidden, it is hidden there, with its own words and no title in them.
    assert back(scene, new).status == 303
    assert bodies(scene, tid)[3] == "Three, unnamed."
    assert "Three, unnamed." not in scene["bob"].browser.get(address(tid)).text
    scene.undo(next(one for one in decisions(scene, Placed(tid, 3)) if one.act == Act.HIDE))
    assert "Three, unnamed." in scene["bob"].browser.get(address(tid)).text
    assert helped in scene["bob"].browser.get(address(tid)).text


def test_labels_are_as_they_were_when_somebody_is_away_or_gone(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    seven = scene.reply("mona", tid, "Seven, by name.")
    new = split(scene, tid, [5, 6, seven.n])
    # Whoever comes next by name or without is a voice that stands nowhere yet.
    scene.reply("alice", new, "By name, and new here.")
    scene.reply("mallory", new, "Unnamed, and unlike before.", unnamed=True)
    page = plain(scene["bob"].browser.get(address(new)).text)
    # Mallory's six, and what Bob's five answers in the thread where that stayed.
    assert page.count("Unnamed 3") == 2
    assert "Unnamed 6" in page
    for who in ("bob", "mona", "alice"):
        with house.database.write() as uow:
            commands.forget_persona(uow, scene[who].viewer.pid, remove=False)
    page = plain(scene["charlie"].browser.get(address(new)).text)
    for label in (2, 3, 4, 5, 6):
        assert len(re.findall(rf"Unnamed {label}(?![0-9])", page)) == 1 + (label == 3), (label, page)


def test_what_was_taken_back_comes_back_where_it_stands_now(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    page = scene["bob"].browser.get(address(tid)).text
    delete = [word for word in page.split('"') if "/d/" in word][1]
    assert scene["bob"].browser.submit(delete, delete, keep="1").status in {200, 303}
    new = split(scene, tid, [3, 5, 6])
    assert bodies(scene, new)[2] == ""
    assert scene["bob"].browser.submit("/me/undo", "/me/undo").status == 303
    assert bodies(scene, new)[2] == "Five, to three."


def test_whoever_objects_is_answered_and_all_goes_back(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    before = bodies(scene, tid)
    new = split(scene, tid, [3, 4])
    went = decisions(scene, Placed(new, 2))[0]
    path = f"/me/o/{went.shown}"
    assert scene["alice"].browser.submit(path, path, words="It belongs together.").status == 303
    assert scene["bob"].browser.get(path).status == 404
    assert "It belongs together." not in scene["mallory"].browser.get("/me/o").text
    # The host who decided does not answer it.
    desk = scene["mona"].browser.get(f"{scene.desk}/o").text
    assert "It belongs together." not in desk
    assert back(scene, new).status == 303
    assert bodies(scene, tid) == before
    assert "Went with other replies" in scene["alice"].browser.get(path).text


def test_what_she_has_read_is_told_by_what_stands(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    bob = at_home(scene["bob"]).browser
    bob.get(address(tid))
    new = split(scene, tid, [2, 6])
    # Of what went, nothing is new where it stood.
    assert SINCE not in bob.get(address(tid)).text
    answer(house.database, scene["alice"].viewer, tid, "Written afterwards.", unnamed=True)
    page = plain(bob.get(address(tid)).text)
    assert f"{SINCE}: from 7" in page
    bob.get(address(new))
    assert SINCE not in bob.get(address(new)).text
    answer(house.database, scene["alice"].viewer, new, "And there.", unnamed=True)
    assert f"{SINCE}: from 3" in plain(bob.get(address(new)).text)


def test_earlier_wordings_of_a_reply_have_no_title_before_or_after(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    clock.offset += clock.DAY
    for who in ("mallory", "mona", "bob"):
        at_home(scene[who])

    def change(where: bytes, body: str) -> None:
        page = scene["mallory"].browser.get(address(where)).text
        edit = next(word for word in page.split('"') if "/e/" in word)
        assert scene["mallory"].browser.submit(edit, edit, body=body).status == 303

    change(tid, "Three, once more.")
    new = split(scene, tid, [3, 4])
    page = scene["bob"].browser.get(f"{address(new)}/v/1").text
    assert f"<ins>{TITLE}" not in page
    change(new, "Three, and again.")
    assert back(scene, new).status == 303
    page = scene["bob"].browser.get(f"{address(tid)}/v/3").text
    assert "once more" in plain(page)
    assert TITLE not in page
