"""What readers say of a guide: that it helped, that something is wrong."""

from __future__ import annotations

import os

import pytest

from mashrabiya.kernel import clock
from mashrabiya.library.guides import commands, queries, rules
from mashrabiya.library.guides.tests.scene import Shelf
from mashrabiya.library.guides.types import WRONG_DAYS, WRONG_LIMIT, Doubt, NewWrong, Wrong
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.platform.retention import sweep
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

SLUG, LEGAL = "questioning", "law-and-arrest"
HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE guide; --",
    "\u202eabc",
    "{{ 7*7 }}",
    "a\x00b",
    "🏳️‍🌈 مرحبا",
]


@pytest.fixture
def shelf(house: TestHouse) -> Shelf:
    return Shelf(house)


def _doubts(shelf: Shelf) -> list[Doubt]:
    with shelf.house.database.read() as db:
        return queries.doubts(db)


def _say(shelf: Shelf, browser: Browser, **typed: str) -> Page:
    door = f"{shelf.guide(SLUG).address}/x"
    return browser.submit(door, door, **{"what": "1", "text": "The year is another one.", **typed})


# --- that it helped


def test_it_helped_counts_people_not_names(shelf: Shelf) -> None:
    alice, address = shelf.house.person("Alice"), shelf.guide(SLUG).address
    assert alice.browser.submit(address, f"{address}/k", helped="1").location == address
    assert 'aria-pressed="true"' in alice.browser.get(address).text
    alice.new_persona("Another")
    assert 'aria-pressed="true"' in alice.browser.get(address).text
    alice.browser.submit(address, f"{address}/k", helped="1")
    assert shelf.guide(SLUG).helped == 1
    shelf.house.person("Bob").browser.submit(address, f"{address}/k", helped="1")
    assert shelf.guide(SLUG).helped == 2
    alice.browser.submit(address, f"{address}/k", helped="0")
    alice.browser.submit(address, f"{address}/k", helped="0")
    assert shelf.guide(SLUG).helped == 1


def test_no_two_marks_of_a_person_look_alike(shelf: Shelf) -> None:
    viewer = shelf.house.person("Alice").viewer
    with shelf.house.database.read() as db:
        ids = list(queries.names(db).values())
    assert len({queries.mark_of(viewer, one) for one in ids}) == len(ids)


def test_visitors_have_no_such_mark(shelf: Shelf) -> None:
    address = shelf.guide(SLUG).address
    assert f"{address}/k" not in shelf.house.browser().get(address).text
    shelf.house.browser().post(f"{address}/k", {"helped": "1"})
    assert shelf.guide(SLUG).helped == 0


def test_what_is_closed_is_not_marked(shelf: Shelf) -> None:
    alice = shelf.house.person("Alice")
    field = alice.browser.get(shelf.guide(SLUG).address).form(f"{shelf.guide(SLUG).address}/k").fields
    assert alice.browser.post(f"{shelf.guide(LEGAL).address}/k", field).status == 404
    assert shelf.guide(LEGAL).helped == 0


def test_few_are_no_number(shelf: Shelf) -> None:
    shelf.house.database.connection().execute("UPDATE guide SET helped = 2")
    assert "It helped" not in shelf.get(SLUG).text
    shelf.house.database.connection().execute("UPDATE guide SET helped = 3")
    assert "It helped 3 people" in shelf.get(SLUG).text


# --- that something is wrong


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_anybody_says_that_something_is_wrong(shelf: Shelf, who: str) -> None:
    browser = shelf.house.browser() if who == "visitor" else shelf.house.person("Alice").browser
    page = _say(shelf, browser, step="2", what="3")
    assert page.location == f"{shelf.guide(SLUG).address}?said=1"
    assert "It lies with the editorial desk now." in browser.follow(page).text
    (found,) = _doubts(shelf)
    assert (found.kind, found.step, found.lang) == (Wrong.HARM, 2, "en")
    assert found.text == "The year is another one."


def test_nothing_of_who_says_it_is_kept(shelf: Shelf) -> None:
    _say(shelf, shelf.house.browser(), text="Said by a visitor.")
    _say(shelf, shelf.house.person("Alice").browser, text="Said by a member.")
    one, other = _doubts(shelf)
    assert (one.guide, one.day, one.lang, one.step, one.what) == (
        other.guide,
        other.day,
        other.lang,
        other.step,
        other.what,
    )


def test_sent_twice_it_is_once(shelf: Shelf) -> None:
    browser, door = shelf.house.browser(), f"{shelf.guide(SLUG).address}/x"
    fields = {**browser.get(door).form(door).fields, "what": "1", "text": "The same words."}
    assert [browser.post(door, fields).status for _ in range(2)] == [303, 303]
    assert len(_doubts(shelf)) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": ""}, "There is no text yet"),
        ({"text": "x" * (WRONG_LIMIT + 1)}, "This is longer than can be taken."),
        ({"what": ""}, "One of the lines says what it is about."),
        ({"what": "77"}, "One of the lines says what it is about."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    shelf: Shelf, typed: dict[str, str], told: str
) -> None:
    page = _say(shelf, shelf.house.browser(), **typed)
    assert page.status == 422
    assert told in page.text
    if "text" not in typed:
        assert "The year is another one." in page.text
    assert _doubts(shelf) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(shelf: Shelf, text: str) -> None:
    assert _say(shelf, shelf.house.browser(), text=text).status == 303
    assert len(_doubts(shelf)) == 1


def test_it_is_looked_over_before_it_is_sent(shelf: Shelf) -> None:
    page = _say(shelf, shelf.house.browser(), text="Ask her at +961 71 234 567, she knows.")
    assert page.status == 422
    assert "a phone number" in page.text
    assert _doubts(shelf) == []


def test_of_what_is_closed_nothing_is_said(shelf: Shelf) -> None:
    browser, door = shelf.house.browser(), f"{shelf.guide(SLUG).address}/x"
    fields = {**browser.get(door).form(door).fields, "what": "1", "text": "Some words."}
    assert browser.post(f"{shelf.guide(LEGAL).address}/x", fields).status == 404
    assert _doubts(shelf) == []


def test_a_day_takes_so_many_and_the_text_still_stands(shelf: Shelf) -> None:
    guide = shelf.guide(SLUG).id
    with shelf.house.database.write() as uow:
        for number in range(rules.MOST_OF_ONE):
            new = NewWrong(1, 0, f"Number {number}.", os.urandom(16).hex())
            commands.doubt(uow, shelf.house.visitor(), guide, new, lang="en")
    page = _say(shelf, shelf.house.browser(), text="One more than fits.")
    assert page.status == 422
    assert "Tomorrow there is room again" in page.text
    assert "One more than fits." in page.text
    clock.offset += clock.DAY
    assert _say(shelf, shelf.house.browser(), text="One more than fits.").status == 303


def test_the_desk_answers_and_time_takes_it(shelf: Shelf) -> None:
    _say(shelf, shelf.house.browser())
    (found,) = _doubts(shelf)
    with shelf.house.database.write() as uow:
        commands.answer_doubt(uow, found.id)
    assert _doubts(shelf) == []
    clock.offset += (WRONG_DAYS + 2) * clock.DAY
    sweep(shelf.house.database)
    assert shelf.house.database.connection().execute("SELECT id FROM guide_wrong").fetchall() == []


def test_to_whom_the_house_is_closed_it_is_not_there(shelf: Shelf) -> None:
    alice, door = shelf.house.person("Alice"), f"{shelf.guide(SLUG).address}/x"
    fields = {**alice.browser.get(door).form(door).fields, "what": "1", "text": "Some words."}
    with shelf.house.database.write() as uow:
        set_guard(uow, "site", alice.viewer.pid, days=9, case=os.urandom(16))
    shelf.house.site.held.refresh()
    assert alice.browser.post(door, fields).status in {403, 404}
    assert _doubts(shelf) == []
