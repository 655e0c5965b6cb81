"""Splitting a thread and putting it back: nothing that anybody wrote changes, nor whose it is, nor where links lead."""

from __future__ import annotations

import re

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.splitting import TITLE, address, back, bodies, door, plain, split, stands, talk
from mashrabiya.care.tests.tending import decisions
from mashrabiya.care.types import Act
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import counted
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import TestHouse


def test_it_goes_with_everything_and_back(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    before = stands(scene)
    page = scene["mallory"].browser.get(address(tid)).text
    edits = [word for word in page.split('"') if "/e/" in word]
    open_form = scene["mallory"].browser.get(edits[0]).form(edits[0]).fields
    new = split(scene, tid, [3, 4, 6])
    assert bodies(scene, new) == {1: "Three, unnamed.", 2: "Four, of the asker.", 3: "Six, unnamed."}
    assert sorted(bodies(scene, tid)) == [1, 2, 5]
    assert {home for *_, home, _ in stands(scene)} == {tid}
    # Each leads to the other, and says how much went.
    old_page, new_page = (scene["bob"].browser.get(address(one)).text for one in (tid, new))
    assert "3 replies went to:" in old_page
    assert TITLE in old_page
    assert "2 replies" in old_page
    assert "Began in:" in new_page
    # Labels stay those of the thread in which it was written, and its asker is not the new one's.
    assert plain(new_page).count("Unnamed 3") == 2
    assert "Thread starter" not in new_page
    assert "Who opened: " in new_page
    # What answers something that went leads there, and old links do as well.
    assert f'"/t/{show_id(new)}?n=1#n1"' in old_page
    assert "in another thread" in old_page
    for old, now in ((3, 1), (4, 2), (6, 3)):
        assert scene["bob"].browser.get(address(tid, old)).location == Placed(new, now).link
    _is_hers_still(scene, tid, new, edits[0], open_form)
    _is_told(scene, tid, new)
    assert back(scene, new).location == address(tid)
    assert stands(scene) == before
    assert {decisions(scene, Placed(tid, n))[0].stands for n in (3, 4)} == {False}
    assert scene["bob"].browser.get(address(new)).status == 404
    page = scene["bob"].browser.get(address(tid)).text
    assert "replies went" not in page
    assert "5 replies" in page


def _is_hers_still(scene: Scene, tid: bytes, new: bytes, edit: str, open_form: dict[str, str]) -> None:
    # Its author changes it by the page that was open, and by the new one; nobody else does.
    changed = scene["mallory"].browser.post(edit, open_form | {"body": "Three, changed."})
    assert changed.location.startswith(address(new))
    assert bodies(scene, new)[1] == "Three, changed."
    mine = scene["mallory"].browser.get(address(new)).text
    assert mine.count("/e/") == 2
    assert "/e/" not in scene["bob"].browser.get(address(new)).text
    here = edit.replace(show_id(tid), show_id(new))
    scene["mallory"].browser.submit(here, here, body="Three, unnamed.")
    # What may be asked of a page is not more than elsewhere.
    for who in ("bob", "mona", "alice"):
        for one in (tid, new):
            assert counted(scene.house, scene[who].browser, address(one)) <= 6
    assert counted(scene.house, scene["mona"].browser, door(tid)) <= 6


def _is_told(scene: Scene, tid: bytes, new: bytes) -> None:
    # Whoever wrote what went is told, once each; whoever wrote what stays is not.
    head = decisions(scene, Placed(new, 1))[0]
    assert (head.act, head.stands) == (Act.SPLIT, True)
    assert [one.act for one in decisions(scene, Placed(new, 2))] == [Act.WENT]
    assert decisions(scene, Placed(new, 3)) == []
    assert f"/me/o/{head.shown}" in scene["mallory"].browser.get("/me/o").text
    assert "/me/o/" in scene["alice"].browser.get("/me/o").text.replace('action="/me/o', "")
    assert "Went with other replies" not in scene["bob"].browser.get("/me/o").text


def test_in_the_neutral_look_no_title_of_the_other_stands_open(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    new = split(scene, tid, [3])
    flows.alter_preferences(house.site, scene["bob"].browser.cookies[SESSION], discreet=True)
    page = scene["bob"].browser.get(address(tid)).text
    assert page.index("<details") < page.index(TITLE) < page.index('id="write"')
    closed = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert TITLE not in closed
    assert show_id(new) not in closed
