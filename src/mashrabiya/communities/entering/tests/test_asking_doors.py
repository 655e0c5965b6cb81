"""Who finds which door of a place that asks, and who finds none."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.entering import queries
from mashrabiya.communities.entering.tests.scene import ANSWERS, Scene
from mashrabiya.communities.types import Audience, Entry
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.testing.house import TestHouse

ASK, DECIDE = "/c/{cid:str}/ask", "/c/{cid:str}/asked/{asking:str}"


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def exclude(scene: Scene, pid: bytes) -> None:
    with scene.house.database.write() as uow:
        set_guard(uow, "comm", pid, scope=scene.cid, days=9, case=new_id())
    scene.house.site.held.refresh()


@pytest.mark.parametrize("door", ["/ask", "/asked", "/edit/entry", "/i"])
def test_t9_hidden_is_missing(house: TestHouse, door: str) -> None:
    scene = Scene(house, audience=Audience.HIDDEN)
    there = scene.alice.browser.get(scene.path + door)
    missing = scene.alice.browser.get(f"/c/{show_id(new_id())}{door}")
    assert (there.status, there.body) == (missing.status, missing.body)
    assert there.status == 404


@pytest.mark.parametrize(
    ("door", "route"),
    [("/ask", ASK), ("/ask/back", f"{ASK}/back"), ("/ask/in", f"{ASK}/in"), ("/i", "/c/{cid:str}/i"),
     ("/i/end", "/c/{cid:str}/i/end"), ("/edit/entry", "/c/{cid:str}/edit/entry")],
)  # fmt: skip
def test_t9_sending_to_a_hidden_place_is_sending_to_none(house: TestHouse, door: str, route: str) -> None:
    scene = Scene(house, audience=Audience.HIDDEN)
    fields = {"entry": "0", **ANSWERS}
    there = scene.post(scene.alice, scene.path + door, route, **fields)
    missing = scene.post(scene.alice, f"/c/{show_id(new_id())}{door}", route, **fields)
    assert (there.status, missing.status) == (404, 404)
    assert len(there.body) == len(missing.body)


def test_whoever_is_excluded_finds_nothing_with_any_name(scene: Scene) -> None:
    exclude(scene, scene.alice.viewer.pid)
    scene.alice.new_persona("Rana")
    for door in ("", "/ask", "/asked"):
        assert scene.alice.browser.get(scene.path + door).status == 404
    assert scene.post(scene.alice, f"{scene.path}/ask", ASK, **ANSWERS).status == 404
    assert scene.rows("asking") == 0


def test_let_in_by_another_name_she_stays_outside_where_she_is_excluded(scene: Scene) -> None:
    scene.ask(scene.alice)
    scene.alice.new_persona("Rana")
    exclude(scene, scene.alice.viewer.pid)
    scene.alice.as_persona(0)
    scene.decide("in")
    assert scene.alice.browser.get(scene.path).status == 404


def test_two_names_of_one_person_ask_like_two_people(scene: Scene) -> None:
    scene.ask(scene.alice)
    scene.alice.new_persona("Rana")
    assert "is waiting" not in scene.text(scene.alice)
    scene.ask(scene.alice)
    asked = scene.text(scene.mona, f"{scene.path}/asked")
    assert "Alice" in asked
    assert "Rana" in asked


def test_members_and_strangers_read_no_request(scene: Scene) -> None:
    bob = scene.house.person("Bob")
    scene.ask(bob)
    scene.decide("in")
    scene.ask(scene.alice)
    for who in (bob, scene.alice, scene.house.person("Mallory")):
        assert who.browser.get(f"{scene.path}/asked").status == 404
    row = scene.house.database.connection().execute("SELECT id FROM asking").fetchone()
    path = f"{scene.path}/asked/{show_id(bytes(row[0]))}"
    assert scene.post(bob, path, DECIDE, act="in").status == 404
    assert not scene.belongs(scene.alice)


def test_a_request_of_another_place_is_not_decided_on(scene: Scene, house: TestHouse) -> None:
    scene.ask(scene.alice)
    row = scene.house.database.connection().execute("SELECT id FROM asking").fetchone()
    mallory = house.person("Mallory")
    mallory.browser.submit(
        "/c/new", "/c/new", name="Of others", about="x", tick_agree="", agreements="Be kind.",
        audience="1", entry="1", question_1="Why?",
    )  # fmt: skip
    own = next(path for path in links(mallory.browser.get("/c").text) if path != scene.path)
    late = scene.post(mallory, f"{own}/asked/{show_id(bytes(row[0]))}", DECIDE, act="in")
    assert late.status == 409
    assert not scene.belongs(scene.alice)


def links(text: str) -> list[str]:
    return re.findall(r'href="(/c/[0-9a-z]{26})"', text)


def test_her_own_copy_has_what_she_asked_and_no_other(scene: Scene) -> None:
    scene.ask(scene.alice)
    scene.decide("no", "Perhaps another time.")
    with scene.house.database.read() as db:
        ((name, own),) = queries.own_requests(db, scene.alice.viewer)
        assert queries.own_requests(db, scene.mona.viewer) == []
    assert (name, own.said) == ("Night kitchen", "Perhaps another time.")
    exclude(scene, scene.alice.viewer.pid)
    with scene.house.database.read() as db:
        assert queries.own_requests(db, scene.alice.viewer) == []


def test_who_is_frozen_is_named_to_nobody(scene: Scene) -> None:
    scene.ask(scene.alice)
    with scene.house.database.write() as uow:
        send_away(uow, scene.alice.viewer.pid, quiet=False)
    assert "Alice" not in scene.text(scene.mona, f"{scene.path}/asked")


def test_a_trace_in_an_answer_is_shown_once_before(scene: Scene) -> None:
    back = scene.ask(scene.alice, answer_1="Write to me: alice@mail.example", answer_2="From a friend.")
    assert back.status == 422
    assert "From a friend." in back.text
    assert scene.rows("asking") == 0


@pytest.mark.parametrize("fields", [{"entry": "1"}, {"entry": "1", "question_1": "x" * 201}])
def test_ways_that_cannot_be_come_back(house: TestHouse, fields: dict[str, str]) -> None:
    scene = Scene(house, Entry.OPEN)
    page = f"{scene.path}/edit/entry"
    assert scene.mona.browser.submit(page, page, **fields).status == 422
    assert scene.text(scene.alice).count(f'action="{scene.path}/in"') == 1


def test_forged_numbers_are_the_usual_way(house: TestHouse) -> None:
    scene = Scene(house)
    page = f"{scene.path}/edit/entry"
    for forged in ("9", "-1", "x", "1" * 40):
        fields = scene.mona.browser.get(page).form(page).fields | {"entry": forged}
        assert scene.mona.browser.post(page, fields).status in {303, 422}


def test_the_log_of_acts_has_what_was_decided_and_no_name(scene: Scene) -> None:
    scene.ask(scene.alice)
    scene.decide("no", "A kind word.")
    rows = scene.house.database.connection().execute("SELECT action, object FROM audit").fetchall()
    assert ("place:declined", scene.cid) in [(action, bytes(thing)) for action, thing in rows]
    assert scene.alice.viewer.pid not in {bytes(thing) for _, thing in rows}


def test_pages_take_six_statements_at_most(scene: Scene) -> None:
    scene.ask(scene.alice)
    for who, path in (
        (scene.alice, scene.path),
        (scene.alice, f"{scene.path}/ask"),
        (scene.mona, scene.path),
        (scene.mona, f"{scene.path}/asked"),
        (scene.mona, f"{scene.path}/edit/entry"),
        (scene.mona, f"{scene.path}/i"),
    ):
        scene.house.database.trace = []
        assert who.browser.get(path).status == 200
        asked = scene.house.database.trace
        assert len(asked) <= 6, (path, asked)
    scene.house.database.trace = None
