"""A poll stands and goes with the words that asked it, and its choices stand fast once somebody has voted."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
)
from mashrabiya.discussions import commands, queries, rules
from mashrabiya.discussions.tests.factories import answer, place, thread_facts
from mashrabiya.discussions.tests.poll_steps import (
    BALLOTS,
    KEPT,
    MINT,
    POLL,
    THYME,
    ask,
    close,
    opening,
    seen,
    told,
    vote,
)
from mashrabiya.discussions.types import Change, NewPoll, Poll, PostState
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.platform.db import Database, Write


@pytest.mark.parametrize("act", [commands.hide, commands.remove, commands.hold])
def test_withheld_with_its_words_it_is_not_there_and_comes_back(database: Database, act: Any) -> None:
    tid = ask(database, place(database, ALICE, BOB))
    vote(database, BOB, tid, MINT)
    post = opening(database, ALICE, tid)
    with database.write() as uow:
        act(uow, post)
    for viewer in (ALICE, BOB):
        with database.read() as db:
            page = queries.thread_page(db, viewer, tid)
            assert page.poll is None
            assert [row.polled for row in queries.latest(db, viewer).rows] == [0]
        with pytest.raises(NotFound):
            vote(database, viewer, tid, THYME)
    with database.write() as uow:
        commands.restore(uow, post)
    assert seen(database, BOB, tid).lines[0].chosen


def test_it_goes_with_its_words(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    taken, blanked, dropped = (ask(database, cid) for _ in range(3))
    for tid in (taken, blanked, dropped):
        vote(database, BOB, tid, MINT)
        answer(database, BOB, tid)
    first = opening(database, ALICE, taken)
    with database.write() as uow:
        commands.delete_post(uow, ALICE, taken, first)
    post = opening(database, ALICE, blanked)
    with database.write() as uow:
        commands.remove(uow, post)
        commands.blank(uow, post)
        commands.drop_thread(uow, dropped)
    assert told(database, KEPT) == [(0, ""), (0, "")]
    assert told(database, BALLOTS) == []


def change(uow: Write, tid: bytes, post: bytes, poll: NewPoll | None) -> None:
    commands.edit(uow, ALICE, tid, post, new=Change(body="Other words.", title="Which?", poll=poll))


def test_it_changes_until_somebody_has_voted_and_an_edit_never_loses_it(database: Database) -> None:
    tid = ask(database, place(database, ALICE, BOB))
    post, other = opening(database, ALICE, tid), NewPoll(("Rose", "Sage"), several=True, days=3)
    with database.write() as uow:
        change(uow, tid, post, other)
    assert [line.text for line in seen(database, BOB, tid).lines] == ["Rose", "Sage"]
    assert seen(database, BOB, tid).ends == 3
    with database.write() as uow:
        change(uow, tid, post, None)
    vote(database, BOB, tid, MINT)
    with database.write() as uow:
        change(uow, tid, post, other)
    for late in (POLL, NewPoll(), NewPoll(other.typed, several=True, days=9)):
        with pytest.raises(Invalid) as refused, database.write() as uow:
            change(uow, tid, post, late)
        assert refused.value.fields == {"choice_1": "poll.stands_fast"}
    with database.read() as db:
        assert queries.stands_fast(db, queries.get_thread(db, ALICE, tid))
    vote(database, BOB, tid, None)
    close(database, ALICE, tid)
    with pytest.raises(Invalid), database.write() as uow:
        change(uow, tid, post, POLL)
    with database.write() as uow:
        change(uow, tid, post, None)
    assert seen(database, BOB, tid).counted


def test_one_is_added_and_taken_out_by_editing_while_nobody_voted(database: Database) -> None:
    tid = ask(database, place(database, ALICE, BOB), NewPoll())
    post = opening(database, ALICE, tid)
    with database.write() as uow:
        change(uow, tid, post, POLL)
    assert seen(database, BOB, tid).open
    with database.write() as uow:
        change(uow, tid, post, NewPoll())
    assert told(database, KEPT) == [(0, "")]


@pytest.mark.parametrize(
    ("typed", "days", "field", "why"),
    [
        (("Mint",), 7, "choice_2", "too_few"),
        (tuple(f"Choice {n}" for n in range(9)), 7, "choice_2", "too_few"),
        (("Mint", "mint"), 7, "choice_1", "alike"),
        (("نعناع", "نِعْنَاع"), 7, "choice_1", "alike"),
        (("Mint", "M" * 121), 7, "choice_2", "too_long"),
        (("Mint", "Basil"), 0, "days", "days_wrong"),
        (("Mint", "Basil"), 31, "days", "days_wrong"),
    ],
)
def test_what_is_no_poll_is_said_beside_its_field(
    typed: tuple[str, ...], days: int, field: str, why: str
) -> None:
    assert rules.wrong_poll(NewPoll(typed, days=days)) == {field: f"poll.{why}"}


def test_signs_alone_are_choices_and_what_cannot_be_seen_is_none() -> None:
    assert rules.wrong_poll(NewPoll(("🌞", "🌙"))) == {}
    assert rules.wrong_poll(NewPoll(("", "\u200b", " "))) == {}


@pytest.mark.parametrize("state", PostState)
def test_it_shows_while_its_first_post_does(state: PostState) -> None:
    asked = structs.replace(thread_facts(), kept_poll=Poll(("a", "b")).keep(), opening=int(state))
    assert (asked.poll is not None) == (state == PostState.SHOWN)


def test_a_reply_asks_nothing_of_it(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    asked = []
    for poll in (POLL, NewPoll()):
        tid = ask(database, cid, poll)
        database.trace = trace = list[str]()
        answer(database, BOB, tid)
        database.trace = None
        asked.append(trace)
    assert asked[0] == asked[1]
    assert not any("ballot" in sql for sql in asked[0])


def test_a_page_asks_no_more_for_it(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    counts = []
    for poll in (POLL, NewPoll()):
        tid = ask(database, cid, poll)
        database.trace = trace = list[str]()
        with database.read() as db:
            queries.thread_page(db, BOB, tid)
        database.trace = None
        counts.append(len(trace))
    assert counts[0] == counts[1]
