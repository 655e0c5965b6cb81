"""The copy of what is hers holds how desks are for her, where she chose anything."""

from __future__ import annotations

from typing import Any

import pytest

from mashrabiya.home.tests.test_copies import copied
from mashrabiya.kernel import clock
from mashrabiya.testing.house import Person, TestHouse


def chosen(person: Person, **fields: str) -> None:
    assert person.browser.submit("/me/desk", "/me/desk", **fields).status == 303


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Text only", "Without these keys", "Sunday · Tuesday", "08:00–20:00", "Take a break")),
        ("ar", ("نص فقط", "الأحد · الثلاثاء", "UTC")),
    ],
)
def test_hours_switches_and_a_break_are_told(house: TestHouse, language: str, said: tuple[str, ...]) -> None:
    carer = house.person("Carla", language=language)
    hours = {"day_0": "1", "day_2": "1", "begins": "8", "ends": "20"}
    chosen(carer, plain="1", no_keys="1", **hours)
    assert carer.browser.submit("/me/desk", "/me/desk/rest", hours="168").status == 303
    page, told = copied(carer)
    for words in said:
        assert words in page
    desk: dict[str, Any] = told["settings"]["desk"]
    until = desk.pop("rests_until")
    # The nearest hour, which may be the first of the next day.
    assert until[:10] in {clock.iso(clock.day() + 6), clock.iso(clock.day() + 7)}
    assert until.endswith(":00")
    assert desk == {
        "text_only": True,
        "without_keys": True,
        "days": [0, 2],
        "begins": "08:00",
        "ends": "20:00",
    }


def test_whoever_chose_nothing_is_told_nothing(house: TestHouse, alice: Person) -> None:
    page, told = copied(alice)
    assert told["settings"]["desk"] is None
    assert "Text only" not in page
    assert "UTC" not in page


def test_a_break_that_is_over_is_not_told(house: TestHouse, alice: Person) -> None:
    assert alice.browser.submit("/me/desk", "/me/desk/rest", hours="1").status == 303
    page, told = copied(alice)
    assert told["settings"]["desk"] is None
    assert "Take a break" not in page
