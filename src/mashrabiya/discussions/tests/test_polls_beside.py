"""A poll where it meets what else is done with its thread: edited beside a vote, taken back, looked at beforehand."""

from __future__ import annotations

import re

import pytest

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_polls_page import ask, vote
from mashrabiya.testing.house import Person, TestHouse


def own_page(person: Person, thread: str, letter: str) -> str:
    return next(re.finditer(rf'href="({thread}/{letter}/\w+)"', person.browser.get(thread).text))[1]


def test_what_was_typed_for_a_poll_that_stays_is_not_lost(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    thread = ask(alice, open_place(house, alice, bob))
    edit = own_page(alice, thread, "e")
    fields = alice.browser.get(edit).form(edit).fields
    vote(bob, thread, vote="1")
    typed = {"body": "Other words.", "choice_1": "Spearmint of mine", "choice_5": "Sage of mine"}
    back = alice.browser.post(edit, fields | typed)
    assert back.status == 422
    assert [said for said in typed.values() if said not in back.text] == []
    assert "somebody has voted" in back.text
    again = back.form(edit).fields
    assert alice.browser.post(edit, again).status == 303
    page = bob.browser.get(thread).text
    assert ["Other words." in page, "of mine" in page] == [True, False]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "a poll with its votes"), ("ar", "ولا التصويت بأصواته")]
)
def test_that_a_poll_does_not_come_back_is_said_before(house: TestHouse, language: str, said: str) -> None:
    alice, bob = house.person("Alice", language=language), house.person("Bob")
    thread = ask(alice, open_place(house, alice, bob))
    bob.browser.submit(thread, thread, body="It stands on.")
    vote(bob, thread, vote="1")
    delete = own_page(alice, thread, "d")
    assert said in alice.browser.get(delete).text
    assert alice.browser.submit(delete, delete).location == "/me/undo"
    assert alice.browser.submit("/me/undo", "/me/undo").status == 303
    page = bob.browser.get(thread).text
    assert ["Shade." in page, "Mint" in page] == [True, False]
