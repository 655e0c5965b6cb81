"""A community's own words are looked through before others read them; its name is not."""

from __future__ import annotations

import pytest

from mashrabiya.communities.tests.test_pages import SAID
from mashrabiya.safety.screening import CHOICE
from mashrabiya.testing.house import TestHouse

NUMBER, MAIL = "079 555 0142", "sara@example.org"
FORM = {**SAID, "about": f"Bread. Call {NUMBER}", "agreements": f"Write to {MAIL} first."}


@pytest.fixture
def open_house(house: TestHouse) -> TestHouse:
    house.change(open=True)
    return house


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["a phone number", "an e-mail address"]), ("ar", ["رقم هاتف", "عنوان بريد إلكتروني"])],
)
def test_what_leads_to_somebody_takes_a_second_press(
    open_house: TestHouse, language: str, words: list[str]
) -> None:
    browser = open_house.person("Alice", language=language).browser
    first = browser.submit("/c/new", "/c/new", **FORM)
    assert (first.status, first.text.count("<mark>")) == (422, 2)
    assert [word for word in words if word not in first.text] == []
    made = browser.post("/c/new", first.form("/c/new").fields)
    assert made.status == 303
    edit = f"{made.location}/edit"
    again = browser.submit(edit, edit, about=f"Bread. Call {NUMBER}")
    assert (again.status, "<mark>" in again.text) == (422, True)


def test_removing_leaves_the_rest_as_it_was_typed(open_house: TestHouse) -> None:
    browser = open_house.person("Alice").browser
    first = browser.submit("/c/new", "/c/new", **FORM)
    back = browser.post("/c/new", {**first.form("/c/new").fields, CHOICE: "remove"})
    fields = back.form("/c/new").fields
    assert back.status == 422
    assert (fields["about"].strip(), fields["agreements"].strip()) == ("Bread. Call", "Write to first.")
    assert fields["name"] == SAID["name"]
    assert browser.post("/c/new", fields).status == 303


def test_a_name_is_nobodys_trace(open_house: TestHouse) -> None:
    browser = open_house.person("Alice").browser
    assert browser.submit("/c/new", "/c/new", **{**SAID, "name": "Kitchen at home"}).status == 303
