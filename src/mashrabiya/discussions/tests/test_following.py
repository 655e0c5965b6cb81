"""Following: a list that lies sealed with one persona, and what is new in it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_new_to_her import at_home, marks
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.discussions.types import PAGE
from mashrabiya.home.tests.test_home import counted, statements, titles
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.people import commands as people
from mashrabiya.people.flows import alter_preferences
from mashrabiya.people.queries import find_lists, followed
from mashrabiya.people.queries.private import MOST
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

LIST = "/?only=following"


@pytest.fixture
def cid(house: TestHouse, alice: Person, bob: Person) -> bytes:
    return open_place(house, alice, bob)


def follow(person: Person, thread: str, on: str = "1") -> str:
    fields = {**person.browser.get(thread).form(f"{thread}/f").fields, **({"on": on} if on else {})}
    return person.browser.post(f"{thread}/f", fields).location


def accounts(house: TestHouse) -> list[str]:
    return sorted(map(repr, house.database.connection().execute("SELECT * FROM account").fetchall()))


def test_a_thread_is_followed_found_in_her_list_and_let_go(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    thread, other = (begin(house.database, alice.viewer, cid, title=t).address for t in ("Mint", "Sage"))
    assert "Nothing is followed here yet." in bob.browser.get(LIST).text
    kept = accounts(house)
    assert follow(bob, thread) == follow(bob, thread) == thread
    assert accounts(house) == kept
    assert "Follow no longer" in bob.browser.get(thread).text
    text = bob.browser.get(LIST).text
    assert titles(text) == [thread.removeprefix("/t/")]
    assert 'aria-current="true" href="?only=following"' in text
    assert other.removeprefix("/t/") not in titles(text)
    assert "Follow this thread" in alice.browser.get(thread).text
    assert follow(bob, thread, on="") == LIST
    assert (
        bob.browser.post(f"{thread}/f", bob.browser.get(thread).form(f"{thread}/f").fields).location == LIST
    )
    assert titles(bob.browser.get(LIST).text) == []
    assert followed(bob.viewer) == ()


def test_those_written_to_last_come_first_and_say_what_is_new(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    first, second = (begin(house.database, alice.viewer, cid, title=t) for t in ("Mint", "Sage"))
    at_home(bob)
    for placed in (first, second):
        follow(bob, placed.address)
    clock.offset += clock.DAY
    for person in (alice, bob):
        at_home(person)
    answer(house.database, alice.viewer, first.tid)
    text = bob.browser.get(LIST).text
    assert titles(text) == [show_id(first.tid), show_id(second.tid)]
    assert re.search(r"1(</bdi>)? new</span>", text)
    marks(house).write()
    assert statements(bob, LIST) <= 6


def test_it_goes_on_on_further_pages_and_takes_no_more_statements(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    made = [begin(house.database, alice.viewer, cid).tid for _ in range(PAGE + 3)]
    counts = []
    for tid in made:
        with house.database.write() as uow:
            commands.follow(uow, bob.viewer, tid)
        if tid in (made[0], made[-1]):
            counts.append(statements(bob, LIST))
    assert counts[0] == counts[1]
    text = bob.browser.get(LIST).text
    older = re.search(r'rel="next" href="([^"]+)"', text)
    assert older is not None
    after = unescape(older[1])
    assert "only=following" in after
    rest = titles(bob.browser.get(after).text)
    assert len(titles(text)) == PAGE
    assert set(titles(text)) | set(rest) == {show_id(tid) for tid in made}
    for odd in ("-1", "x", "9" * 30, "٢"):
        assert bob.browser.get(f"{LIST}&after={odd}").status == 200


def test_it_is_of_one_persona_and_lies_sealed(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    placed = begin(house.database, alice.viewer, cid)
    follow(bob, placed.address)
    rows = house.database.connection().execute("SELECT priv, state FROM persona").fetchall()
    assert not any(placed.tid in bytes(row[0]) for row in rows)
    bob.new_persona("Other")
    assert followed(bob.viewer) == ()
    assert "Nothing is followed here yet." in bob.browser.get(LIST).text
    bob.as_persona(0)
    assert followed(bob.viewer) == (placed.tid,)


def test_what_she_may_not_read_is_not_followed_and_no_longer_listed(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob, audience=Audience.MEMBERS)
    placed = begin(house.database, alice.viewer, cid)
    charlie = house.person("Charlie")
    token = bob.browser.get(placed.address).form(f"{placed.address}/f").fields
    hidden = charlie.browser.post(f"{placed.address}/f", {**token, "on": "1"})
    nothing = charlie.browser.post(f"/t/{show_id(bytes(16))}/f", {**token, "on": "1"})
    assert (hidden.status, hidden.body) == (nothing.status, nothing.body)
    with house.database.write() as uow:
        for tid in (placed.tid, bytes(16)):
            with pytest.raises(NotFound):
                commands.follow(uow, charlie.viewer, tid)
    follow(bob, placed.address)
    bob.browser.submit(f"/c/{show_id(cid)}/out", f"/c/{show_id(cid)}/out")
    assert titles(bob.browser.get(LIST).text) == []
    assert house.browser().get(LIST).status == 200


def test_there_is_room_for_a_hundred_and_what_is_gone_makes_room(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    placed, other = (begin(house.database, alice.viewer, cid) for _ in range(2))
    for _ in range(MOST):
        with house.database.write() as uow:
            people.follow(uow, bob.viewer, new_id(), there=set)
    with house.database.write() as uow, pytest.raises(Refused, match=r"follow\.full"):
        people.follow(uow, bob.viewer, placed.tid, there=set)
    with house.database.write() as uow:
        commands.follow(uow, bob.viewer, placed.tid)
        commands.follow(uow, bob.viewer, other.tid)
    assert followed(bob.viewer) == (placed.tid, other.tid)


def test_what_others_keep_away_stays_beside_it(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    placed = begin(house.database, alice.viewer, cid)
    before = bob.viewer
    with house.database.write() as uow:
        people.hide_words(uow, before, ["rutabaga"], shared=False)
    # From a page of before: merged, and not written over.
    with house.database.write() as uow:
        commands.follow(uow, before, placed.tid)
    with house.database.read() as db:
        lists = find_lists(db, bob.viewer)
    assert (lists.words, lists.follows) == (("rutabaga",), (placed.tid,))


def test_writing_by_name_may_follow_too(house: TestHouse, alice: Person, bob: Person, cid: bytes) -> None:
    opened = new_thread(alice, cid, follow="1").location.partition("?")[0]
    assert titles(alice.browser.get(LIST).text) == [opened.removeprefix("/t/")]
    assert bob.browser.submit(opened, opened, body="Here.", follow="1").location == f"{opened}?n=2#n2"
    assert titles(bob.browser.get(LIST).text) == [opened.removeprefix("/t/")]
    assert 'name="follow"' not in bob.browser.get(opened).text


def test_writing_unnamed_never_touches_the_row_of_a_persona(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    asked = "SELECT id, priv, state FROM persona"
    before = sorted(map(repr, house.database.connection().execute(asked).fetchall()))
    opened = new_thread(alice, cid, follow="1", unnamed="1").location.partition("?")[0]
    bob.browser.submit(opened, opened, body="Here.", follow="1", unnamed="1")
    assert sorted(map(repr, house.database.connection().execute(asked).fetchall())) == before


def test_a_full_list_never_costs_a_reply(house: TestHouse, alice: Person, bob: Person, cid: bytes) -> None:
    placed = begin(house.database, alice.viewer, cid)
    threads = [begin(house.database, alice.viewer, cid).tid for _ in range(MOST)]
    for tid in threads:
        with house.database.write() as uow:
            people.follow(uow, bob.viewer, tid, there=set)
    sent = bob.browser.submit(placed.address, placed.address, body="Here.", follow="1")
    assert sent.location == f"{placed.address}?n=2#n2"
    assert placed.tid not in followed(bob.viewer)
    assert bob.browser.post(
        f"{placed.address}/f",
        {**bob.browser.get(placed.address).form(f"{placed.address}/f").fields, "on": "1"},
    ).status in {403, 409, 422}


def test_a_reply_without_the_tick_costs_nothing_more(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    placed = begin(house.database, alice.viewer, cid)
    sheet = bob.browser.get(placed.address).form(placed.address).fields
    trace: list[str] = []
    house.database.trace = trace
    assert bob.browser.post(placed.address, {**sheet, "body": "Here."}).status == 303
    house.database.trace = None
    assert not [sql for sql in trace if "UPDATE persona" in sql or "mark" in sql.split("FROM")[-1][:8]]


def test_a_visitor_follows_nothing(house: TestHouse, alice: Person, cid: bytes) -> None:
    thread = begin(house.database, alice.viewer, cid).address
    assert "Sign in" in house.browser().post(f"{thread}/f", {"on": "1"}).text
    assert counted(house, house.browser(), "/t?only=following") == 1


def test_in_the_neutral_look_it_is_a_note_that_is_followed(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    thread = begin(house.database, alice.viewer, cid, title="Telling title").address
    alter_preferences(house.site, bob.browser.cookies[SESSION], discreet=True)
    assert "Follow this note" in bob.browser.get(thread).text
    assert "Follow this note" in bob.browser.get(LIST).text
    follow(bob, thread)
    text = bob.browser.get(LIST).text
    assert thread in unescape(text)
    assert "Follow this thread" not in text


def test_a_tick_comes_back_with_a_form_that_was_not_taken(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    thread = begin(house.database, alice.viewer, cid).address
    page = bob.browser.submit(thread, thread, body="x" * 20_000, follow="1")
    assert page.status == 422
    assert page.form(thread).fields["follow"] == "1"
    assert followed(bob.viewer) == ()
