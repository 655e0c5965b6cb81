"""T32: no act shows old words to a wider audience, or keeps them longer, than was true when they were written.

Every act on a community, against every class of viewer: what a class could not open before the act
it cannot open after it. Only somebody who joins becomes of another class, and only she does.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, MONA, VISITOR, join
from mashrabiya.communities.tests.test_queries import exclude
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import listeners
from mashrabiya.discussions import queries as threads
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.discussions.types import Change, Placed
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database
from mashrabiya.platform.outbox import Delivery

# Alice writes; Mallory was a member and is excluded; Mona runs the place.
CLASSES = {"visitor": VISITOR, "signed in": CHARLIE, "member": BOB, "excluded": MALLORY, "host": MONA}
OPENS = {
    Audience.PUBLIC: {"visitor", "signed in", "member", "excluded", "host"},
    Audience.SIGNED_IN: {"signed in", "member", "host"},
    Audience.MEMBERS: {"member", "host"},
    Audience.TRUSTED: {"member", "host"},
    Audience.HIDDEN: {"member", "host"},
}

# Registered by being imported.
HOLDS = listeners.hold_threads


def scene(database: Database, audience: Audience, days: int = 365) -> bytes:
    """A place of that audience with all of these people, each where she belongs."""
    cid = place(database, ALICE, BOB, MALLORY)
    exclude(database, MALLORY, cid)
    change(database, cid, audience, days)
    return cid


def change(database: Database, cid: bytes, audience: Audience, days: int = 365) -> None:
    """Mona decides anew, and it is told everywhere."""
    decide(database, cid, audience, days)
    tell(database)


def decide(database: Database, cid: bytes, audience: Audience, days: int = 365) -> None:
    with database.read() as db:
        name = queries.get_community(db, MONA, cid).name
    new = NewCommunity(name=name, language="en", audience=audience, retention_days=days)
    with database.write() as uow:
        commands.edit(uow, MONA, cid, new)


def tell(database: Database) -> None:
    delivery = Delivery(database)
    while delivery.step():
        pass


def opens(database: Database, cid: bytes, tid: bytes) -> set[str]:
    """The classes that can open the thread; lists and the thread's own page agree."""
    found = set()
    for name, viewer in CLASSES.items():
        with database.read() as db:
            by_address = threads.find_thread(db, viewer, tid) is not None
            listed = tid in [row.id for row in threads.community_threads(db, viewer, cid).rows]
            latest = tid in [row.id for row in threads.latest(db, viewer).rows]
        assert by_address == listed == latest, name
        found |= {name} if by_address else set()
    return found


@pytest.mark.parametrize("before", list(Audience))
@pytest.mark.parametrize("after", list(Audience))
def test_a_change_of_audience_opens_nothing_old(
    database: Database, before: Audience, after: Audience
) -> None:
    cid = scene(database, before)
    old = begin(database, ALICE, cid)
    assert opens(database, cid, old.tid) == OPENS[before]
    change(database, cid, after)
    assert opens(database, cid, old.tid) == OPENS[max(before, after)]
    new = begin(database, ALICE, cid)
    assert opens(database, cid, new.tid) == OPENS[after]


@pytest.mark.parametrize("begun", list(Audience))
@pytest.mark.parametrize("narrow", list(Audience))
def test_what_closed_stays_closed_when_the_place_opens_again(
    database: Database, begun: Audience, narrow: Audience
) -> None:
    cid = scene(database, begun)
    old = begin(database, ALICE, cid)
    change(database, cid, narrow)
    before = opens(database, cid, old.tid)
    for wide in (audience for audience in reversed(Audience) if audience < narrow):
        change(database, cid, wide)
        assert opens(database, cid, old.tid) <= before, wide
    assert opens(database, cid, old.tid) == OPENS[max(begun, narrow)]


def reply(database: Database, old: Placed) -> None:
    answer(database, BOB, old.tid, "Said among us.")


def unnamed_reply(database: Database, old: Placed) -> None:
    answer(database, BOB, old.tid, "Said among us.", unnamed=True)


def rewrite(database: Database, old: Placed) -> None:
    with database.read() as db:
        post = threads.thread_page(db, ALICE, old.tid).posts[0]
    with database.write() as uow:
        discussions.edit(uow, ALICE, old.tid, post.id, new=Change(title="Among us", body="Said among us."))


@pytest.mark.parametrize("write", [reply, unnamed_reply, rewrite])
@pytest.mark.parametrize("narrow", [Audience.SIGNED_IN, Audience.MEMBERS, Audience.HIDDEN])
def test_words_written_behind_a_door_stay_there_even_if_nothing_was_told_meanwhile(
    database: Database, narrow: Audience, write: Callable[[Database, Placed], None]
) -> None:
    cid = scene(database, Audience.PUBLIC)
    old = begin(database, ALICE, cid)
    decide(database, cid, narrow)
    write(database, old)
    decide(database, cid, Audience.PUBLIC)
    assert opens(database, cid, old.tid) == OPENS[narrow]
    tell(database)
    assert opens(database, cid, old.tid) == OPENS[narrow]


def kept(database: Database, tid: bytes) -> int:
    with database.read() as db:
        return threads.get_thread(db, ALICE, tid).kept_days


@pytest.mark.parametrize("before", [30, 90, 365])
@pytest.mark.parametrize("after", [30, 90, 365])
def test_a_change_of_retention_keeps_nothing_old_longer(database: Database, before: int, after: int) -> None:
    cid = scene(database, Audience.SIGNED_IN, before)
    old = begin(database, ALICE, cid)
    change(database, cid, Audience.SIGNED_IN, after)
    assert kept(database, old.tid) == min(before, after)
    change(database, cid, Audience.SIGNED_IN, 365)
    assert kept(database, old.tid) == min(before, after)
    assert kept(database, begin(database, ALICE, cid).tid) == 365


@pytest.mark.parametrize("write", [reply, rewrite])
def test_words_written_under_a_short_time_go_by_it_even_if_nothing_was_told_meanwhile(
    database: Database, write: Callable[[Database, Placed], None]
) -> None:
    cid = scene(database, Audience.SIGNED_IN, 365)
    old = begin(database, ALICE, cid)
    decide(database, cid, Audience.SIGNED_IN, 30)
    write(database, old)
    decide(database, cid, Audience.SIGNED_IN, 365)
    assert kept(database, old.tid) == 30


def test_a_shorter_time_of_the_house_is_not_taken_back_from_old_threads(database: Database) -> None:
    cid = scene(database, Audience.SIGNED_IN, 365)
    old = begin(database, ALICE, cid)
    with database.write() as uow:
        commands.keep_at_most(uow, 90)
    tell(database)
    change(database, cid, Audience.SIGNED_IN, 365)
    assert kept(database, old.tid) == 90


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.SIGNED_IN, Audience.MEMBERS])
def test_leaving_and_joining_again_make_her_what_she_was(database: Database, audience: Audience) -> None:
    cid = scene(database, audience)
    old = begin(database, ALICE, cid)
    before = opens(database, cid, old.tid)
    with database.write() as uow:
        commands.leave(uow, BOB, cid)
    tell(database)
    outside = before if "signed in" in before else before - {"member"}
    assert opens(database, cid, old.tid) == outside
    join(database, BOB, cid)
    tell(database)
    assert opens(database, cid, old.tid) == before


def test_who_left_a_hidden_place_finds_it_no_more(database: Database) -> None:
    cid = scene(database, Audience.HIDDEN)
    old = begin(database, ALICE, cid)
    with database.write() as uow:
        commands.leave(uow, BOB, cid)
    assert opens(database, cid, old.tid) == {"host"}


@pytest.mark.parametrize("audience", list(Audience))
def test_somebody_who_joins_opens_nothing_for_anybody_else(database: Database, audience: Audience) -> None:
    cid = scene(database, audience)
    old = begin(database, ALICE, cid)
    before = opens(database, cid, old.tid)
    if audience < Audience.TRUSTED:
        join(database, CHARLIE, cid)
        tell(database)
    others = set(CLASSES) - {"signed in"}
    assert opens(database, cid, old.tid) & others == before & others


@pytest.mark.parametrize("begun", list(Audience))
def test_changing_words_topics_and_wants_changes_no_door(database: Database, begun: Audience) -> None:
    cid = scene(database, begun)
    old = begin(database, ALICE, cid)
    before = opens(database, cid, old.tid)
    new = NewCommunity(name="Day kitchen", language="ar", audience=begun, topics=256, wants=0)
    with database.write() as uow:
        commands.edit(uow, MONA, cid, new)
    tell(database)
    assert opens(database, cid, old.tid) == before


@pytest.mark.parametrize("begun", list(Audience))
def test_archiving_opening_again_and_handing_on_open_nothing(database: Database, begun: Audience) -> None:
    cid = scene(database, begun)
    old = begin(database, ALICE, cid)
    before = opens(database, cid, old.tid)
    for on in (True, False):
        with database.write() as uow:
            commands.archive(uow, MONA, cid, on=on)
        tell(database)
        assert opens(database, cid, old.tid) == before
        assert kept(database, old.tid) == 365
    with database.write() as uow:
        commands.offer(uow, MONA, cid, "Bob")
    assert opens(database, cid, old.tid) == before
    with database.write() as uow:
        commands.take_over(uow, BOB, cid)
    tell(database)
    assert opens(database, cid, old.tid) == before


@pytest.mark.parametrize("begun", list(Audience))
def test_a_place_that_closes_opens_nothing_and_keeps_nothing(database: Database, begun: Audience) -> None:
    cid = scene(database, begun)
    old = begin(database, ALICE, cid)
    before = opens(database, cid, old.tid)
    with database.write() as uow:
        commands.close(uow, MONA, cid)
    tell(database)
    assert opens(database, cid, old.tid) == before
    clock.offset += 7 * clock.DAY
    with database.write() as uow:
        commands.close_ripe(uow)
    assert opens(database, cid, old.tid) == set()
    tell(database)
    assert opens(database, cid, old.tid) == set()
