"""How the house speaks to her: one choice changes, and every other stays."""

import pytest

from mashrabiya.kernel.errors import NotFound
from mashrabiya.people import flows
from mashrabiya.people.tests.factories import person
from mashrabiya.testing.house import TestHouse


def test_changing_one_preference_keeps_all_others(house: TestHouse) -> None:
    alice = person(house, "Alice")
    flows.alter_preferences(house.site, alice.cookie, notes_shown=5, notes_hidden=8, settled=True)
    sheet = alice.browser().get("/me").form("/me").fields
    assert alice.browser().post("/me", {**sheet, "address": "f"}).status == 303
    alice.sign_in()
    viewer = alice.viewer
    assert (viewer.notes_shown, viewer.notes_hidden, viewer.settled) == (5, 8, True)
    assert viewer.tongue.address == "f"


def test_an_older_session_overwrites_nothing_that_was_chosen_elsewhere(house: TestHouse) -> None:
    alice = person(house, "Alice")
    older = alice.cookie
    alice.sign_in()
    flows.alter_preferences(house.site, alice.cookie, notes_hidden=8)
    flows.alter_preferences(house.site, older, settled=True)
    alice.sign_in()
    assert (alice.viewer.notes_hidden, alice.viewer.settled) == (8, True)


def test_who_left_alters_nothing(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.browser().post("/x")
    with pytest.raises(NotFound):
        flows.alter_preferences(house.site, alice.cookie, settled=True)
