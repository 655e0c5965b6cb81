"""Who is told, of what, in which words; and how often a fact may be told."""

from __future__ import annotations

import re

import pytest

from mashrabiya.discussions.events import PostWritten
from mashrabiya.discussions.tests.talk import edit
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id, read_id
from mashrabiya.notifications.tables import SUB
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.notifications.types import KEPT_DAYS, STEP, UNNAMED, Kind
from mashrabiya.platform import retention
from mashrabiya.platform.outbox import Delivery
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def test_a_journey_from_an_answer_to_having_read_it(scene: Scene) -> None:
    assert scene.lines(scene.bob) == []
    assert "Nothing new" in scene.text(scene.bob)
    scene.say(scene.alice, "It is the water.")
    scene.say(scene.mallory, "It is not.")
    assert scene.rows() == [], "not in the poster's transaction"
    scene.tell()
    assert scene.lines(scene.bob) == ["* 2 replies in: Bob asks"]
    assert scene.lines(scene.alice) == ["* A reply in: Bob asks"]
    assert scene.lines(scene.mallory) == []
    assert scene.is_told(scene.bob)
    assert not scene.is_told(scene.mallory)
    scene.read(scene.bob)
    assert scene.lines(scene.bob) == ["2 replies in: Bob asks"]
    assert scene.lines(scene.bob, "?only=new") == []
    assert not scene.is_told(scene.bob)
    assert scene.lines(scene.alice) == ["* A reply in: Bob asks"]
    scene.say(scene.alice, "Yes it is.")
    scene.tell()
    assert scene.lines(scene.bob) == ["* A reply in: Bob asks"]
    assert scene.lines(scene.mallory) == ["* A reply in: Bob asks"]
    assert scene.lines(scene.alice) == ["A reply in: Bob asks"], "since she wrote there herself, nothing"


def test_the_words_are_the_same_however_she_is_in_a_thread(scene: Scene) -> None:
    """Whoever asked, follows, is mentioned, or wrote unnamed: nobody beside her learns which it was."""
    scene.say(scene.mallory, "I was here.", unnamed="1")
    scene.tell()
    scene.follow(scene.charlie, scene.thread)
    scene.read(scene.bob)
    scene.say(scene.bob, "Thanks, and what says @Alice Noor?", to="2")
    scene.tell()
    for who in (scene.alice, scene.mallory):
        assert scene.lines(who) == ["* A reply in: Bob asks"]
    assert scene.lines(scene.charlie, "?lang=en") == ["* A reply in: Bob asks"]
    # What was answered unnamed is found among replies alone, as it is for whoever follows.
    assert scene.lines(scene.mallory, "?of=mine") == scene.lines(scene.charlie, "?of=mine") == []
    assert scene.lines(scene.alice, "?of=mine") == ["* A reply in: Bob asks"]
    assert scene.lines(scene.mallory, "?of=replies") == ["* A reply in: Bob asks"]
    # At rest it says of an unnamed voice no more than her post does, and of whoever follows nothing at all.
    tid = read_id(scene.thread.removeprefix("/t/"), 16)
    lying = {addr: kind for addr, kind, n in scene.rows() if n == 3}
    (followed,) = [addr for _, addr in scene.subs()]
    assert lying.pop(scene.mallory.viewer.token(tid)) == Kind.REPLY + UNNAMED
    assert lying == {scene.alice.viewer.pid: Kind.MENTION, followed: Kind.REPLY}


def test_a_mention_in_a_first_post_and_one_that_is_edited(scene: Scene) -> None:
    scene.say(scene.alice, "So.")
    scene.say(scene.mallory, "Hello @Alice Noor")
    scene.tell()
    assert (scene.alice.viewer.pid, Kind.MENTION, 3) in scene.rows()
    edit(scene, scene.mallory, body="Hello.")
    scene.tell()
    assert (scene.alice.viewer.pid, Kind.MENTION, 3) not in scene.rows()
    page = scene.bob.browser.submit(
        f"{scene.place}/t", f"{scene.place}/t", title="A poem", body="For @Alice Noor"
    )
    scene.tell()
    assert "* A mention in: A poem" in scene.lines(scene.alice), page.status


def test_a_fact_told_twice_makes_one_notice_and_a_killed_worker_loses_none(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.say(scene.alice, "It is the water.")
    post, tid = (
        scene.house.database.connection()
        .execute("SELECT id, tid FROM post ORDER BY n DESC LIMIT 1")
        .fetchone()
    )
    fact = PostWritten(bytes(tid), bytes(post))
    with scene.house.database.write() as uow:
        uow.record(fact)

    def dies(*_args: object) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr("mashrabiya.platform.outbox.rows.delivered", dies)
        with pytest.raises(SystemExit):
            Delivery(scene.house.database).step()
    assert scene.rows() == []
    scene.tell()
    assert len(scene.rows()) == 1
    assert scene.lines(scene.bob) == ["* A reply in: Bob asks"]


def test_ten_thousand_who_follow_are_told_some_hundreds_at_a_time(scene: Scene) -> None:
    tid = read_id(scene.thread.removeprefix("/t/"), 16)
    many = 10_000
    with scene.house.database.write() as uow:
        for _ in range(many):
            uow.insert(SUB, scope=tid, addr=new_id(), until_q=clock.quarter() + 2)
    scene.say(scene.alice, "It is the water.")
    delivery, steps, told = Delivery(scene.house.database), 0, 0
    while True:
        scene.house.database.trace = trace = list[str]()
        if not delivery.step():
            break
        # So much is written in one transaction, whoever waits for the next.
        written = sum("INTO notice" in sql for sql in trace)
        assert written <= STEP
        steps, told = steps + 1, told + written
        waiting = scene.house.database.connection().execute("SELECT count(*) FROM outbox").fetchone()
        assert int(waiting[0]) <= 1
    scene.house.database.trace = None
    assert told == many + 1
    assert len(scene.rows()) == many + 1
    assert steps == many // STEP + 1
    assert scene.lines(scene.bob) == ["* A reply in: Bob asks"]


def test_thirty_days_later_nothing_is_told_and_nothing_lies_there(scene: Scene) -> None:
    scene.say(scene.alice, "It is the water.")
    scene.tell()
    clock.offset += (KEPT_DAYS - 1) * clock.DAY
    retention.sweep(scene.house.database)
    assert len(scene.rows()) == 1
    clock.offset += 2 * clock.DAY
    retention.sweep(scene.house.database)
    assert scene.rows() == []


def test_what_helped_is_told_to_a_name_and_a_poll_to_all_who_are_there(scene: Scene) -> None:
    scene.say(scene.alice, "It is the water.")
    scene.say(scene.mallory, "Or the light.", unnamed="1")
    text = scene.bob.browser.get(scene.thread).text.replace("&#x2f;", "/")
    helped = re.findall(r'formaction="(/t/\w+/h/\w+)"', text)
    token = re.search(r'id="helping".*?name="_f" value="(\w+)"', text, re.DOTALL)
    assert token is not None
    for address in helped:
        scene.bob.browser.post(address, {"_f": token[1], "helped": "1"})
    scene.tell()
    scene.read(scene.alice)
    assert scene.lines(scene.alice, "?of=helped") == ["A text helped somebody, in: Bob asks"]
    assert all("helped" not in line for line in scene.lines(scene.mallory)), (
        "it would say that she wrote there"
    )
    scene.bob.browser.post(helped[0], {"_f": token[1]})
    scene.bob.browser.post(helped[0], {"_f": token[1], "helped": "0"})
    assert scene.lines(scene.alice, "?of=helped") == [], "taken back"
