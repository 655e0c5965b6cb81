"""Home is merged from the newest of each of her places, and pays for nothing that stands below."""

from __future__ import annotations

import pytest

from mashrabiya.communities.tests.factories import ALICE, BOB
from mashrabiya.discussions import queries
from mashrabiya.discussions.queries.filters import read_filters
from mashrabiya.discussions.tests.factories import begin, place
from mashrabiya.discussions.tests.test_lamp import greet, lit
from mashrabiya.discussions.types import NO_FILTERS, PAGE, Filters
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.testing.steps import steps

PLACES = 3
ASKED = (NO_FILTERS, read_filters("waiting", ""), read_filters("waiting", "en"), read_filters("clear", "en"))


def fill(database: Database, places: list[bytes], each: int) -> list[bytes]:
    """Threads of Bob's, some minutes apart, in one place after the other; the newest first."""
    begun = []
    for number in range(each * len(places)):
        clock.offset += clock.TEN_MINUTES
        begun.append(begin(database, BOB, places[number % len(places)]).tid)
    return begun[::-1]


def pages(database: Database, viewer: Viewer, filters: Filters, most: int = 99) -> list[bytes]:
    found: list[bytes] = []
    after = ""
    for _ in range(most):
        with database.read() as db:
            page = queries.home_threads(db, viewer, after, filters=filters)
        found += [row.id for row in page.rows]
        after = page.after
        if not after:
            break
    return found


@pytest.fixture
def places(database: Database) -> list[bytes]:
    clock.offset = 0.0
    return [place(database, ALICE, BOB) for _ in range(PLACES)]


def test_every_thread_of_each_place_stands_once_in_its_order(database: Database, places: list[bytes]) -> None:
    begun = fill(database, places[:1], PAGE + 3)
    begun = fill(database, places, PAGE) + begun
    for filters in ASKED:
        assert pages(database, ALICE, filters) == begun
    with database.read() as db:
        assert [row.id for row in queries.waiting(db, ALICE)] == begun[:3]


def test_what_lies_below_is_not_looked_at(database: Database, places: list[bytes]) -> None:
    """Ten times as much in each place: the same list, for the same steps of the database."""
    if database.dialect != "sqlite":
        pytest.skip("steps are counted by SQLite")
    fill(database, places, PAGE + 5)
    before = [_steps(database, filters) for filters in ASKED]
    fill(database, places, 10 * PAGE)
    for filters, few in zip(ASKED, before, strict=True):
        assert _steps(database, filters) < 1.15 * few, filters


def test_however_many_come_home_looks_at_as_many(database: Database) -> None:
    """A house that grows fast pays no more for asking whether somebody waits to be welcomed."""
    if database.dialect != "sqlite":
        pytest.skip("steps are counted by SQLite")
    cid, found = place(database, BOB, ALICE), []
    for come in (60, 240):
        for _ in range(come):
            clock.offset += clock.TEN_MINUTES
            greet(database, ALICE, cid, unnamed=True)
        found.append(steps(database, lambda: lit(database, BOB)))
    assert found[1] < 1.3 * found[0]


def _steps(database: Database, filters: Filters) -> int:
    """Of her home, and of what waits above it."""

    def look() -> None:
        pages(database, ALICE, filters, 1)
        with database.read() as db:
            queries.waiting(db, ALICE)

    return steps(database, look)
