"""Before contempt or an outing is posted its author is asked once. Her word stands; nothing of it is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mashrabiya.discussions.events import PostWritten
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.safety.matching import tests
from mashrabiya.safety.matching.coded import opened
from mashrabiya.testing.house import TestHouse


def case(function: str) -> str:
    """A case of the measured set. It is never shown by a test that fails."""
    text = (Path(str(tests.__file__)).parent / "contempt.txt").read_text(encoding="utf-8")
    words = next(line.split("|", 4)[4] for line in text.splitlines() if line.startswith(f"{function}|en|d|"))
    return opened(words, arabic=False)


@pytest.mark.parametrize(
    ("language", "asked", "press"),
    [("en", "often used to hurt", "Post it as it is"), ("ar", "تُستعمل كثيرًا للإهانة", "نشره كما هو")],
)
def test_contempt_is_asked_about_once(house: TestHouse, language: str, asked: str, press: str) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    thread = ask(house, alice, open_place(house, alice, bob)).address
    words = case("direct_predicate")
    first = bob.browser.submit(thread, thread, body=words)
    assert first.status == 422
    assert asked in first.text
    assert press in first.text
    assert "<mark>" not in first.text
    assert count(house) == 1
    again = bob.browser.post(thread, {**first.form(thread).fields, "_guarded": "keep"})
    assert again.status == 303
    assert count(house) == 2


def test_who_posts_an_outing_is_asked_whether_the_other_agreed(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = ask(house, alice, open_place(house, alice, bob)).address
    first = bob.browser.submit(thread, thread, body=case("outing"))
    assert "Did they agree?" in first.text


def test_a_number_and_contempt_are_shown_in_one_sheet(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = ask(house, alice, open_place(house, alice, bob)).address
    first = bob.browser.submit(thread, thread, body=f"{case('direct_predicate')} 079 555 0142")
    assert "a phone number" in first.text
    assert "often used to hurt" in first.text
    again = bob.browser.post(thread, {**first.form(thread).fields, "_guarded": "keep"})
    assert again.status == 303


def test_other_words_of_contempt_are_asked_about_anew(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = ask(house, alice, open_place(house, alice, bob)).address
    first = bob.browser.submit(thread, thread, body=case("direct_predicate"))
    fields = first.form(thread).fields
    again = bob.browser.post(thread, {**fields, "body": case("direct_slur")})
    assert again.status == 422
    assert bob.browser.post(thread, {**fields, "body": "I am gay and I like mint."}).status == 303


def test_a_program_is_told_words_were_found_and_may_go_on(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = ask(house, alice, open_place(house, alice, bob)).address
    program, words = Program(house, bob), case("direct_predicate")
    assert program.send(f"/api{thread}", {"body": words}).status == 409
    assert program.send(f"/api{thread}", {"body": words, "seen": True}).status == 201


def test_the_weight_comes_with_the_fact_that_it_was_posted(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = ask(house, alice, open_place(house, alice, bob)).address
    told: list[PostWritten] = []
    house.database.recorder = lambda uow, event: (
        told.append(event) if isinstance(event, PostWritten) else None
    )
    for body in ("mint", case("threat_of_telling")):
        page = bob.browser.submit(thread, thread, body=body)
        assert page.status == 303
    assert [event.weight for event in told] == [0, 3]


def count(house: TestHouse) -> int:
    return int(house.database.connection().execute("SELECT count(*) FROM post").fetchone()[0])


def test_no_sheet_shows_what_was_met(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    thread = ask(house, alice, open_place(house, alice, bob)).address
    words = case("direct_slur")
    first = bob.browser.submit(thread, thread, body=words)
    sheet = re.findall(r'id="guard".*?</div></div>', first.text, re.DOTALL)
    assert len(sheet) == 1
    assert not any(word in sheet[0] for word in words.lower().split() if len(word) > 3), "it is shown"
