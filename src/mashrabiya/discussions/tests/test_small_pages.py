"""Small pages, for a slow or dear connection."""

from __future__ import annotations

import pytest

from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pictures_veiled import noted
from mashrabiya.discussions.types import SMALL_PAGE, Placed
from mashrabiya.people import flows
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def placed(house: TestHouse, alice: Person, bob: Person) -> Placed:
    made = begin(house.database, alice.viewer, open_place(house, alice, bob))
    for number in range(SMALL_PAGE + 4):
        answer(house.database, alice.viewer, made.tid, f"Reply {number}")
    flows.alter_preferences(house.site, bob.browser.cookies[SESSION], light=True)
    return made


def test_a_page_holds_ten_and_links_meet_the_same_post(
    house: TestHouse, alice: Person, bob: Person, placed: Placed
) -> None:
    whole, small = alice.browser.get(placed.address).text, bob.browser.get(placed.address).text
    assert 'id="n14"' in whole
    assert 'id="n10"' in small
    assert 'id="n11"' not in small
    assert f"{placed.address}?n=11#n11" in small
    for person in (alice, bob):
        assert 'id="n13"' in person.browser.get(f"{placed.address}?n=13").text
    assert len(small) < len(whole)


def test_no_drawing_stands_beside_a_name(
    house: TestHouse, alice: Person, bob: Person, placed: Placed
) -> None:
    small, whole = (who.browser.get(placed.address).text for who in (bob, alice))
    for text in (small, whole):
        assert "<bdi>Alice</bdi>" in text
    assert whole.count('<span class="av">') > small.count('<span class="av">') == 0
    assert '<span class="door z1">' not in bob.browser.get("/t").text


def test_no_picture_comes_before_it_is_pressed(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = noted(house, alice)
    flows.alter_preferences(house.site, bob.browser.cookies[SESSION], light=True)
    text = bob.browser.get(thread).text
    assert "<img" not in text
    assert "Show the picture" in text
    assert "A pot" in text
    assert "<img" in alice.browser.get(thread).text


def test_it_is_switched_on_and_off_with_the_keys(house: TestHouse, alice: Person) -> None:
    fields = alice.browser.get("/me/reading").form("/me/reading").fields
    assert "light" not in fields
    assert fields["keys"] == "1"
    assert "/keyed" in alice.browser.get("/").text
    del fields["keys"]
    alice.browser.post("/me/reading", {**fields, "light": "1"})
    assert (alice.viewer.light, alice.viewer.keys) == (True, False)
    text = alice.browser.get("/").text
    assert "/keyed" not in text
    assert 'href="/keys"' not in text
    assert "keys" not in alice.browser.get("/me/reading").form("/me/reading").fields


@pytest.mark.parametrize(("language", "word"), [("en", "To the next post"), ("ar", "إلى المشاركة التالية")])
def test_the_sheet_of_keys_is_a_page(house: TestHouse, language: str, word: str) -> None:
    visitor = house.browser(language)
    page = visitor.get("/keys")
    assert page.status == 200
    assert word in page.text
    assert "/keys." not in page.text
