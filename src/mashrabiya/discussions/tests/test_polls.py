"""A poll: one ballot a person, nothing told before its end, and nobody's choice kept after it."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import (
    ALICE,
    BOB,
    CHARLIE,
    MALLORY,
    MONA,
    VISITOR,
    other_persona,
)
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries, rules
from mashrabiya.discussions.tests.factories import nameless, place, thread_facts
from mashrabiya.discussions.tests.poll_steps import (
    BALLOTS,
    BASIL,
    KEPT,
    MINT,
    POLL,
    SEVERAL,
    THYME,
    ask,
    close,
    crowd,
    days_later,
    opening,
    seen,
    told,
    vote,
)
from mashrabiya.discussions.types import NewPoll, Poll
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.platform.db import Database


def test_a_person_votes_once_under_all_her_names_and_may_choose_otherwise(database: Database) -> None:
    tid = ask(database, place(database, ALICE, BOB))
    assert vote(database, BOB, tid, MINT)
    assert vote(database, BOB, tid, MINT)
    assert vote(database, other_persona(BOB), tid, THYME)
    assert [chosen for _, _, chosen in told(database, BALLOTS)] == [THYME]
    assert [line.chosen for line in seen(database, nameless(BOB), tid).lines] == [False, False, True]
    assert vote(database, nameless(BOB), tid, None)
    assert told(database, BALLOTS) == []
    assert not seen(database, BOB, tid).voted


def test_several_only_where_several_are_asked_for(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    one, several = ask(database, cid), ask(database, cid, SEVERAL)
    assert vote(database, BOB, several, MINT | THYME)
    for chosen, why in (
        (MINT | THYME, "only_one"),
        (0, "nothing_chosen"),
        (8, "no_choice"),
        (-1, "no_choice"),
    ):
        with pytest.raises(Invalid) as refused:
            vote(database, BOB, one, chosen)
        assert refused.value.fields["vote"] == f"poll.{why}"
    with pytest.raises(Invalid):
        vote(database, BOB, several, MINT | 8)
    assert [chosen for _, _, chosen in told(database, BALLOTS)] == [MINT | THYME]


def test_what_is_kept_names_nobody_and_ties_no_two_polls(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    first, second = ask(database, cid), ask(database, cid)
    vote(database, BOB, first, MINT)
    vote(database, BOB, second, MINT)
    marks = [bytes(bnull) for _, bnull, _ in told(database, BALLOTS)]
    assert len(set(marks)) == 2
    assert not set(marks) & {*BOB.siblings, BOB.token(first), BOB.token(second)}


def test_nothing_is_counted_for_anybody_while_it_is_open(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = ask(database, cid)
    for voter in crowd(database, cid, 6):
        vote(database, voter, tid, MINT)
    for viewer in (ALICE, BOB, CHARLIE):
        poll = seen(database, viewer, tid)
        assert (poll.open, poll.counted, poll.voters) == (True, False, 0)
        assert not any(line.count or line.share or line.chosen for line in poll.lines)


def test_after_its_last_day_nothing_moves_and_what_is_not_counted_yet_shows_nothing(
    database: Database,
) -> None:
    cid = place(database, ALICE, BOB)
    tid = ask(database, cid, NewPoll(POLL.typed, days=1))
    vote(database, BOB, tid, MINT)
    with days_later(1):
        assert seen(database, BOB, tid).open
    with days_later(2):
        late = seen(database, BOB, tid)
        assert (late.open, late.counted, late.voted, late.may_vote, late.may_close) == (False,) * 5
        assert not vote(database, BOB, tid, THYME)
        assert told(database, BALLOTS) == []
        assert (seen(database, BOB, tid).counted, seen(database, BOB, tid).few) == (True, True)
        assert not vote(database, ALICE, tid, MINT)
        assert told(database, BALLOTS) == []


def test_the_house_closes_what_ended_and_nothing_else(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    ended, open_still = ask(database, cid, NewPoll(POLL.typed, days=1)), ask(database, cid)
    voters = crowd(database, cid, 5)
    for number, voter in enumerate(voters):
        vote(database, voter, ended, MINT if number else THYME)
        vote(database, voter, open_still, BASIL)
    with database.write() as uow:
        assert commands.close_polls(uow) == 0
    with days_later(2), database.write() as uow:
        assert queries.overdue_polls(uow, 0) == 1
        assert (commands.close_polls(uow), commands.close_polls(uow)) == (1, 0)
    poll = seen(database, CHARLIE, ended)
    assert (poll.counted, poll.few, poll.voters) == (True, False, 5)
    assert [(line.count, line.share) for line in poll.lines] == [(4, 80), (0, 0), (1, 20)]
    assert {bytes(tid) for tid, _, _ in told(database, BALLOTS)} == {open_still}


def test_of_fewer_than_five_nothing_is_kept(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = ask(database, cid)
    for voter in crowd(database, cid, 4):
        vote(database, voter, tid, MINT)
    close(database, ALICE, tid)
    poll = seen(database, BOB, tid)
    assert (poll.counted, poll.few, poll.voters) == (True, True, 0)
    assert told(database, KEPT) == [(-1, Poll(("Mint", "Basil", "Thyme")).keep())]
    assert told(database, BALLOTS) == []


def test_several_choices_are_counted_each(database: Database) -> None:
    counted = rules.counted(Poll(("a", "b", "c"), several=True), {0b011: 3, 0b110: 2, 0b001: 1})
    assert (counted.counts, counted.voters) == ((4, 5, 2), 6)


def test_only_its_author_closes_it_and_once(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid, plain = ask(database, cid), ask(database, cid, NewPoll())
    post = opening(database, ALICE, tid)
    for viewer in (BOB, MALLORY, VISITOR, other_persona(ALICE), MONA):
        with database.write() as uow, pytest.raises(NotFound):
            commands.close_own_poll(uow, viewer, tid, post)
    with database.write() as uow, pytest.raises(NotFound):
        commands.close_own_poll(uow, ALICE, plain, opening(database, ALICE, plain))
    close(database, ALICE, tid)
    close(database, ALICE, tid)
    assert seen(database, BOB, tid).counted
    assert not vote(database, BOB, tid, MINT)


def test_an_unnamed_author_closes_hers_under_any_name(database: Database) -> None:
    tid = ask(database, place(database, ALICE, BOB), unnamed=True)
    assert seen(database, other_persona(ALICE), tid).may_close
    close(database, other_persona(ALICE), tid)


def test_who_does_not_belong_or_may_not_read_does_not_vote(database: Database) -> None:
    cid = place(database, ALICE, BOB, audience=Audience.MEMBERS)
    tid, shown = ask(database, cid), ask(database, place(database, ALICE))
    for viewer in (MALLORY, VISITOR):
        with pytest.raises(NotFound):
            vote(database, viewer, tid, MINT)
    with pytest.raises(Refused, match="not_a_member"):
        vote(database, MALLORY, shown, MINT)
    with pytest.raises(NotFound):
        vote(database, VISITOR, shown, MINT)
    with pytest.raises(NotFound):
        vote(database, BOB, new_id(16), MINT)
    with pytest.raises(NotFound):
        vote(database, BOB, ask(database, cid, NewPoll()), MINT)
    assert told(database, BALLOTS) == []
    assert not seen(database, MALLORY, shown).may_vote


def test_whoever_is_paused_there_does_not_vote() -> None:
    assert rules.may_vote(BOB, thread_facts(), paused=False).allowed
    with pytest.raises(Refused, match=r"compose\.paused"):
        rules.may_vote(BOB, thread_facts(), paused=True).or_raise()


def test_while_the_place_is_protected_only_the_established_vote(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = ask(database, cid)
    with database.write() as uow:
        communities.protect(uow, MONA, cid, 6)
    with pytest.raises(Refused, match="read_only"):
        vote(database, BOB, tid, MINT)
    assert vote(database, MONA, tid, MINT)


def test_leaving_the_place_ends_voting_and_not_the_vote(database: Database) -> None:
    tid = ask(database, cid := place(database, ALICE, BOB))
    vote(database, BOB, tid, MINT)
    with database.write() as uow:
        communities.leave(uow, BOB, cid)
    with pytest.raises(Refused, match="not_a_member"):
        vote(database, BOB, tid, THYME)
    assert len(told(database, BALLOTS)) == 1
