"""Deleted at once, and brought back within a day from a copy that only she can open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY, MONA, join, other_persona
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, flows, listeners, queries
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.tests.factories import TITLE, answer, begin, change_audience, make_persona, place
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.discussions.types import Change, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.people import queries as people_queries
from mashrabiya.people.events import PersonaErased
from mashrabiya.people.sealed.saved import Kind, Saved
from mashrabiya.people.tables import SAVE
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.due import DUE, Staggered
from mashrabiya.testing.house import TestHouse

KEY = bytes(range(32))
CANARY = "rhubarb and quince"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    yield
    clock.offset = 0.0


def rows(database: Database, table: Any) -> list[tuple[Any, ...]]:
    asked: Statement[Any] = Statement(select(table))
    with database.read() as db:
        return sorted(db.tuples(asked), key=repr)


def post_of(database: Database, tid: bytes, n: int) -> bytes:
    with database.read() as db:
        return queries.thread_page(db, MONA, tid).posts[n - 1].id


def take(database: Database, viewer: Viewer, tid: bytes, post: bytes, *, keep: bool = True) -> Any:
    return flows.take_back(database, viewer, tid, post, keep=keep, key=KEY)


@pytest.fixture
def thread(database: Database) -> bytes:
    """Alice asks, Bob answers her by name and unnamed."""
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    answer(database, BOB, tid, CANARY)
    answer(database, BOB, tid, "Unnamed words.", unnamed=True)
    return tid


@pytest.mark.parametrize("number", [1, 2, 3])
def test_it_comes_back_exactly_as_it_was(database: Database, thread: bytes, number: int) -> None:
    author = ALICE if number == 1 else BOB
    post = post_of(database, thread, number)
    with database.write() as uow:
        commands.edit(
            uow, author, thread, post, new=Change(title=TITLE, body="With a note.", notes=8, wants=1)
        )
    before = rows(database, POST), rows(database, THREAD)
    assert take(database, author, thread, post)[1] is True
    assert CANARY not in repr(rows(database, POST)) or number != 2
    with database.read() as db:
        assert queries.thread_page(db, MONA, thread).posts[number - 1].state == PostState.DELETED
    flows.bring_back(database, author, thread, post)
    assert (rows(database, POST), rows(database, THREAD)) == before
    assert rows(database, SAVE) == []


def test_no_row_holds_it_in_clear_and_no_other_name_opens_it(database: Database, thread: bytes) -> None:
    post = post_of(database, thread, 2)
    take(database, BOB, thread, post)
    ((tag, blob, *_),) = rows(database, SAVE)
    for secret in (CANARY.encode(), post, thread, BOB.pid):
        assert secret not in bytes(tag) + bytes(blob)
    with database.read() as db:
        assert len(queries.taken_words(db, BOB)) == 1
        for viewer in (ALICE, other_persona(BOB)):
            assert queries.find_taken(db, viewer, post) is None


def test_without_a_wish_nothing_is_kept_and_pressed_twice_one_copy_is(
    database: Database, thread: bytes
) -> None:
    first, second = (post_of(database, thread, n) for n in (2, 3))
    assert take(database, BOB, thread, first, keep=False)[1] is False
    assert rows(database, SAVE) == []
    assert [take(database, BOB, thread, second)[1] for _ in range(2)] == [True, True]
    assert len(rows(database, SAVE)) == 1


def test_brought_back_twice_it_stands_once_and_nobody_else_brings_it(
    database: Database, thread: bytes
) -> None:
    post = post_of(database, thread, 2)
    take(database, BOB, thread, post)
    for viewer in (ALICE, MALLORY):
        with pytest.raises(NotFound):
            flows.bring_back(database, viewer, thread, post)
    places = [flows.bring_back(database, BOB, thread, post) for _ in range(2)]
    assert places[0] == places[1]


def refused(database: Database, viewer: Viewer, tid: bytes, post: bytes) -> str:
    with pytest.raises(Refused) as why:
        flows.bring_back(database, viewer, tid, post)
    with database.read() as db:
        assert queries.find_taken(db, viewer, post) is not None, "her words are still hers to copy"
    return why.value.why


def test_not_once_the_day_is_over_and_then_the_copy_goes(database: Database, thread: bytes) -> None:
    post = post_of(database, thread, 2)
    take(database, BOB, thread, post)
    clock.offset = 25 * clock.HOUR
    assert refused(database, BOB, thread, post) == "taken.late"
    clock.offset = 28 * clock.HOUR
    Staggered(database, KEY).all_now()
    assert rows(database, SAVE) == rows(database, DUE) == []


def test_what_lies_in_the_row_by_then_stays(database: Database, thread: bytes) -> None:
    post = post_of(database, thread, 2)
    take(database, BOB, thread, post)
    flows.bring_back(database, BOB, thread, post)
    with database.write() as uow:
        people.write_note(uow, BOB, "A private note.")
    clock.offset = 28 * clock.HOUR
    Staggered(database, KEY).all_now()
    with database.read() as db:
        assert len(people_queries.private_shelf(db, BOB).notes) == 1


def test_not_where_the_thread_went(database: Database, thread: bytes) -> None:
    post = post_of(database, thread, 2)
    take(database, BOB, thread, post)
    with database.write() as uow:
        commands.drop_thread(uow, thread)
    assert refused(database, BOB, thread, post) == "taken.thread_gone"


def test_not_where_more_people_read_by_now(database: Database, thread: bytes) -> None:
    cid = rows(database, THREAD)[0][1]
    post = post_of(database, thread, 2)
    change_audience(database, bytes(cid), Audience.MEMBERS)
    take(database, BOB, thread, post)
    with database.write() as uow:
        uow._connection.execute("UPDATE thread SET audience = 1")
        uow._connection.execute("UPDATE community SET audience = 1")
    assert refused(database, BOB, thread, post) == "taken.wider"


def test_not_by_whoever_may_not_write_there_any_more(database: Database, thread: bytes) -> None:
    cid = bytes(rows(database, THREAD)[0][1])
    post = post_of(database, thread, 2)
    take(database, BOB, thread, post)
    with database.write() as uow:
        communities.leave(uow, BOB, cid, new_id().hex())
    refused(database, BOB, thread, post)
    join(database, BOB, cid)
    flows.bring_back(database, BOB, thread, post)


def test_not_while_the_place_is_protected(database: Database, thread: bytes) -> None:
    cid = bytes(rows(database, THREAD)[0][1])
    post = post_of(database, thread, 2)
    take(database, BOB, thread, post)
    with database.write() as uow:
        communities.protect(uow, MONA, cid, 6)
    refused(database, BOB, thread, post)


def test_not_under_a_second_name_of_hers(database: Database, thread: bytes) -> None:
    other = other_persona(BOB)
    cid = bytes(rows(database, THREAD)[0][1])
    make_persona(database, other)
    join(database, other, cid)
    post = post_of(database, thread, 2)
    take(database, BOB, thread, post)
    with database.read() as db, pytest.raises(NotFound):
        queries.words_to_keep(db, other, thread, post)
    # The voice she had there stays hers while its place is empty.
    with pytest.raises(Refused):
        answer(database, other, thread, "Another name.")


def test_what_is_held_is_not_kept(database: Database, thread: bytes) -> None:
    post = post_of(database, thread, 2)
    with database.write() as uow:
        commands.hold(uow, post)
    assert take(database, BOB, thread, post)[1] is False
    assert rows(database, SAVE) == []


def test_whoever_was_erased_meanwhile_is_named_nowhere(database: Database, thread: bytes) -> None:
    post = post_of(database, thread, 2)
    with database.write() as uow:
        commands.edit(uow, BOB, thread, post, new=Change(body="As @Alice said."))
    take(database, BOB, thread, post)
    with database.write() as uow:
        uow._connection.execute("DELETE FROM persona WHERE name = 'Alice'")
    with database.write() as uow:
        event = PersonaErased(ALICE.pid, 0)
        listeners.forget_author(uow, event)
        listeners.forget_mentions(uow, event)
    flows.bring_back(database, BOB, thread, post)
    assert markdown.reference(ALICE.pid) not in repr(rows(database, POST))


def test_marks_and_wordings_do_not_come_back(database: Database, thread: bytes) -> None:
    post = post_of(database, thread, 2)
    with database.write() as uow:
        commands.mark_helped(uow, ALICE, thread, post, wish=True)
        commands.mark_needed(uow, ALICE, thread, 2, wish=True)
    take(database, BOB, thread, post)
    flows.bring_back(database, BOB, thread, post)
    with database.read() as db:
        found = queries.thread_page(db, ALICE, thread)
    assert (found.posts[1].helped, found.thread.needed) == (0, 0)


def test_no_room_deletes_all_the_same(database: Database, thread: bytes) -> None:
    keys = people_queries.save_keys(BOB)
    with database.write() as uow:
        for tag in keys.tags():
            uow.insert(SAVE, tag=tag, blob=keys.seal(Saved(Kind.NOTE, 1, b"Words."), tag), until_q=10**6)
    post = post_of(database, thread, 2)
    assert take(database, BOB, thread, post)[1] is None
    with database.read() as db:
        assert queries.thread_page(db, MONA, thread).posts[1].state == PostState.DELETED


def test_by_pages(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language="ar")
    thread = new_thread(alice, open_place(house, alice, bob)).location
    bob.browser.submit(thread, thread, body=CANARY)
    bob.browser.submit(thread, thread, body="Unnamed.", unnamed="1")
    first, second = dict.fromkeys(re.findall(rf'href="({thread}/d/\w+)"', bob.browser.get(thread).text))
    assert bob.browser.get(first).form(first).fields["keep"] == "1"
    assert "keep" not in bob.browser.get(second).form(second).fields
    assert bob.browser.submit(second, second).location == f"{thread}?n=3#n3"
    assert bob.browser.submit(first, first).location == "/me/undo"
    assert CANARY not in alice.browser.get(thread).text
    page = bob.browser.get("/me/undo")
    assert CANARY in page.text
    assert CANARY not in alice.browser.get("/me/undo").text
    assert bob.browser.submit("/me/undo", "/me/undo").location == f"{thread}?n=2#n2"
    assert CANARY in alice.browser.get(thread).text
    assert bob.browser.submit(first, first).location == "/me/undo"
    fields = bob.browser.get("/me/undo").form("/me/undo").fields
    assert bob.browser.post("/me/undo", fields | {"drop": "1"}).location == "/me/undo"
    assert "لا شيء محفوظ هنا" in bob.browser.get("/me/undo").text
    assert bob.browser.post("/me/undo", fields).status == 404
    for made_up in ({"tid": "x"}, {"post": "x"}, {"tid": "", "post": ""}):
        assert bob.browser.post("/me/undo", fields | made_up).status == 404


def test_where_the_thread_went_whole_with_it_only_the_text_is_offered(house: TestHouse) -> None:
    alice = house.person("Alice")
    cid = open_place(house, alice)
    thread = new_thread(alice, cid, title="Mint?", body=CANARY).location
    (delete,) = re.findall(rf'href="({thread}/d/\w+)"', alice.browser.get(thread).text)
    assert "its text alone stays in the copy" in alice.browser.get(delete).text
    assert alice.browser.submit(delete, delete).location == "/me/undo"
    house.database.trace = []
    page = alice.browser.get("/me/undo")
    asked, house.database.trace = house.database.trace, None
    assert len(asked) <= 6
    assert CANARY in page.text
    assert "The thread is not here any more" in page.text
    assert "Bring it back" not in page.text
    met = alice.browser.submit("/me/undo", "/me/undo")
    assert (met.status, CANARY in met.text) == (422, True)
