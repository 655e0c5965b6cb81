"""Finding one's way in a long thread: pages, kinds, what helped, numbers and days."""

from __future__ import annotations

import pytest

from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY, VISITOR
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, forms, queries
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.discussions.types import Kind, NewReply, Paging, Sought, ThreadPage
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.platform.db import Database

FACTS = Sought(kind=Kind.FACTS)


def numbers(found: ThreadPage) -> list[int]:
    return [post.n for post in found.posts]


@pytest.fixture
def long(database: Database) -> bytes:
    """A thread of 52 posts by two people: every second reply gives facts, the fifth one was deleted."""
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    with database.write() as uow:
        for n in range(2, 53):
            kind = Kind.FACTS if n % 2 else Kind.PLAIN
            commands.reply(uow, BOB, tid, NewReply(body=f"Reply {n}", kind=kind))
    with database.read() as db:
        post = queries.thread_page(db, BOB, tid).posts[4]
    with database.write() as uow:
        commands.delete_post(uow, BOB, tid, post.id)
    return tid


def test_only_the_replies_of_a_kind_with_their_own_numbers(database: Database, long: bytes) -> None:
    with database.read() as db:
        first = queries.thread_page(db, ALICE, long, sought=FACTS)
        later = queries.thread_page(db, ALICE, long, first.paging.after, sought=FACTS)
    assert numbers(first) == [1, 3, *range(7, 43, 2)]
    assert (first.paging.before, first.paging.after) == (0, 43)
    assert numbers(later) == [43, 45, 47, 49, 51]
    assert (later.paging.before, later.paging.after, later.opening) == (1, 0, None)


def test_narrowed_pages_lead_both_ways_and_each_post_stays_on_its_page(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid

    def say(numbers: range) -> None:
        with database.write() as uow:
            for n in numbers:
                kind = Kind.PLAIN if n % 3 else Kind.FACTS
                commands.reply(uow, BOB, tid, NewReply(body=f"Reply {n}", kind=kind))

    def page(number: int) -> ThreadPage:
        with database.read() as db:
            return queries.thread_page(db, ALICE, tid, number, sought=FACTS)

    say(range(2, 200))
    wanted, seen, number, begins = [1, *range(3, 200, 3)], [], 1, []
    while number:
        found = page(number)
        begins.append(number)
        assert all(page(post.n) == found for post in found.posts)
        assert found.paging.before == (begins[-2] if begins[1:] else 0)
        seen += numbers(found)
        number = found.paging.after
    assert seen == wanted
    assert page(1).paging.finish == begins[-1]
    assert page(begins[-1]).paging.start == 1
    assert page(4) == page(6), "a number that was not sought leads to the next that was"
    assert numbers(page(10**8)) == numbers(page(begins[-1]))
    before = [page(begun).posts for begun in begins[:-1]]
    say(range(200, 260))
    assert [page(begun).posts for begun in begins[:-1]] == before


def test_only_what_helped(database: Database, long: bytes) -> None:
    with database.read() as db:
        posts = queries.thread_page(db, ALICE, long, 41).posts
    with database.write() as uow:
        for post in posts[:2]:
            commands.mark_helped(uow, ALICE, long, post.id)
    with database.read() as db:
        found = queries.thread_page(db, ALICE, long, sought=Sought(helped=True))
    assert numbers(found) == [1, 41, 42]
    assert found.marked == {41, 42}


def test_of_a_kind_that_nobody_used_the_opening_stands_alone(database: Database, long: bytes) -> None:
    with database.read() as db:
        found = queries.thread_page(db, ALICE, long, sought=Sought(kind=Kind.TALK))
        beyond = queries.thread_page(db, ALICE, long, 500, sought=Sought(kind=Kind.TALK))
    assert (numbers(found), found.paging.after) == ([1], 0)
    assert beyond == found


def test_one_statement_reads_the_posts_however_they_are_asked_for(database: Database, long: bytes) -> None:
    for sought in (Sought(), FACTS, Sought(helped=True)):
        database.trace = []
        with database.read() as db:
            queries.thread_page(db, ALICE, long, sought=sought)
        assert len([sql for sql in database.trace if "post.html" in sql]) == 1
        assert len(database.trace) <= 4
    database.trace = None


def test_five_hundred_replies_page_well() -> None:
    seen: list[int] = []
    number = 1
    while number:
        paging = Paging.of(number, 501)
        assert paging.start == (1 if paging.first > 21 else 0)
        assert paging.finish == (501 if paging.after and paging.after != 501 else 0)
        seen += range(paging.first, min(paging.last, 501) + 1)
        number = paging.after
    assert seen == list(range(1, 502))
    assert Paging.of(10**8, 501) == Paging.of(501, 501)


def test_a_day_leads_to_its_first_post_or_the_next(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    clock.offset = -5.0 * clock.DAY
    tid = begin(database, ALICE, cid).tid
    clock.offset = -3.0 * clock.DAY
    answer(database, BOB, tid)
    clock.offset = 0.0
    answer(database, ALICE, tid)
    answer(database, BOB, tid)
    today = clock.day()
    with database.read() as db:
        days = [queries.place_of_day(db, ALICE, tid, today - ago).n for ago in (90, 5, 4, 3, 2, 0, -1)]
    assert days == [1, 1, 2, 2, 3, 3, 4]


def test_no_day_of_a_hidden_thread_is_told(database: Database) -> None:
    cid = place(database, ALICE, audience=Audience.HIDDEN)
    tid = begin(database, ALICE, cid).tid
    for viewer in (MALLORY, VISITOR):
        with database.read() as db, pytest.raises(NotFound):
            queries.place_of_day(db, viewer, tid, clock.day())


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1970-01-03", 2),
        ("٢٠٢٦-١١-٢٠", 20777),
        (" 2026-11-20 ", 20777),
        ("1066-10-14", 0),
        ("", None),
        ("2026-13-01", None),
        ("yesterday", None),
        ("2026-11-20T10:00", None),
        ("\ud800", None),
    ],
)
def test_a_day_is_read_as_typed(typed: str, day: int | None) -> None:
    assert forms.day(typed) == day


@pytest.mark.parametrize(
    ("typed", "number"), [("57", 57), ("٥٧", 57), ("", 1), ("-3", 1), ("9" * 9, 1), ("x", 1)]
)
def test_a_number_is_read_as_typed(typed: str, number: int) -> None:
    assert forms.number(typed) == number
