"""A thread's page: numbers, names, filters, jumps, both ends, and what it costs."""

from __future__ import annotations

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import article, ask, press, say
from mashrabiya.discussions.types import Kind
from mashrabiya.testing.house import Person, TestHouse


def test_names_lead_on_for_members_alone(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice, bob, audience=Audience.PUBLIC))
    charlie = house.person("Charlie")
    for browser, leads in ((bob.browser, True), (charlie.browser, False), (house.browser(), False)):
        text = article(browser.get(placed.address), 1)
        assert "<bdi>Alice</bdi>" in text
        assert ('href="/p/' in text) == leads


def test_every_post_has_its_number_as_a_link(house: TestHouse, alice: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice))
    answer(house.database, alice.viewer, placed.tid)
    page = alice.browser.get(placed.address)
    for n in (1, 2):
        assert f'href="{placed.address}?n={n}#n{n}" aria-label="Post \u2068{n}\u2069">{n}</a>' in article(
            page, n
        )


def test_jumping_by_number_and_by_day(house: TestHouse, alice: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice))
    path = placed.address
    assert 'name="go"' not in alice.browser.get(path).text
    for _ in range(25):
        say(house, alice, placed.tid)
    assert 'name="go"' in alice.browser.get(path).text
    for asked, n in (
        ("go=22", 22),
        ("go=%D9%A2%D9%A2", 22),
        ("go=999", 26),
        ("go=x", 1),
        ("day=2001-01-01", 1),
        ("day=2999-01-01&go=3", 26),
    ):
        assert alice.browser.get(f"{path}?{asked}").location == f"{path}?n={n}#n{n}"
    assert alice.browser.get(f"{path}?day=soon&go=").status == 200
    hidden = begin(house.database, alice.viewer, open_place(house, alice, audience=Audience.HIDDEN)).address
    for asked in ("go=1", "day=2001-01-01"):
        assert house.browser().get(f"{hidden}?{asked}").status == 404


def test_a_filtered_page_keeps_its_question(house: TestHouse, alice: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice))
    for _ in range(25):
        say(house, alice, placed.tid, kind=Kind.FACTS)
    page = alice.browser.get(f"{placed.address}?kind=4")
    assert f'href="{placed.address}?kind=4&amp;n=21#n21"' in page.text
    assert f'href="{placed.address}?kind=4#replies" aria-current="page"' in page.text
    assert "No replies of this kind yet" in alice.browser.get(f"{placed.address}?kind=2").text
    assert "Nothing is marked as helpful yet" in alice.browser.get(f"{placed.address}?only=helped").text
    for odd in ("kind=99", "kind=-1", "only=x", "kind=4&n=x", "kind=%00"):
        assert alice.browser.get(f"{placed.address}?{odd}").status == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_long_thread_leads_to_both_ends(house: TestHouse, language: str) -> None:
    alice = house.person("Alice", language=language)
    placed = begin(house.database, alice.viewer, open_place(house, alice))
    for _ in range(85):
        say(house, alice, placed.tid)
    text = alice.browser.get(f"{placed.address}?n=45").text
    for n in (21, 61, 81):
        assert f"?n={n}#n{n}" in text
    assert ("First replies" if language == "en" else "أول الردود") in text


def test_a_whole_page_keeps_its_budget_of_statements(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = ask(house, alice, open_place(house, alice, bob), wants=1, spare=4, notes=1)
    for _ in range(30):
        say(house, bob, placed.tid, to=1, kind=Kind.ADVICE)
    press(alice, alice.browser.get(placed.address), 2)
    for asked in ("", "?n=25", "?n=2&to=2", "?n=2&quote=2", "?kind=3", "?only=helped", "?all=1", "?go=22"):
        house.database.trace = []
        alice.browser.get(placed.address + asked)
        assert len(house.database.trace) <= 6, (asked, house.database.trace)
    house.database.trace = None
