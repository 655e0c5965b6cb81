"""Leaving a place with nothing behind: what goes, what stays, and that no moment tells whose it was."""

from __future__ import annotations

import pytest

from mashrabiya.communities import flows
from mashrabiya.communities.tests.factories import ALICE, BOB, MONA, join, other_persona
from mashrabiya.communities.types import Leaving
from mashrabiya.discussions import queries
from mashrabiya.discussions.tests.factories import answer, begin, make_persona, place
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.due import Staggered
from mashrabiya.testing.house import TestHouse


def leave(house: TestHouse, viewer: Viewer, cid: bytes, wish: Leaving) -> None:
    flows.leave(house.site, viewer, cid, wish)


def later(house: TestHouse, days: int) -> None:
    clock.offset += days * clock.DAY
    Staggered(house.database, house.keys.of("field")).all_now()


def left(house: TestHouse, tid: bytes) -> list[bool]:
    """Of each post of a thread, whether its words stand; nothing where the thread is gone."""
    with house.database.read() as db:
        if queries.find_thread(db, BOB, tid) is None:
            return []
        return [bool(post.html) for post in queries.thread_page(db, BOB, tid).posts]


def waiting(house: TestHouse) -> int:
    return int(house.database.connection().execute("SELECT count(*) FROM due").fetchall()[0][0])


def test_what_she_wrote_by_name_goes_within_three_days_and_nothing_else(house: TestHouse) -> None:
    database = house.database
    cid, elsewhere = place(database, ALICE, BOB), place(database, ALICE, BOB)
    alone, shared = begin(database, ALICE, cid), begin(database, BOB, cid)
    answer(database, ALICE, shared.tid)
    answer(database, BOB, shared.tid)
    unnamed = answer(database, ALICE, shared.tid, unnamed=True)
    other = begin(database, ALICE, elsewhere)
    leave(house, ALICE, cid, Leaving(remove=True))
    assert waiting(house) == 2
    later(house, 4)
    assert left(house, alone.tid) == []
    assert left(house, shared.tid) == [True, False, True, True]
    assert unnamed.n == 4
    assert left(house, other.tid) == [True]


def test_unnamed_words_go_on_days_of_their_own(house: TestHouse) -> None:
    database = house.database
    cid, elsewhere = place(database, ALICE, BOB), place(database, ALICE, BOB)
    shared, other = begin(database, BOB, cid), begin(database, BOB, elsewhere)
    answer(database, ALICE, shared.tid, unnamed=True)
    answer(database, ALICE, shared.tid)
    answer(database, BOB, shared.tid, unnamed=True)
    answer(database, ALICE, other.tid, unnamed=True)
    leave(house, ALICE, cid, Leaving(unnamed_too=True))
    assert waiting(house) == 1
    later(house, 0)
    assert left(house, shared.tid) == [True] * 4, "never at the moment at which she leaves"
    later(house, 15)
    assert left(house, shared.tid) == [True, False, True, True]
    assert left(house, other.tid) == [True, True]


def test_by_itself_everything_stays(house: TestHouse) -> None:
    cid = place(house.database, ALICE, BOB)
    old = begin(house.database, ALICE, cid)
    leave(house, ALICE, cid, Leaving())
    assert waiting(house) == 0
    later(house, 15)
    assert left(house, old.tid) == [True]


def test_another_name_of_hers_keeps_its_words(house: TestHouse) -> None:
    database, again = house.database, other_persona(ALICE)
    cid = place(database, ALICE, BOB)
    make_persona(database, again)
    join(database, again, cid)
    theirs = begin(database, again, cid)
    leave(house, ALICE, cid, Leaving(remove=True))
    later(house, 4)
    assert left(house, theirs.tid) == [True]


def test_sent_twice_it_is_left_once(house: TestHouse) -> None:
    cid = place(house.database, ALICE, BOB)
    begin(house.database, ALICE, cid)
    wish = Leaving(remove=True, submission=new_id().hex())
    leave(house, ALICE, cid, wish)
    leave(house, ALICE, cid, wish)
    assert waiting(house) == 1


def test_whoever_may_not_leave_takes_nothing_back(house: TestHouse) -> None:
    cid = place(house.database, ALICE, BOB)
    make_persona(house.database, MONA)
    old = begin(house.database, MONA, cid)
    with pytest.raises(Refused, match=r"community\.host_stays"):
        leave(house, MONA, cid, Leaving(remove=True, unnamed_too=True))
    assert waiting(house) == 0
    assert left(house, old.tid) == [True]
