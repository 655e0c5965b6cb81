"""Mutes, and who may answer, on the pages where they act."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.kept_away import hide, mute
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_pages import MISSING, masked, new_thread
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.types import Voice
from mashrabiya.testing.house import Person, TestHouse

NOT_NOW = "Replies to this are not taken right now."


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    yield
    clock.offset = 0.0


# --- mutes ---------------------------------------------------------------------------


def test_a_muted_name_folds_in_threads_and_stands_in_no_list(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid, title="Alice asks").location
    bob.browser.submit(thread, thread, body="Bob says.")
    new_thread(bob, cid, title="Bob asks")
    lists = (f"/c/{show_id(cid)}", "/t", "/")
    mute(alice, Voice(pid=bob.viewer.pid), days=1)
    assert "From somebody you muted" in alice.browser.get(thread).text
    for path in lists:
        text = alice.browser.get(path).text
        assert ("Bob asks" in text, "Alice asks" in text) == (False, True), path
    assert [row["title"] for row in Program(house, alice).read("/api/t")["threads"]] == ["Alice asks"]


def test_a_muted_label_folds_in_its_thread_alone(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    threads = [new_thread(alice, cid, unnamed="1").location for _ in range(2)]
    for thread in threads:
        bob.browser.submit(thread, thread, body="Bob unnamed.", unnamed="1")
        bob.browser.submit(thread, thread, body="Bob named.", unnamed="")
    before = alice.browser.get(threads[1])
    sent = alice.browser.submit(f"{threads[0]}/m/2", f"{threads[0]}/m/2", act="mute", length="month")
    assert "Muted for 30 more days" in alice.browser.follow(sent).text
    text = alice.browser.get(threads[0]).text
    assert text.count("From somebody you muted") == 1
    assert "From somebody you muted" in text.split('id="n2"')[1].split('id="n3"')[0]
    assert masked(alice.browser.get(threads[1])) == masked(before)
    # The list names it by its label; what it leads to is the thread.
    listed = alice.browser.get("/me/m").text
    assert "Unnamed" in listed
    assert f'href="{threads[0]}"' in listed


def test_a_muted_starter_without_a_name_stands_in_no_list(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(bob, cid, title="Whose?", unnamed="1").location
    alice.browser.submit(f"{thread}/m/1", f"{thread}/m/1", act="mute", length="open")
    assert "Whose?" not in alice.browser.get("/t").text
    assert "From somebody you muted" in alice.browser.get(thread).text


def test_pages_go_on_where_a_whole_one_is_muted(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    new_thread(alice, cid, title="The oldest")
    clock.offset += clock.TEN_MINUTES
    for number in range(20):
        begin(house.database, bob.viewer, cid, title=f"Bob {number}")
    mute(alice, Voice(pid=bob.viewer.pid))
    first = alice.browser.get(f"/c/{show_id(cid)}").text
    assert "Bob 1" not in first
    older = re.search(r"\?after=[^\"]+", first)
    assert older is not None
    assert "The oldest" in alice.browser.get(f"/c/{show_id(cid)}{older[0]}").text


def test_the_lamp_does_not_show_whom_she_muted(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    new_thread(bob, cid, body="First words of Bob.", newcomer="1")
    assert "First words of Bob." in alice.browser.get("/n").text
    mute(alice, Voice(pid=bob.viewer.pid))
    assert "First words of Bob." not in alice.browser.get("/n").text
    assert alice.browser.get("/").status == 200


# --- who may answer ---------------------------------------------------------------------


def test_a_closed_thread_takes_nobodys_reply(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid).location
    form = bob.browser.get(thread).form(thread).fields
    edit = re.search(rf"{thread}/e/\w+", alice.browser.get(thread).text)
    assert edit is not None
    alice.browser.submit(edit[0], edit[0], answers="2")
    for who in (alice, bob):
        text = who.browser.get(thread).text
        assert "takes no more replies" in text
        assert f'action="{thread}"' not in text
    late = bob.browser.post(thread, {**form, "body": "Too late."})
    assert (late.status, NOT_NOW in late.text, "Too late." in late.text) == (422, True, True)
    assert Program(house, bob).send(f"/api{thread}", {"body": "x"}).status == 403
    # Changing a word does not open it again; choosing so does.
    alice.browser.submit(edit[0], edit[0], body="Other words.")
    assert "takes no more replies" in bob.browser.get(thread).text
    alice.browser.submit(edit[0], edit[0], answers="0")
    assert bob.browser.submit(thread, thread, body="In time.").status == 303


def test_where_only_names_answer_the_unnamed_starter_stays(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid, unnamed="1", answers="1").location
    text = bob.browser.get(thread).text
    assert "only under a name" in text
    assert 'name="unnamed"' not in text
    form = bob.browser.get(thread).form(thread).fields
    refused = bob.browser.post(thread, {**form, "body": "x", "unnamed": "1"})
    assert (refused.status, NOT_NOW in refused.text) == (422, True)
    assert bob.browser.submit(thread, thread, body="By name.").status == 303
    assert alice.browser.submit(thread, thread, body="Thanks.", unnamed="1").status == 303


def test_only_who_asked_says_who_answers(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid).location
    sent = bob.browser.submit(thread, thread, body="Mine.")
    edit = re.search(rf"{thread}/e/\w+", bob.browser.get(sent.location).text)
    assert edit is not None
    assert 'name="answers"' not in bob.browser.get(edit[0]).text
    bob.browser.submit(edit[0], edit[0], answers="2")
    assert "takes no more replies" not in bob.browser.get(thread).text


# --- doors ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_voice_is_blocked_from_its_post_and_let_go(house: TestHouse, bob: Person, language: str) -> None:
    alice = house.person("Alice", language=language)
    cid = open_place(house, alice, bob)
    thread = new_thread(bob, cid).location
    door = f"{thread}/m/1"
    assert door in alice.browser.get(thread).text
    assert door not in bob.browser.get(thread).text
    for act in ("block", "unblock", "mute", "unmute", "nonsense"):
        page = alice.browser.get(door)
        field = next((f.fields for f in page.forms if f.fields.get("act") == act), page.forms[-1].fields)
        assert alice.browser.post(door, {**field, "act": act}).location == door
    assert masked(alice.browser.get(door)) == masked(alice.browser.get(door))
    assert 'value="block"' in alice.browser.get(door).text


def test_doors_open_to_nobody_else(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice)
    thread = new_thread(alice, cid, unnamed="1").location
    assert alice.browser.get(f"{thread}/m/1").status == 403
    assert bob.browser.get(f"{thread}/m/1").status == 200
    visitor = house.browser()
    for path in (f"{thread}/m/1", "/me/m", f"{MISSING}/m/1"):
        assert visitor.get(path).status == 404
    assert bob.browser.get(f"{MISSING}/m/1").status == bob.browser.get(f"{thread}/m/9").status == 404


def test_a_label_cannot_be_blocked(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid, unnamed="1").location
    door = f"{thread}/m/1"
    page = bob.browser.get(door)
    assert 'value="block"' not in page.text
    bob.browser.post(door, {**page.forms[-1].fields, "act": "block"})
    assert 'value="unblock"' not in bob.browser.get(door).text
    assert "No blocked names" in bob.browser.get("/me/m").text


def test_a_name_no_longer_met_is_not_called_in_the_list(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    mute(alice, Voice(pid=bob.viewer.pid))
    assert "Bob" in alice.browser.get("/me/m").text
    place = f"/c/{show_id(cid)}"
    bob.browser.submit(f"{place}/out", f"{place}/out")
    text = alice.browser.get("/me/m").text
    assert ("Bob" in text, "shares no community" in text) == (False, True)


def test_pages_ask_no_more_statements_for_her_lists(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(bob, cid).location
    alice.new_persona("Second")
    alice.as_persona(0)
    asked = []
    for _ in range(2):
        for path in (thread, "/", "/t", f"/c/{show_id(cid)}", "/n"):
            house.database.trace = []
            alice.browser.get(path)
            asked.append(len(house.database.trace))
        mute(alice, Voice(pid=bob.viewer.pid))
        hide(alice, "river")
    house.database.trace = []
    alice.browser.get("/me/m")
    assert len(house.database.trace) <= 4
    house.database.trace = None
    assert asked[:5] == asked[5:]
