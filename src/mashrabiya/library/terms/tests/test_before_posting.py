"""Before posting one line tells of a better word, once; it holds nothing up, and can be switched off."""

from __future__ import annotations

from html import unescape

import pytest

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.kernel.ids import show_id
from mashrabiya.library.terms import commands
from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

WORDS = "My neighbour said that she is a transsexual."


@pytest.fixture
def alice(house: TestHouse) -> Person:
    fill(house, "trans", "gay")
    return house.person("Alice")


def reply(person: Person, thread: str, words: str = WORDS) -> Page:
    return person.browser.submit(thread, thread, body=words)


@pytest.mark.parametrize(("language", "why"), [("en", "The word is the author's"), ("ar", "الكلمة لكاتبها")])
def test_it_is_said_once_and_then_posted(house: TestHouse, alice: Person, language: str, why: str) -> None:
    bob = house.person("Bob", language=language)
    thread = ask(house, alice, open_place(house, alice, bob)).address
    first = reply(bob, thread)
    assert first.status == 422
    assert why in unescape(first.text)
    assert "<b><bdi>trans</bdi></b>" in first.text
    assert WORDS in first.text
    again = bob.browser.post(thread, {**first.form(thread).fields, "_guarded": "keep"})
    assert again.status == 303
    assert WORDS in bob.browser.get(thread).text


def test_pressing_send_again_is_enough(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    assert alice.browser.post(thread, reply(alice, thread).form(thread).fields).status == 303


def test_a_new_thread_is_looked_at_too(house: TestHouse, alice: Person) -> None:
    place = open_place(house, alice)
    first = alice.browser.submit(_door(place), _door(place), title="Them", body=WORDS)
    assert first.status == 422
    assert "<b><bdi>trans</bdi></b>" in first.text
    assert alice.browser.post(_door(place), first.form(_door(place)).fields).status == 303


def test_in_a_preview_it_is_said_too_and_in_all_once(house: TestHouse, alice: Person) -> None:
    place = open_place(house, alice)
    thread = ask(house, alice, place).address
    for door, fields in ((thread, {"body": WORDS}), (_door(place), {"title": "Them", "body": WORDS})):
        shown = alice.browser.submit(door, door, **fields, preview="1")
        assert shown.status == 200
        assert 'id="preview"' in shown.text
        assert "<b><bdi>trans</bdi></b>" in shown.text
        typed = shown.form(door).fields | fields
        typed.pop("preview", None)
        again = alice.browser.post(door, {**typed, "preview": "1"})
        assert again.status == 200
        assert "<b><bdi>trans</bdi></b>" not in again.text, "it was said"
        sent = alice.browser.post(door, again.form(door).fields | fields)
        assert sent.status == 303, "what was said in the preview is not said again"


def test_what_rests_says_nothing_in_a_preview_either(house: TestHouse, alice: Person) -> None:
    place = open_place(house, alice)
    with house.database.write() as uow:
        commands.rest(uow, alice.viewer, place, on=True)
    house.site.held.refresh()
    door = _door(place)
    assert (
        "<bdi>trans</bdi></b>"
        not in alice.browser.submit(door, door, title="A", body=WORDS, preview="1").text
    )


def _door(place: bytes) -> str:
    return f"/c/{show_id(place)}/t"


@pytest.mark.parametrize(
    "words", ["I am a transsexual.", "A day by the sea.", 'He said "transsexual" again.']
)
def test_nothing_is_said_of_her_own_word(house: TestHouse, alice: Person, words: str) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    assert reply(alice, thread, words).status == 303


def test_what_is_gentler_or_graver_comes_first(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    first = reply(alice, thread, f"{WORDS} Call 079 555 0142.")
    assert "a phone number" in first.text
    assert "<b><bdi>trans</bdi></b>" in first.text
    assert alice.browser.post(thread, {**first.form(thread).fields, "_guarded": "keep"}).status == 303


def test_she_switches_it_off(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    fields = alice.browser.get("/me/reading").form("/me/reading").fields
    assert fields.pop("words") == "1"
    assert alice.browser.post("/me/reading", fields).status == 303
    assert "words" not in alice.browser.get("/me/reading").form("/me/reading").fields
    assert reply(alice, thread).status == 303


def test_whoever_runs_a_place_switches_it_off_there(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    place = open_place(house, alice, bob)
    thread = ask(house, alice, place).address
    door = f"{_door(place).removesuffix('/t')}/edit/words/told"
    runs = next(one for one in (alice, bob) if one.browser.get(door).status == 200)
    fields = runs.browser.get(door).form(door).fields
    assert fields.pop("told") == "1"
    assert runs.browser.post(door, fields).status == 303
    assert reply(bob, thread).status == 303
    assert house.person("Carla").browser.get(door).status == 404


def test_hidden_concepts_and_silent_words_are_not_mentioned(house: TestHouse) -> None:
    alice = house.person("Alice")
    thread = ask(house, alice, open_place(house, alice)).address
    assert reply(alice, thread).status == 303


def test_no_statement_more_where_there_is_nothing_to_say(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    counts = []
    for on in ("1", ""):
        fields = alice.browser.get("/me/reading").form("/me/reading").fields
        alice.browser.post(
            "/me/reading",
            {**fields, "words": on} if on else {k: v for k, v in fields.items() if k != "words"},
        )
        reply(alice, thread, "warm up")
        sheet = alice.browser.get(thread).form(thread).fields
        house.database.trace = []
        alice.browser.post(thread, {**sheet, "body": f"Plain words {on}."})
        counts.append(len(house.database.trace))
        house.database.trace = None
    assert counts[0] == counts[1]
