"""The page of earlier wordings, as readers, its author and carers meet it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mashrabiya.discussions.tests.kept_away import hide
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.kernel import clock
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def alice(house: TestHouse) -> Person:
    return house.person("Alice")


@pytest.fixture
def bob(house: TestHouse) -> Person:
    return house.person("Bob")


@pytest.fixture
def thread(house: TestHouse, alice: Person, bob: Person) -> Iterator[str]:
    """Alice edited hers twice, the second time with words that would do harm as HTML."""
    address = new_thread(
        alice, open_place(house, bob, alice), title="Mint?", body="Shade and rhubarb."
    ).location
    (edit,) = re.findall(rf'href="({address}/e/\w+)"', alice.browser.get(address).text)
    for body in ("<script>alert(1)</script> sun.", "Only sun."):
        clock.offset += clock.TEN_MINUTES
        assert alice.browser.submit(edit, edit, body=body).status == 303
    yield address
    clock.offset = 0.0


def test_edited_leads_there_for_whoever_reads_it(
    house: TestHouse, alice: Person, bob: Person, thread: str
) -> None:
    for browser, language in (
        (bob.browser, "en"),
        (alice.browser, "en"),
        (house.person("Charlie").browser, "en"),
    ):
        assert f'href="{thread}/v/1"' in browser.get(thread).text, language
        house.database.trace = []
        page = browser.get(f"{thread}/v/1")
        asked, house.database.trace = house.database.trace, None
        assert page.status == 200
        assert len(asked) <= 6
        for words in ("Earlier wording", "<del>", "<ins>", "rhubarb", "Pictures are not part of this"):
            assert words in page.text
        assert "<script>alert" not in page.text
        assert "<title>Mashrabiya</title>" in page.text
    assert "ما كان قبل التعديل" in house.person("Dalia", language="ar").browser.get(f"{thread}/v/1").text


def test_only_its_author_has_the_buttons(house: TestHouse, alice: Person, bob: Person, thread: str) -> None:
    path = f"{thread}/v/1"
    assert "Delete this earlier wording" not in bob.browser.get(path).text
    sheet = alice.browser.get(path).form(path).fields
    assert house.browser().post(path, sheet | {"which": "all"}).status == 200, "what was typed is given back"
    assert bob.browser.post(path, sheet | {"which": "all"}).status == 403
    assert alice.browser.submit(path, path, which="2").location == path
    assert "alert(1)" not in bob.browser.get(path).text
    for which in ("9", "x", "", "-1"):
        assert alice.browser.submit(path, path, which=which).status == 303
    assert "rhubarb" in bob.browser.get(path).text
    assert alice.browser.submit(path, path, which="all").location == path
    for one in (alice, bob):
        assert "No earlier wording of this text is kept." in one.browser.get(path).text


def test_a_hidden_word_of_either_wording_folds_it(bob: Person, thread: str) -> None:
    hide(bob, "rhubarb")
    text = bob.browser.get(f"{thread}/v/1").text
    assert text.count("Contains a word you hid") == 1


def test_what_is_not_there_is_missing(house: TestHouse, bob: Person, thread: str) -> None:
    for path in (f"{thread}/v/2", f"{thread}/v/0", "/t/" + "7" * 26 + "/v/1"):
        assert bob.browser.get(path).status == 404


def test_the_form_says_so_and_wipes_on_request(alice: Person, bob: Person, thread: str) -> None:
    (edit,) = re.findall(rf'href="({thread}/e/\w+)"', alice.browser.get(thread).text)
    page = alice.browser.get(edit)
    assert "can read what stood here before" in page.text
    assert "forget" not in page.form(edit).fields
    clock.offset += clock.TEN_MINUTES
    assert alice.browser.submit(edit, edit, body="Moved away.", forget="1").status == 303
    assert "No earlier wording of this text is kept." in bob.browser.get(f"{thread}/v/1").text
