"""How words end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, other_persona
from mashrabiya.communities.types import NewCommunity
from mashrabiya.discussions import commands, jobs, listeners, queries
from mashrabiya.discussions.events import ThreadDeleted
from mashrabiya.discussions.tests.factories import TITLE, answer, begin, place
from mashrabiya.discussions.types import STARTER, PostRow, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.events import Event
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.events import PersonaErased
from mashrabiya.platform.db import Database, Write


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Tests move the clock; afterwards it is now again."""
    yield
    clock.offset = 0.0


def do(database: Database, act: Callable[[Write], int]) -> int:
    with database.write() as uow:
        return act(uow)


def seen(database: Database, viewer: Viewer, tid: bytes) -> list[PostRow]:
    with database.read() as db:
        return queries.thread_page(db, viewer, tid).posts


def is_there(database: Database, tid: bytes) -> bool:
    with database.read() as db:
        return queries.find_thread(db, ALICE, tid) is not None


def keep(database: Database, cid: bytes, days: int) -> None:
    new = NewCommunity(name="Night kitchen", language="en", retention_days=days)
    with database.write() as uow:
        communities.edit(uow, MONA, cid, new)


def test_a_thread_fades_whole_after_its_last_reply(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    clock.offset = 300 * clock.DAY
    answer(database, BOB, tid)
    clock.offset = (300 + 364) * clock.DAY
    assert do(database, jobs.fade) == 0
    clock.offset = (300 + 365) * clock.DAY
    told: list[Event] = []
    database.recorder = lambda uow, event: told.append(event)
    assert do(database, jobs.fade) == 1
    assert told == [ThreadDeleted(tid)]
    assert not is_there(database, tid)
    assert do(database, jobs.fade) == 0


def test_a_shorter_time_holds_at_once_and_a_longer_one_for_later_threads(database: Database) -> None:
    cid = place(database, ALICE)
    keep(database, cid, 90)
    early = begin(database, ALICE, cid).tid
    keep(database, cid, 365)
    late = begin(database, ALICE, cid).tid
    clock.offset = 90 * clock.DAY
    assert do(database, jobs.fade) == 1
    assert (is_there(database, early), is_there(database, late)) == (False, True)
    keep(database, cid, 30)
    assert do(database, jobs.fade) == 1
    assert not is_there(database, late)


def test_times_grow_coarse_after_two_days(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid, unnamed=True)
    exact = [post.t for post in seen(database, ALICE, tid)]
    assert do(database, jobs.coarsen) == 0
    clock.offset = 3 * clock.DAY
    do(database, jobs.coarsen)
    assert [post.t for post in seen(database, ALICE, tid)] == [t - t % clock.DAY for t in exact]
    with database.read() as db:
        assert queries.latest(db, ALICE).rows[0].pos % clock.DAY == 0
    assert do(database, jobs.coarsen) == 0


def erase(database: Database, viewer: Viewer, *, remove: bool) -> None:
    """Twice, as the outbox may tell it twice."""
    for _ in range(2):
        with database.write() as uow:
            listeners.forget_author(uow, PersonaErased(viewer.pid, int(remove)))


def test_left_unnamed_her_posts_in_a_thread_stay_together(database: Database) -> None:
    cid = place(database, ALICE, BOB, CHARLIE)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    answer(database, CHARLIE, tid, unnamed=True)
    answer(database, BOB, tid)
    erase(database, BOB, remove=False)
    posts = seen(database, ALICE, tid)
    assert [post.label for post in posts] == [None, 2, 3, 2]
    assert [post.name for post in posts] == ["Alice", None, None, None]
    answer(database, BOB, tid, unnamed=True)
    assert seen(database, ALICE, tid)[-1].label == 4


def test_left_unnamed_nobody_can_change_them(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    erase(database, BOB, remove=False)
    for viewer in (BOB, other_persona(BOB), ALICE):
        assert seen(database, viewer, tid)[1].mine == 0


def test_who_opened_a_thread_stays_its_starter(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    erase(database, ALICE, remove=False)
    assert seen(database, BOB, tid)[0].label == STARTER
    answer(database, BOB, tid, unnamed=True)
    assert seen(database, BOB, tid)[-1].label == 3


def test_removed_her_words_go_and_the_others_stay(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    begun, joined = begin(database, ALICE, cid).tid, begin(database, BOB, cid).tid
    answer(database, BOB, begun, "Stays")
    answer(database, ALICE, joined)
    alone = begin(database, ALICE, cid).tid
    erase(database, ALICE, remove=True)
    opening, reply = seen(database, BOB, begun)
    assert (opening.state, opening.html, opening.name) == (PostState.DELETED, "", None)
    assert "Stays" in reply.html
    assert [post.state for post in seen(database, BOB, joined)] == [PostState.SHOWN, PostState.DELETED]
    assert not is_there(database, alone)
    with database.read() as db:
        titles = {row.id: row.title for row in queries.latest(db, BOB).rows}
    assert titles == {begun: "", joined: TITLE}


def test_unnamed_posts_stay_as_they_are_when_a_persona_goes(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, BOB, cid).tid
    answer(database, ALICE, tid, unnamed=True)
    before = seen(database, BOB, tid)
    erase(database, ALICE, remove=True)
    assert seen(database, BOB, tid) == before


def test_nothing_of_a_dropped_thread_remains(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, BOB, tid)
    with database.write() as uow:
        commands.drop_thread(uow, tid)
    assert not is_there(database, tid)
