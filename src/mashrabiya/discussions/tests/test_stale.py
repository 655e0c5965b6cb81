"""What was edited meanwhile is not written over without a word, and deleting twice ends where it ended once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY, MONA
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pages import masked, new_thread
from mashrabiya.discussions.types import Change, NewPoll, OwnPost, Poll, TakenBack
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def alice(house: TestHouse) -> Person:
    return house.person("Alice")


@pytest.fixture
def bob(house: TestHouse) -> Person:
    return house.person("Bob")


def own(database: Database, viewer: Viewer, tid: bytes, n: int = 1) -> OwnPost:
    with database.read() as db:
        post = queries.thread_page(db, viewer, tid).posts[n - 1].id
        return queries.get_own_post(db, viewer, tid, post)


def change(database: Database, viewer: Viewer, stands: OwnPost, **new: Any) -> None:
    with database.write() as uow:
        commands.edit(uow, viewer, stands.post.tid, stands.post.id, new=Change(**new))


def test_a_form_made_before_another_edit_is_refused_and_one_made_after_is_taken(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE)).tid
    old = own(database, ALICE, tid)
    change(database, ALICE, old, title="Shade", body="Changed meanwhile.", mark=old.mark)
    with pytest.raises(Invalid) as refused:
        change(database, ALICE, old, title="Shade", body="Of yesterday.", mark=old.mark)
    assert refused.value.fields == {"mark": "compose.changed"}
    now = own(database, ALICE, tid)
    assert (now.post.body, now.mark != old.mark) == ("Changed meanwhile.", True)
    change(database, ALICE, old, title="Shade", body="Meant.", mark=now.mark)
    assert own(database, ALICE, tid).post.body == "Meant."


def test_the_same_form_sent_twice_is_no_other_edit(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE)).tid
    old = own(database, ALICE, tid)
    for _ in range(2):
        change(database, ALICE, old, title="Shade", body="Once.", mark=old.mark)
    assert own(database, ALICE, tid).post.body == "Once."


def test_notes_set_meanwhile_are_not_taken_off_unseen(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE)).tid
    old = own(database, ALICE, tid)
    with database.write() as uow:
        commands.note(uow, old.post.id, 8)
    with pytest.raises(Invalid):
        change(database, ALICE, old, title=old.thread.title, body="New.", mark=old.mark)


def test_a_mark_is_of_the_words_alone_and_of_one_person(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    first, second = begin(database, ALICE, cid).tid, begin(database, ALICE, cid).tid
    assert own(database, ALICE, first).mark != own(database, ALICE, second).mark
    stands = own(database, ALICE, first)
    change(database, ALICE, stands, title=stands.thread.title, body=stands.post.body)
    assert own(database, ALICE, first).mark == stands.mark


def test_what_stands_is_shown_beside_what_was_typed(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = new_thread(alice, open_place(house, alice, bob)).location
    (edit,) = re.findall(rf'href="({thread}/e/\w+)"', alice.browser.get(thread).text)
    old = alice.browser.get(edit).form(edit).fields
    assert alice.browser.submit(edit, edit, title="Sun", body="Changed elsewhere.").status == 303
    back = alice.browser.post(edit, old | {"title": "Mint!", "body": "Typed yesterday."})
    assert back.status == 422
    for words in (
        "Changed elsewhere.",
        "Put my text in its place",
        "Keep what stands",
        "after this page was",
    ):
        assert words in back.text
    again = back.form(edit).fields
    assert (again["title"], again["body"].strip()) == ("Mint!", "Typed yesterday.")
    assert "Changed elsewhere." in bob.browser.get(thread).text
    assert alice.browser.post(edit, again).location == thread
    assert "Typed yesterday." in bob.browser.get(thread).text


def test_pressed_again_after_a_third_edit_it_is_asked_again(house: TestHouse, alice: Person) -> None:
    thread = new_thread(alice, open_place(house, alice)).location
    (edit,) = re.findall(rf'href="({thread}/e/\w+)"', alice.browser.get(thread).text)
    old = alice.browser.get(edit).form(edit).fields
    alice.browser.submit(edit, edit, body="Second.")
    again = alice.browser.post(edit, old | {"body": "Mine."}).form(edit).fields
    alice.browser.submit(edit, edit, body="Third.")
    page = alice.browser.post(edit, again)
    assert page.status == 422
    assert "Third." in page.text


@pytest.mark.parametrize("unnamed", [False, True])
def test_deleted_twice_it_ends_at_its_empty_place(database: Database, unnamed: bool) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    answer(database, BOB, tid, unnamed=unnamed)
    post = own(database, BOB, tid, 2).post.id
    ends = []
    for _ in range(2):
        with database.write() as uow:
            ends.append(commands.delete_post(uow, BOB, tid, post))
    assert ends[0] == ends[1]
    assert ends[0].placed is not None


def test_where_the_thread_went_whole_it_ends_in_its_community(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    post = own(database, ALICE, tid).post.id
    for _ in range(2):
        with database.write() as uow:
            assert commands.delete_post(uow, ALICE, tid, post) == TakenBack(cid)
    for viewer in (BOB, MALLORY, MONA):
        with database.write() as uow, pytest.raises(NotFound):
            commands.delete_post(uow, viewer, tid, post)


def test_of_somebody_elses_nothing_is_found_however_often(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    answer(database, BOB, tid)
    post = own(database, BOB, tid, 2).post.id
    with database.write() as uow:
        commands.delete_post(uow, BOB, tid, post)
    for viewer in (ALICE, MALLORY):
        with database.write() as uow, pytest.raises(NotFound):
            commands.delete_post(uow, viewer, tid, post)


def test_pages_of_a_second_tab_end_there_too(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid).location
    (delete,) = re.findall(rf'href="({thread}/d/\w+)"', alice.browser.get(thread).text)
    tabs = [alice.browser.get(delete).form(delete).fields | {"keep": ""} for _ in range(2)]
    assert [alice.browser.post(delete, tab).location for tab in tabs] == [f"/c/{show_id(cid)}"] * 2
    assert alice.browser.get(delete).location == f"/c/{show_id(cid)}"
    made_up = bob.browser.get(f"{thread}/d/{show_id(bytes(10))}")
    other = bob.browser.get(delete)
    assert (other.status, masked(other)) == (404, masked(made_up))


def test_a_poll_changed_meanwhile_is_not_written_over_unseen(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE)).tid
    first = own(database, ALICE, tid)
    change(database, ALICE, first, title="Shade", body="Which?", poll=NewPoll(("Tea", "Coffee")))
    old = own(database, ALICE, tid)
    words = {"title": old.thread.title, "body": old.post.body}
    change(database, ALICE, old, **words, poll=NewPoll(("Tea", "Milk")), mark=old.mark)
    now = own(database, ALICE, tid)
    assert now.mark != old.mark
    with pytest.raises(Invalid) as refused:
        change(database, ALICE, old, **words, poll=NewPoll(("Tea", "Water")), mark=old.mark)
    assert refused.value.fields == {"mark": "compose.changed"}
    change(database, ALICE, old, **words, poll=NewPoll(("Tea", "Milk")), mark=old.mark)
    change(database, ALICE, old, **words, poll=NewPoll(("Tea", "Water")), mark=now.mark)
    assert own(database, ALICE, tid).thread.poll == Poll(("Tea", "Water"))
