"""Saying that a post helped, from its page."""

from __future__ import annotations

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import article, help_button, press, token_of
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.testing.house import Person, TestHouse


@pytest.mark.parametrize(("language", "sentence"), [("en", "Helped 1 person"), ("ar", "ساعد شخصًا واحدًا")])
def test_a_post_that_helped(house: TestHouse, alice: Person, language: str, sentence: str) -> None:
    reader = house.person("Bob", language=language)
    placed = begin(house.database, alice.viewer, open_place(house, alice), unnamed=True)
    page = reader.browser.get(placed.address)
    assert help_button(page, 1)[1:] == ("1", "false")
    pressed = press(reader, page, 1)
    assert pressed.location == f"{placed.address}?n=1#n1"
    assert press(reader, page, 1).status == 303
    after = reader.browser.follow(pressed)
    assert help_button(after, 1)[1:] == ("0", "true")
    assert sentence in article(after, 1)
    press(reader, after, 1)
    assert sentence not in reader.browser.get(placed.address).text


def test_no_button_under_her_own_under_any_name(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice, bob, audience=Audience.PUBLIC))
    assert help_button(alice.browser.get(placed.address), 1) == ("", "", "")
    action, _, _ = help_button(bob.browser.get(placed.address), 1)
    alice.new_persona("Ink")
    page = alice.browser.get(placed.address)
    assert help_button(page, 1) == ("", "", "")
    assert "/e/" not in article(page, 1)
    refused = alice.browser.post(action, {"_f": token_of(page)})
    assert (refused.status, "This is your own post." in refused.text) == (403, True)
    assert "formaction" not in house.browser().get(placed.address).text


def test_helping_what_is_not_hers_to_read_is_missing(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice, audience=Audience.HIDDEN))
    shown = begin(house.database, alice.viewer, open_place(house, alice))
    page = bob.browser.get(shown.address)
    post = help_button(page, 1)[0].rpartition("/")[2]
    for path in (
        f"{placed.address}/h/{post}",
        f"{shown.address}/h/{show_id(new_id(10))}",
        f"{shown.address}/h/x",
    ):
        assert bob.browser.post(path, {"_f": token_of(page)}).status == 404
    assert bob.browser.post(f"{shown.address}/h/{post}", {"_f": "0" * 32}).status == 403
    assert house.browser().post(f"{shown.address}/h/{post}", {}).status == 200
