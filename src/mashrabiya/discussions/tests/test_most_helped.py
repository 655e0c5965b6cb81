"""What helped most people, of the last month and year."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_lists import mark
from mashrabiya.discussions.types import PAGE
from mashrabiya.home.tests.test_home import statements, titles
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import Person, TestHouse

MONTH, YEAR = "/t?only=helped-month", "/t?only=helped-year"


@pytest.fixture
def cid(house: TestHouse, alice: Person, bob: Person) -> bytes:
    return open_place(house, alice, bob)


def helped(house: TestHouse, person: Person, cid: bytes, people: int, days: int = 0) -> str:
    tid = begin(house.database, person.viewer, cid).tid
    mark(house.database, tid, helped=people, pos=clock.ten_minutes() - days * clock.DAY)
    return show_id(tid)


def test_most_people_first_and_what_helped_nobody_not_at_all(
    house: TestHouse, alice: Person, bob: Person, cid: bytes
) -> None:
    helped(house, alice, cid, 0)
    few, many = helped(house, alice, cid, 1), helped(house, alice, cid, 9)
    old, older = helped(house, alice, cid, 40, days=90), helped(house, alice, cid, 99, days=400)
    assert titles(bob.browser.get(MONTH).text) == [many, few]
    text = bob.browser.get(YEAR).text
    assert titles(text) == [old, many, few]
    assert older not in text
    assert "Helped 40 people" in text
    assert 'aria-current="true" href="?only=helped-year"' in text
    assert statements(bob, YEAR) <= 4


def test_it_goes_on_where_it_left_off(house: TestHouse, alice: Person, bob: Person, cid: bytes) -> None:
    made = [helped(house, alice, cid, 1 + number % 3) for number in range(PAGE + 4)]
    seen, at = list[str](), MONTH
    while at:
        text = bob.browser.get(at).text
        seen += titles(text)
        further = re.search(r'rel="next" href="([^"]+)"', text)
        at = unescape(further[1]) if further else ""
    assert len(seen) == len(set(seen)) == len(made)
    assert bob.browser.get(f"{MONTH}&after={'z' * 39}").status == 200


def test_what_is_hidden_stands_in_it_for_nobody_else(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob, audience=Audience.MEMBERS)
    hidden = helped(house, alice, cid, 5)
    assert titles(bob.browser.get(MONTH).text) == [hidden]
    for browser in (house.browser(), house.person("Mallory").browser):
        assert hidden not in browser.get(MONTH).text
    place = open_place(house, alice, bob, audience=Audience.PUBLIC)
    public = helped(house, alice, place, 2)
    assert public in house.browser().get(MONTH).text


def test_elsewhere_it_narrows_nothing(house: TestHouse, alice: Person, bob: Person, cid: bytes) -> None:
    plain = helped(house, alice, cid, 0)
    for path in ("/?only=helped-month", f"/c/{show_id(cid)}?only=helped-year"):
        text = bob.browser.get(path).text
        assert plain in text
        assert "Helped most people" not in text


def test_it_is_one_run_along_its_own_index(house: TestHouse, alice: Person, bob: Person, cid: bytes) -> None:
    if house.database.dialect != "sqlite":
        pytest.skip("the plan is SQLite's")
    helped(house, alice, cid, 2)
    trace: list[str] = []
    house.database.trace = trace
    bob.browser.get(MONTH)
    house.database.trace = None
    sql = next(one for one in trace if "thread.helped >" in one)
    plan = (
        house.database.connection().execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?")).fetchall()
    )
    steps = " ".join(str(row[-1]) for row in plan)
    assert "thread_helped" in steps
    assert "TEMP B-TREE FOR ORDER BY" not in steps


def test_a_visitor_is_answered_too(house: TestHouse) -> None:
    house.change(open=True)
    for span in ("helped-month", "helped-year"):
        assert house.browser().get(f"/t?only={span}").status == 200
