"""Lists: what a row says, what can be asked of a list, and what never stands in one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, VISITOR, join, other_persona
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import queries
from mashrabiya.discussions.queries.filters import read_filters
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.tests.factories import answer, begin, make_persona, place
from mashrabiya.discussions.tests.test_queries import exclude
from mashrabiya.discussions.types import NO_FILTERS, PAGE, WAITING, Filters, Kind
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform.db import Database, Statement

ADVICE, NEWS = Kind.ADVICE.bit, Kind.NEWS.bit
LISTS = ("latest", "community", "home")


def mark(database: Database, tid: bytes, **columns: Any) -> bytes:
    """Give a thread what the forms of another room would have given it."""
    statement: Statement[None] = Statement(update(THREAD).where(THREAD.c.id == tid).values(**columns))
    with database.write() as uow:
        uow.run(statement)
    return tid


def ids(database: Database, viewer: Viewer, cid: bytes, filters: Filters = NO_FILTERS) -> list[bytes]:
    """The threads of every list, page after page; the lists of a member's one place are alike."""
    found = [_all(database, viewer, cid, name, filters) for name in LISTS]
    assert found[0] == found[1] == found[2]
    return found[0]


def _all(database: Database, viewer: Viewer, cid: bytes, name: str, filters: Filters) -> list[bytes]:
    found, after = [], ""
    while True:
        with database.read() as db:
            if name == "latest":
                page = queries.latest(db, viewer, after, filters=filters)
            elif name == "community":
                page = queries.community_threads(db, viewer, cid, after, filters=filters)
            else:
                page = queries.home_threads(db, viewer, after, filters=filters)
        assert page.filters == filters
        assert len(page.rows) <= PAGE
        found += [row.id for row in page.rows]
        after = page.after
        if not after:
            return found


@pytest.fixture
def later() -> Any:
    """Let some time pass, so that lists have an order to keep."""

    def pass_time() -> None:
        clock.offset += 1200

    yield pass_time
    clock.offset = 0.0


def test_a_row_says_what_would_help_what_is_noted_and_whom_it_helped(database: Database) -> None:
    cid = place(database, ALICE)
    tid = begin(database, ALICE, cid).tid
    mark(database, tid, wants=ADVICE | NEWS, notes=Note.LOSS | Note.BREAK, helped=7)
    with database.read() as db:
        (row,) = queries.latest(db, ALICE).rows
    assert (row.kinds, row.helped) == ((Kind.ADVICE, Kind.NEWS), 7)
    assert row.notes_to_fold(0) == ["note.loss", "note.break"]
    assert row.notes_to_fold(Note.LOSS) == ["note.loss", "note.break"]
    assert row.notes_to_fold(Note.LOSS | Note.BREAK | Note.ARREST) == []


def test_a_wish_of_which_the_community_has_stopped_speaking_is_not_shown(database: Database) -> None:
    cid = place(database, ALICE)
    mark(database, begin(database, ALICE, cid).tid, wants=ADVICE | NEWS)
    with database.write() as uow:
        uow.run(Statement(update(COMMUNITY).where(COMMUNITY.c.id == cid).values(wants=NEWS)))
    with database.read() as db:
        assert queries.latest(db, ALICE).rows[0].kinds == (Kind.NEWS,)


def test_what_she_hides_stands_in_no_list_of_hers(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    plain = begin(database, ALICE, cid).tid
    noted = mark(database, begin(database, ALICE, cid).tid, notes=Note.ARREST | Note.LOSS)
    hiding = replace(BOB, notes_hidden=int(Note.LOSS))
    assert ids(database, hiding, cid) == [plain]
    assert set(ids(database, replace(BOB, notes_hidden=int(Note.HATE)), cid)) == {plain, noted}
    with database.read() as db:
        assert [row.id for row in queries.waiting(db, hiding)] == [plain]


@pytest.mark.parametrize(
    ("only", "lang", "expected"),
    [
        ("", "", ["plain", "advice", "news", "noted", "arabic", "answered"]),
        ("waiting", "", ["plain", "advice", "news", "noted", "arabic"]),
        ("clear", "", ["plain", "advice", "news", "arabic", "answered"]),
        ("news", "", ["news"]),
        ("advice", "", ["advice", "arabic"]),
        ("facts", "", []),
        ("", "ar", ["arabic"]),
        ("advice", "ar", ["arabic"]),
        ("advice", "en", ["advice"]),
        ("nonsense", "xx", ["plain", "advice", "news", "noted", "arabic", "answered"]),
        ("plain", "", ["plain", "advice", "news", "noted", "arabic", "answered"]),
        ("' OR 1=1", "ar'--", ["plain", "advice", "news", "noted", "arabic", "answered"]),
    ],
)
def test_a_list_can_be_narrowed(database: Database, only: str, lang: str, expected: list[str]) -> None:
    cid = place(database, ALICE, BOB)
    made = {
        name: begin(database, ALICE, cid).tid
        for name in ("plain", "advice", "news", "noted", "arabic", "answered")
    }
    mark(database, made["advice"], wants=ADVICE)
    mark(database, made["news"], wants=NEWS)
    mark(database, made["noted"], notes=Note.LOSS)
    mark(database, made["arabic"], lang="ar", wants=ADVICE)
    answer(database, BOB, made["answered"])
    found = ids(database, BOB, cid, read_filters(only, lang))
    assert sorted(found) == sorted(made[name] for name in expected)


def test_narrowed_pages_join_without_gap_or_repetition(database: Database, later: Any) -> None:
    cid = place(database, ALICE)
    made = []
    for number in range(3 * PAGE):
        made.append(begin(database, ALICE, cid).tid)
        if number % 3:
            mark(database, made[-1], wants=NEWS)
        if number % 7 == 0:
            later()
    wanted = [tid for number, tid in enumerate(made) if number % 3]
    found = ids(database, ALICE, cid, read_filters("news", ""))
    assert len(found) == len(wanted)
    assert set(found) == set(wanted)
    with database.read() as db:
        positions = [row.pos for row in queries.latest(db, ALICE, filters=read_filters("news", "")).rows]
    assert positions == sorted(positions, reverse=True)


@pytest.mark.parametrize("only", ["", "waiting", "clear", "advice"])
def test_no_filter_opens_what_is_hidden(database: Database, only: str) -> None:
    cid = place(database, ALICE, MALLORY, audience=Audience.HIDDEN)
    exclude(database, MALLORY, cid)
    mark(database, begin(database, ALICE, cid).tid, wants=ADVICE)
    filters = read_filters(only, "")
    for viewer in (VISITOR, CHARLIE, MALLORY):
        with database.read() as db:
            assert queries.latest(db, viewer, filters=filters).rows == []
            assert queries.community_threads(db, viewer, cid, filters=filters).rows == []
            assert queries.home_threads(db, viewer, filters=filters).rows == []
            assert queries.waiting(db, viewer) == []
    assert len(ids(database, ALICE, cid, filters)) == 1


def test_what_waits_in_her_language_comes_first_and_the_rest_after_it(database: Database, later: Any) -> None:
    cid = place(database, ALICE, BOB)
    arabic = [mark(database, begin(database, ALICE, cid).tid, lang="ar") for _ in range(2)]
    english = []
    for _ in range(5):
        later()
        english.append(begin(database, ALICE, cid).tid)
    reader = replace(BOB, tongue=Tongue.of("ar"))
    with database.read() as db:
        found = [row.id for row in queries.waiting(db, reader)]
        newest = [row.id for row in queries.home_threads(db, reader).rows]
        other = [row.id for row in queries.waiting(db, BOB)]
    assert set(found[:2]) == set(arabic)
    assert found[2] == english[-1]
    assert other == english[:1:-1]
    assert newest[:5] == english[::-1], "the long list stays in order of time"


def test_however_much_is_newer_her_language_comes_first(database: Database, later: Any) -> None:
    cid = place(database, ALICE, BOB)
    old = [mark(database, begin(database, ALICE, cid).tid, lang="ar") for _ in range(4)]
    for _ in range(30):
        later()
        newest = begin(database, ALICE, cid).tid
    reader = replace(BOB, tongue=Tongue.of("ar"))
    with database.read() as db:
        found = [row.id for row in queries.waiting(db, reader)]
        assert len(found) == len(set(found)) == WAITING
        assert set(found) < set(old)
        assert queries.waiting(db, BOB)[0].id == newest


def test_what_she_opened_herself_does_not_wait_for_her_first_reply(database: Database, later: Any) -> None:
    cid, again = place(database, ALICE, BOB), other_persona(ALICE)
    make_persona(database, again)
    join(database, again, cid)
    opened = [begin(database, ALICE, cid).tid, begin(database, ALICE, cid, unnamed=True).tid]
    opened.append(begin(database, again, cid).tid)
    later()
    by_bob = begin(database, BOB, cid, unnamed=True).tid
    with database.read() as db:
        for viewer in (ALICE, again):
            assert [row.id for row in queries.waiting(db, viewer)] == [by_bob]
        assert {row.id for row in queries.waiting(db, BOB)} == set(opened)


@pytest.mark.parametrize("filters", [NO_FILTERS, read_filters("news", "en"), read_filters("waiting", "")])
def test_a_list_is_one_statement_however_it_is_narrowed(database: Database, filters: Filters) -> None:
    cid = place(database, ALICE)
    begin(database, ALICE, cid)
    database.trace = []
    for viewer in (VISITOR, ALICE):
        with database.read() as db:
            queries.latest(db, viewer, filters=filters)
            queries.community_threads(db, viewer, cid, filters=filters)
            queries.home_threads(db, viewer, filters=filters)
            queries.waiting(db, viewer)
    assert len(database.trace) == 8


def test_a_list_that_is_not_narrowed_asks_nothing_more(database: Database) -> None:
    place(database, ALICE)
    database.trace = []
    with database.read() as db:
        queries.latest(db, VISITOR)
        queries.latest(db, VISITOR, filters=read_filters("clear", "ar"))
    plain, narrowed = database.trace
    assert ("notes =" in plain, "lang =" in plain) == (False, False)
    assert ("notes =" in narrowed, "lang =" in narrowed) == (True, True)
