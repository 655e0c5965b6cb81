"""T32 of a split: what stands in the new thread is read by nobody who could not read it before, and stays no longer."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.splitting import TITLE, address, back, bodies, door, sheet, split, talk
from mashrabiya.care.tests.staffed import with_role
from mashrabiya.care.tests.tending import tend
from mashrabiya.care.tests.test_moving import change, two_places
from mashrabiya.care.types import Act
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import queries
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.types import Grant
from mashrabiya.testing.house import TestHouse


def readers(scene: Scene, placed: Placed) -> set[str]:
    """Who may open it."""
    return {who for who in scene.people if scene[who].browser.get(address(placed.tid)).status == 200}


def kept(scene: Scene, tid: bytes) -> int:
    with scene.house.database.read() as db:
        return queries.get_thread(db, scene["mona"].viewer, tid).kept_days


def fades(scene: Scene, tid: bytes) -> int:
    rows = (
        scene.house.database.connection()
        .execute("SELECT id, last_day, retention_days FROM thread")
        .fetchall()
    )
    return next(int(last) + int(days) for one, last, days in rows if bytes(one) == tid)


@pytest.mark.parametrize("audience", list(Audience))
def test_nobody_new_reads_it_and_it_goes_when_it_would_have_gone(
    house: TestHouse, audience: Audience
) -> None:
    scene = Scene(house)
    with_role(scene["mona"], Grant.TRUSTED)
    change(scene, scene.cid, audience, 90)
    tid = talk(scene)
    old = Placed(tid, 1)
    could, gone = readers(scene, old), fades(scene, tid)
    new = split(scene, tid, [3, 4])
    assert readers(scene, Placed(new, 1)) == could
    assert fades(scene, new) == gone
    for later in (Audience.PUBLIC, Audience.MEMBERS, Audience.PUBLIC):
        change(scene, scene.cid, later, 365)
        assert readers(scene, Placed(new, 1)) <= could
        assert kept(scene, new) <= 90
    # An old number leads nobody where she does not read.
    change(scene, scene.cid, Audience.MEMBERS, 90)
    assert scene["charlie"].browser.get(address(tid, 3)).status == 404
    assert back(scene, new).status == 303
    change(scene, scene.cid, Audience.PUBLIC, 365)
    assert readers(scene, old) <= could
    assert fades(scene, tid) <= gone


def test_what_stands_behind_a_narrower_door_is_told_to_nobody_else(house: TestHouse) -> None:
    both = two_places(house, there=Audience.MEMBERS, days=30)
    scene = both.scene
    tid = talk(scene)
    new = split(scene, tid, [3, 4, 6])
    assert tend(scene, Placed(new, 1), Act.MOVE, "mona", both.shown).status == 303
    assert readers(scene, Placed(new, 1)) == {"alice", "charlie", "mona"}
    # Bob reads the old thread as before, and hears nothing of the new one, by its number or by what answers it.
    seen = scene["bob"].browser.get(address(tid))
    assert seen.status == 200
    for said in (show_id(new), "replies went", "in another thread", TITLE):
        assert said not in seen.text
    assert scene["bob"].browser.get(address(tid, 3)).status == 200
    for path in ("v/3", "m/3", "k/3"):
        assert scene["bob"].browser.get(f"{address(tid)}/{path}").status == 404
    # Whoever reads both is led on; who reads the new one alone would be told of the old one only if she read that.
    assert show_id(new) in scene["alice"].browser.get(address(tid)).text
    page = scene["alice"].browser.get(address(new)).text
    edit = next(word for word in page.split('"') if "/e/" in word)
    assert scene["alice"].browser.submit(edit, edit, body="Told: thirty days.").status == 303
    assert kept(scene, new) == 30
    assert "Since then something was written" in back_by_move(scene, new)
    assert "in another community now" in back(scene, new).text


def back_by_move(scene: Scene, tid: bytes) -> str:
    path = f"/t/{show_id(tid)}/a/m"
    forms = scene["mona"].browser.get(path).forms
    fields = next(form.fields for form in forms if form.action == path and "back" in form.fields)
    return scene["mona"].browser.post(path, fields).text


def test_what_was_told_a_shorter_time_does_not_come_back_to_a_longer(house: TestHouse) -> None:
    both = two_places(house, days=30)
    scene = both.scene
    tid = talk(scene)
    new = split(scene, tid, [3, 4, 6])
    assert tend(scene, Placed(new, 1), Act.MOVE, "mona", both.shown).status == 303
    page = scene["alice"].browser.get(address(new)).text
    edit = next(word for word in page.split('"') if "/e/" in word)
    scene["alice"].browser.submit(edit, edit, body="Told: thirty days.")
    back_by_move(scene, new)
    refused = back(scene, new)
    assert refused.status == 422
    assert "kept for a shorter time" in refused.text
    assert kept(scene, new) == 30


def test_what_keeps_it_from_going_back(house: TestHouse) -> None:
    both = two_places(house)
    scene = both.scene
    tid = talk(scene)
    new = split(scene, tid, [3, 4, 6])
    further = split(scene, new, [2])
    assert "have gone on since" in back(scene, new).text
    assert back(scene, further).status == 303
    # A move of one of the two, and that taken back.
    assert tend(scene, Placed(new, 1), Act.MOVE, "mona", both.shown).status == 303
    assert "in another community now" in back(scene, new).text
    assert show_id(new) in scene["bob"].browser.get(address(tid)).text
    assert scene["bob"].browser.get(address(tid, 3)).location.startswith(address(new))
    assert tend(scene, Placed(new, 1), Act.MOVE, "mona", both.here).status == 303
    written = answer(house.database, scene["bob"].viewer, new, "Written there since.")
    assert "Something was written in the new thread" in back(scene, new).text
    assert bodies(scene, new)[written.n] == "Written there since."
    page = scene["bob"].browser.get(address(new)).text
    delete = next(word for word in page.split('"') if "/d/" in word)
    scene["bob"].browser.submit(delete, delete)
    # What was done with the thread that goes is done with nothing any more, and not with the old one.
    tend(scene, Placed(new, 1), Act.SHUT)
    assert back(scene, new).status == 303
    assert sorted(bodies(scene, tid)) == [1, 2, 3, 4, 5, 6]
    assert "closed the replies" not in scene["bob"].browser.get(address(tid)).text


def test_round_and_round_nothing_is_lost_and_nobody_is_let_in(house: TestHouse) -> None:
    scene = Scene(house)
    tid = talk(scene)
    could, before = readers(scene, Placed(tid, 1)), bodies(scene, tid)
    for _ in range(5):
        new = split(scene, tid, [3, 5])
        assert readers(scene, Placed(new, 1)) == could
        assert back(scene, new).status == 303
        assert bodies(scene, tid) == before
    for table, rows in (("thread", 1), ("parted", 0), ("post", 6)):
        found = house.database.connection().execute(f"SELECT count(*) FROM {table}").fetchone()
        assert found[0] == rows, table
    assert "5 replies" in scene["bob"].browser.get(address(tid)).text
    sheet(scene, tid)
    assert scene["mona"].browser.get(door(tid)).status == 200
