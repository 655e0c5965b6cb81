"""What a persona says of itself is looked through before others read it."""

from __future__ import annotations

import pytest

from mashrabiya.safety.screening import CHOICE
from mashrabiya.testing.house import TestHouse

NUMBER = "079 555 0142"
ABOUT = f"Bread and tea, {NUMBER}"


@pytest.mark.parametrize(("language", "found"), [("en", "a phone number"), ("ar", "رقم هاتف")])
@pytest.mark.parametrize("path", ["/me/p/new", "/me/p/edit"])
def test_a_number_takes_a_second_press(house: TestHouse, path: str, language: str, found: str) -> None:
    alice = house.person("Alice", language=language)
    typed = {"about": ABOUT, **({"name": "Nour"} if path.endswith("new") else {})}
    first = alice.browser.submit(path, path, **typed)
    assert (first.status, found in first.text) == (422, True)
    assert f"<mark><bdi>{NUMBER}</bdi></mark>" in first.text
    assert NUMBER not in alice.browser.get("/me/p/edit").text
    assert alice.browser.post(path, first.form(path).fields).status == 303
    assert NUMBER in alice.browser.get("/me/p/edit").text


@pytest.mark.parametrize("path", ["/me/p/new", "/me/p/edit"])
def test_removing_goes_back_to_its_author_first(house: TestHouse, path: str) -> None:
    alice = house.person("Alice")
    typed = {"about": ABOUT, **({"name": "Nour"} if path.endswith("new") else {})}
    first = alice.browser.submit(path, path, **typed)
    back = alice.browser.post(path, {**first.form(path).fields, CHOICE: "remove"})
    fields = back.form(path).fields
    assert (back.status, fields["about"].strip()) == (422, "Bread and tea,")
    assert alice.browser.post(path, fields).status == 303
