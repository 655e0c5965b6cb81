"""Who can read what, in which order, and how much work it takes."""

from __future__ import annotations

import pytest

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
from mashrabiya.discussions import queries
from mashrabiya.discussions.tests.factories import answer, begin, change_audience, place
from mashrabiya.discussions.types import PAGE, Paging, Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Database

WHO = {
    "visitor": VISITOR,
    "alice": ALICE,
    "bob": BOB,
    "charlie": CHARLIE,
    "mona": MONA,
    "mallory": MALLORY,
    "mallory again": other_persona(MALLORY),
}
MEMBERS = {"alice", "bob", "mona"}
SIGNED_IN = {*MEMBERS, "charlie"}
READERS = {
    Audience.PUBLIC: set(WHO),
    Audience.SIGNED_IN: SIGNED_IN,
    Audience.MEMBERS: MEMBERS,
    Audience.TRUSTED: MEMBERS,
    Audience.HIDDEN: MEMBERS,
}


@pytest.fixture
def asked(database: Database) -> list[str]:
    """Every statement from now on."""
    database.trace = []
    return database.trace


def exclude(database: Database, viewer: Viewer, cid: bytes) -> None:
    with database.write() as uow:
        uow.insert(GUARD, kind="comm", scope=cid, subject=viewer.pid, until_day=clock.day(), case_id=b"k")


def opens(database: Database, viewer: Viewer, tid: bytes) -> bool:
    with database.read() as db:
        return queries.find_thread(db, viewer, tid) is not None


def listed(database: Database, viewer: Viewer, cid: bytes) -> set[bytes]:
    with database.read() as db:
        everywhere = {row.id for row in queries.latest(db, viewer).rows}
        there = {row.id for row in queries.community_threads(db, viewer, cid).rows}
    assert everywhere == there
    return there


@pytest.mark.parametrize("audience", list(Audience))
def test_who_reads_a_thread(database: Database, audience: Audience) -> None:
    cid = place(database, ALICE, BOB, MALLORY, audience=audience)
    exclude(database, MALLORY, cid)
    tid = begin(database, ALICE, cid).tid
    assert {name for name, who in WHO.items() if opens(database, who, tid)} == READERS[audience]
    assert {name for name, who in WHO.items() if listed(database, who, cid)} == READERS[audience]


@pytest.mark.parametrize("then", list(Audience))
@pytest.mark.parametrize("now", list(Audience))
def test_no_change_of_a_community_widens_a_thread(database: Database, then: Audience, now: Audience) -> None:
    cid = place(database, ALICE, BOB, audience=then)
    tid = begin(database, ALICE, cid).tid
    change_audience(database, cid, now)
    readers = {name for name, who in WHO.items() if opens(database, who, tid)}
    joined = {"alice", "bob", "mona"}
    outside = set() if max(then, now) > Audience.SIGNED_IN else set(WHO) - joined
    if max(then, now) == Audience.SIGNED_IN:
        outside -= {"visitor"}
    assert readers == joined | outside


def test_reading_rights_are_those_of_the_persona_in_use(database: Database) -> None:
    cid = place(database, ALICE, audience=Audience.MEMBERS)
    tid = begin(database, ALICE, cid).tid
    assert not opens(database, other_persona(ALICE), tid)


@pytest.mark.parametrize("viewer", [VISITOR, CHARLIE, MALLORY, other_persona(ALICE)])
def test_hidden_and_missing_take_the_same_work(database: Database, asked: list[str], viewer: Viewer) -> None:
    cid = place(database, ALICE, MALLORY, audience=Audience.HIDDEN)
    exclude(database, MALLORY, cid)
    tid = begin(database, ALICE, cid).tid
    work = []
    for target in (tid, new_id()):
        asked.clear()
        with database.read() as db, pytest.raises(NotFound):
            queries.thread_page(db, viewer, target)
        work.append(list(asked))
    assert work[0] == work[1]
    assert len(work[0]) == 1


def test_a_thread_page_takes_three_statements_and_two_for_readers(
    database: Database, asked: list[str]
) -> None:
    cid = place(database, ALICE)
    tid = begin(database, ALICE, cid).tid
    for viewer, budget in ((ALICE, 3), (CHARLIE, 2)):
        asked.clear()
        with database.read() as db:
            queries.thread_page(db, viewer, tid)
        assert len(asked) == budget


def test_a_named_post_shows_a_face_and_an_unnamed_one_a_label(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid, unnamed=True)
    with database.read() as db:
        named, unnamed = queries.thread_page(db, CHARLIE, tid).posts
    assert (named.name, named.label) == ("Alice", None)
    assert named.pub is not None
    assert (unnamed.name, unnamed.pub, unnamed.seed, unnamed.label) == (None, None, None, 2)


def test_her_own_posts_are_hers_to_change(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid, unnamed=True).tid
    answer(database, BOB, tid)
    answer(database, BOB, tid, unnamed=True)
    for viewer, mine in (
        (ALICE, [1, 0, 0]),
        (other_persona(ALICE), [1, 0, 0]),
        (BOB, [0, 1, 1]),
        (other_persona(BOB), [0, 2, 1]),
        (VISITOR, [0, 0, 0]),
    ):
        with database.read() as db:
            if not viewer.is_member:
                continue
            assert [post.mine for post in queries.thread_page(db, viewer, tid).posts] == mine


def test_how_she_has_spoken_is_known_to_herself(database: Database) -> None:
    cid = place(database, ALICE, other_persona(ALICE), BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, ALICE, tid, unnamed=True)
    for viewer, other, label in ((ALICE, "", 2), (other_persona(ALICE), "Alice", 2), (BOB, "", 3)):
        with database.read() as db:
            ways = queries.thread_page(db, viewer, tid).ways
        assert (ways.other_voice, ways.label) == (other, label)
        assert ways.small


def test_a_post_stays_on_its_page(database: Database) -> None:
    cid = place(database, ALICE)
    tid = begin(database, ALICE, cid).tid
    for _ in range(2 * PAGE):
        answer(database, ALICE, tid)
    for number in (1, PAGE, PAGE + 1, 2 * PAGE + 1, 10**8):
        with database.read() as db:
            found = queries.thread_page(db, BOB, tid, number)
        first = found.paging.first
        assert first <= min(number, found.thread.n) < first + PAGE
        assert [post.n for post in found.posts] == list(range(first, min(first + PAGE, found.thread.n + 1)))


@pytest.mark.parametrize(
    ("number", "n", "first", "before", "after"),
    [(1, 1, 1, 0, 0), (0, 5, 1, 0, 0), (20, 41, 1, 0, 21), (21, 41, 21, 1, 41), (99, 41, 41, 21, 0)],
)
def test_pages_of_a_thread(number: int, n: int, first: int, before: int, after: int) -> None:
    paging = Paging.of(number, n)
    assert (paging.first, paging.before, paging.after) == (first, before, after)


def test_a_link_to_a_post_holds(database: Database) -> None:
    assert Placed(bytes(16), 1).address == "/t/" + "0" * 26
    assert Placed(bytes(16), 41).address.endswith("?n=41#n41")


def test_lists_go_on_where_they_ended(database: Database) -> None:
    cid = place(database, ALICE)
    made = [begin(database, ALICE, cid).tid for _ in range(PAGE + 3)]
    with database.read() as db:
        for read in (queries.latest, queries.home_threads):
            first = read(db, ALICE)
            second = read(db, ALICE, first.after)
            assert len(first.rows) == PAGE
            assert second.after == ""
            assert {row.id for row in first.rows + second.rows} == set(made)


@pytest.mark.parametrize("cursor", ["x", "0" * 39, "z" * 39, "' OR 1=1"])
def test_a_made_up_cursor_only_names_a_place(database: Database, cursor: str) -> None:
    cid = place(database, ALICE, audience=Audience.HIDDEN)
    begin(database, ALICE, cid)
    with database.read() as db:
        assert queries.latest(db, MALLORY, cursor).rows == []


def test_newest_first(database: Database) -> None:
    cid = place(database, ALICE)
    old = begin(database, ALICE, cid).tid
    clock.offset = 1200.0
    try:
        new = begin(database, ALICE, cid).tid
    finally:
        clock.offset = 0.0
    answer(database, ALICE, old)
    with database.read() as db:
        assert [row.id for row in queries.latest(db, ALICE).rows] == [new, old]


def test_home_holds_the_communities_of_the_persona_in_use(database: Database) -> None:
    here = place(database, ALICE, BOB)
    there = place(database, CHARLIE)
    first, second = begin(database, ALICE, here).tid, begin(database, ALICE, here).tid
    begin(database, CHARLIE, there)
    answer(database, BOB, second)
    with database.read() as db:
        assert {row.id for row in queries.home_threads(db, BOB).rows} == {first, second}
        assert [row.id for row in queries.waiting(db, BOB)] == [first]
        assert queries.home_threads(db, other_persona(BOB)).rows == []
        assert queries.home_threads(db, VISITOR).rows == []
