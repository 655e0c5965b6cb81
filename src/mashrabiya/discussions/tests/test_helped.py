"""Saying that a post helped: one mark a person, and a count that is always exact."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    CHARLIE,
    MALLORY,
    VISITOR,
    other_persona,
    person,
)
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tables import POST, REACTION, THREAD
from mashrabiya.discussions.tests.factories import answer, begin, nameless, place
from mashrabiya.discussions.types import Marked
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement

MARKS: Statement[Any] = Statement(select(REACTION.c.post, REACTION.c.rnull))
COUNTS: Statement[Any] = Statement(select(POST.c.helped).order_by(POST.c.tid, POST.c.n))
THREADS: Statement[Any] = Statement(select(THREAD.c.helped))


def mark(database: Database, viewer: Viewer, tid: bytes, n: int, wish: bool | None = None) -> Marked:
    """Say it of the post of that number."""
    with database.read() as db:
        post = queries.thread_page(db, ALICE, tid, n).post(n)
    assert post is not None
    with database.write() as uow:
        return commands.mark_helped(uow, viewer, tid, post.id, wish=wish)


def told(database: Database, statement: Statement[Any]) -> list[Any]:
    with database.read() as db:
        return db.tuples(statement)


def test_a_person_says_it_once_under_all_her_names_and_takes_it_back(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, ALICE, tid, unnamed=True)
    assert (mark(database, BOB, tid, 2).helped, mark(database, CHARLIE, tid, 2).people) == (True, 2)
    again = mark(database, other_persona(BOB), tid, 2, wish=True)
    assert (again.helped, again.people) == (True, 2)
    back = mark(database, nameless(BOB), tid, 2)
    assert (back.helped, back.people, back.placed.n) == (False, 1, 2)
    assert mark(database, BOB, tid, 2, wish=False).people == 1
    assert told(database, COUNTS) == [(0,), (1,)]
    assert told(database, THREADS) == [(0,)]


def test_the_opening_counts_for_its_thread(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid, unnamed=True).tid
    mark(database, BOB, tid, 1)
    assert told(database, THREADS) == told(database, COUNTS) == [(1,)]
    mark(database, BOB, tid, 1)
    assert told(database, THREADS) == told(database, COUNTS) == [(0,)]


def test_what_is_kept_names_nobody_and_ties_no_two_marks(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, ALICE, tid)
    mark(database, BOB, tid, 1)
    mark(database, BOB, tid, 2)
    marks = [bytes(rnull) for _, rnull in told(database, MARKS)]
    assert len(set(marks)) == 2
    assert not set(marks) & {*BOB.siblings, BOB.token(tid)}


@pytest.mark.parametrize("unnamed", [False, True])
@pytest.mark.parametrize("as_other", [False, True])
def test_nobody_marks_her_own_post(database: Database, unnamed: bool, as_other: bool) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid, unnamed=unnamed).tid
    with pytest.raises(Refused, match="helped_own"):
        mark(database, other_persona(ALICE) if as_other else ALICE, tid, 1)
    assert told(database, MARKS) == []


def test_who_may_not_read_finds_nothing(database: Database) -> None:
    cid = place(database, ALICE, BOB, audience=Audience.MEMBERS)
    tid, other = begin(database, ALICE, cid).tid, begin(database, ALICE, cid).tid
    with database.read() as db:
        (post,) = queries.thread_page(db, ALICE, tid).posts
    attempts: list[Callable[[Any], Marked]] = [
        lambda uow: commands.mark_helped(uow, MALLORY, tid, post.id),
        lambda uow: commands.mark_helped(uow, VISITOR, tid, post.id),
        lambda uow: commands.mark_helped(uow, BOB, other, post.id),
        lambda uow: commands.mark_helped(uow, BOB, tid, new_id(10)),
        lambda uow: commands.mark_helped(uow, BOB, new_id(16), post.id),
    ]
    for attempt in attempts:
        with database.write() as uow, pytest.raises(NotFound):
            attempt(uow)
    assert told(database, MARKS) == []


def test_marks_go_with_what_they_were_about(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, ALICE, tid)
    mark(database, BOB, tid, 1)
    mark(database, BOB, tid, 2)
    with database.read() as db:
        opening, reply = queries.thread_page(db, ALICE, tid).posts
    with database.write() as uow:
        commands.delete_post(uow, ALICE, tid, opening.id)
    assert [bytes(post) for post, _ in told(database, MARKS)] == [reply.id]
    assert (told(database, COUNTS), told(database, THREADS)) == ([(0,), (1,)], [(0,)])
    with database.write() as uow, pytest.raises(NotFound):
        commands.mark_helped(uow, BOB, tid, opening.id)
    with database.write() as uow:
        commands.drop_thread(uow, tid)
    assert told(database, MARKS) == []


def test_a_page_knows_which_of_its_posts_helped_her(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    for _ in range(24):
        answer(database, ALICE, tid)
    for n in (1, 3, 20, 21):
        mark(database, BOB, tid, n)
    mark(database, CHARLIE, tid, 4)
    with database.read() as db:
        assert queries.thread_page(db, BOB, tid).marked == {1, 3, 20}
        assert queries.thread_page(db, other_persona(BOB), tid, 21).marked == {21}
        assert queries.thread_page(db, CHARLIE, tid).marked == {4}


def test_the_count_is_exact_however_many_say_it_at_once(database: Database) -> None:
    cid = place(database, ALICE)
    tid = begin(database, ALICE, cid).tid
    with database.read() as db:
        (post,) = queries.thread_page(db, ALICE, tid).posts
    people, dice = [person(f"Reader {n}") for n in range(6)], Random(7)
    wishes = [(dice.choice(people), dice.choice([True, False, None])) for _ in range(240)]

    def say(wish: tuple[Viewer, bool | None]) -> None:
        with database.write() as uow:
            commands.mark_helped(uow, wish[0], tid, post.id, wish=wish[1])

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(say, wishes))
    say((people[0], True))
    marks = told(database, MARKS)
    assert told(database, COUNTS) == told(database, THREADS) == [(len(marks),)]
    assert 0 < len(marks) <= 6
