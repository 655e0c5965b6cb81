"""Those who care for a place decide on a post where it stands, without anybody having reported it."""

from __future__ import annotations

import pytest

from mashrabiya.care import queries
from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.care.types import Act, Decision
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import Placed
from mashrabiya.home.tests.test_home import counted, statements
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.safety.types import Thing
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def door(placed: Placed) -> str:
    return f"/t/{show_id(placed.tid)}/c/{placed.n}"


def decide(scene: Scene, placed: Placed, act: Act, who: str = "mona", **typed: str) -> Page:
    form = {"act": str(int(act)), "words": WORDS, "days": "7", **typed}
    return scene[who].browser.submit(door(placed), door(placed), **form)


def decisions(scene: Scene, placed: Placed) -> list[Decision]:
    with scene.house.database.read() as db:
        post = discussions.get_shown(db, scene["alice"].viewer, placed.tid, 1)[1].id
        return queries.on_thing(db, Thing.POST, post)


def test_only_those_who_care_for_the_place_find_the_way(scene: Scene) -> None:
    thread = scene.thread()
    reply = scene.reply("bob", thread.tid)
    for placed in (thread, reply):
        assert door(placed) in scene.page("mona", thread)
        assert scene["mona"].browser.get(door(placed)).status == 200
    forged = {"act": "2", "words": WORDS, "seen": "0", "_s": new_id().hex()}
    for who in ("alice", "bob", "charlie", "mallory"):
        seen = scene.page(who, thread)
        assert door(thread) not in seen
        assert door(reply) not in seen
        for path in (
            door(thread),
            f"{door(thread)}0",
            f"/t/{show_id(new_id())}/c/1",
            f"{door(thread)[:-1]}x",
        ):
            assert scene[who].browser.get(path).status == 404
        assert scene[who].browser.post(door(thread), forged).status in {403, 404}
    assert scene.house.browser().get(door(thread)).status == 404
    assert "Is it the water" in scene.page("bob", thread)


def test_nobody_decides_on_her_own(scene: Scene) -> None:
    for unnamed in (False, True):
        own = scene.thread("mona", unnamed=unnamed)
        assert door(own) not in scene.page("mona", own)
        assert scene["mona"].browser.get(door(own)).status == 404


@pytest.mark.parametrize("act", [Act.HIDE, Act.REMOVE])
def test_hidden_or_removed_with_a_reason_and_brought_back_by_the_same_door(scene: Scene, act: Act) -> None:
    thread = scene.thread()
    assert decide(scene, thread, act, words="").status == 422
    assert "Is it the water" in scene.page("bob", thread)
    done = decide(scene, thread, act)
    assert (done.status, done.location) == (303, thread.address)
    assert "Is it the water" not in scene.page("bob", thread)
    assert WORDS in scene["alice"].browser.get(f"/t/{show_id(thread.tid)}/y/1").text
    assert door(thread) in scene.page("mona", thread)
    assert door(thread) not in scene.page("bob", thread)
    page = scene["mona"].browser.get(door(thread))
    assert WORDS in page.text
    undo = next(form.action for form in page.forms if form.action.startswith("/care/u/"))
    scene["mona"].browser.submit(door(thread), undo)
    assert "Is it the water" in scene.page("bob", thread)
    assert [one.stands for one in decisions(scene, thread)] == [False]


@pytest.mark.parametrize("unnamed", [False, True])
def test_excluded_from_the_thread(scene: Scene, unnamed: bool) -> None:
    placed = scene.reply("mallory", scene.thread().tid, unnamed=unnamed)
    page = scene["mona"].browser.get(door(placed)).text
    assert ("Mallory" in page) != unnamed
    assert decide(scene, placed, Act.EXCLUDE).status == 303
    assert ("Writing unnamed" in scene["mallory"].browser.get("/me/closed").text) == unnamed
    assert scene["bob"].browser.get("/me/closed").status == 404


def test_what_was_reported_leads_to_what_was_said_of_it(scene: Scene) -> None:
    thread = scene.thread()
    scene.report("bob", thread, note="She names a school.")
    sent = scene["mona"].browser.get(door(thread))
    assert sent.location == scene.case().path
    assert "She names a school." in scene["mona"].browser.follow(sent).text


def test_sent_twice_or_too_late_it_is_decided_once(scene: Scene) -> None:
    thread = scene.thread()
    mona = scene["mona"].browser
    fields = {**mona.get(door(thread)).form(door(thread)).fields, "act": str(int(Act.KEEP)), "words": WORDS}
    late = {**mona.get(door(thread)).form(door(thread)).fields, "act": str(int(Act.HIDE)), "words": WORDS}
    for _ in range(2):
        assert mona.post(door(thread), fields).status == 303
    assert mona.post(door(thread), late).status == 409
    assert [one.act for one in decisions(scene, thread)] == [Act.KEEP]


def test_what_somebody_away_hides_is_not_there_to_decide_on(scene: Scene) -> None:
    thread = scene.thread()
    with scene.house.database.write() as uow:
        send_away(uow, scene["alice"].viewer.pid, quiet=True)
    assert scene["mona"].browser.get(door(thread)).status == 404
    assert door(thread) not in scene.page("mona", thread)


def test_in_arabic_and_without_one_statement_more_for_anybody(house: TestHouse) -> None:
    scene = Scene(house, language="ar")
    thread = scene.thread()
    page = scene["mona"].browser.get(door(thread)).text
    assert "قرار" in page
    assert "لا ملاحظة" not in page, "nobody has said anything"
    assert statements(scene["mona"], thread.address) == statements(scene["bob"], thread.address) <= 6
    assert counted(house, scene["mona"].browser, door(thread)) <= 6
