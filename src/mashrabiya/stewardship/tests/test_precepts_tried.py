"""Automatic rules: what they would have met, what they cost, and how many there can be."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.stewardship.tests.precepts import WORD, Place
from mashrabiya.stewardship.tests.test_pages import host
from mashrabiya.testing.house import TestHouse

SENTENCE = "Vegetables have a place of their own here."


@pytest.mark.parametrize(
    ("language", "met"), [("en", "2 posts would have met"), ("ar", "مشاركتان كانت ستنطبق")]
)
def test_a_rule_is_tried_out_on_what_she_may_read(house: TestHouse, language: str, met: str) -> None:
    place = Place(house, language)
    for body in (f"one {WORD}", "a turnip", f"another {WORD}"):
        assert place.say(body).status == 303
    page = place.make(_try="1", act="refuse")
    assert page.status == 200
    assert met in page.text
    assert len(re.findall(rf'href="{place.thread}\?n=\d', page.text.replace("&#x2f;", "/"))) == 2
    assert page.form(f"{place.base}/new").fields["text"].strip() == WORD
    assert house.database.connection().execute("SELECT count(*) FROM precept").fetchone()[0] == 0


def test_trying_out_shows_a_host_nothing_that_she_may_not_read(house: TestHouse) -> None:
    mona = host(house)
    place = Place(house)
    assert place.say(f"a {WORD}").status == 303
    cid = open_place(house, place.alice, audience=Audience.HIDDEN)
    thread = ask(house, place.alice, cid).address
    assert place.alice.browser.submit(thread, thread, body=f"hidden {WORD}").status == 303
    page = place.make_as(mona, "/o/r", _try="1")
    assert "1 post would have met" in page.text


def test_two_rules_with_one_sentence_say_it_once(house: TestHouse) -> None:
    place = Place(house)
    place.make(sentence=SENTENCE)
    place.make(sentence=SENTENCE, text="kohlrabi")
    first = place.say(f"{WORD} and kohlrabi")
    assert first.text.count(SENTENCE) == 1
    assert place.again(first).status == 303


def test_rules_cost_a_post_no_statement(house: TestHouse) -> None:
    place = Place(house)

    def asked(body: str) -> int:
        sheet = place.bob.browser.get(place.thread).form(place.thread)
        house.database.trace = []
        assert place.bob.browser.post(place.thread, {**sheet.fields, "body": body}).status == 303
        statements, house.database.trace = len(house.database.trace), None
        return statements

    place.say("first words, after which everything is known")
    without = asked("a turnip")
    place.make()
    place.make_as(host(house), "/o/r", text="kohlrabi")
    place.make(kind="pattern", text=r"\bbuy\s+\d+")
    assert asked("a beetroot") == without


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_of_rules_costs_few_statements(house: TestHouse, language: str) -> None:
    place = Place(house, language)
    for number in range(12):
        place.make(text=f"{WORD}{'x' * number}")
    for page in (place.base, f"{place.base}/new", place.one()):
        house.database.trace = []
        assert place.alice.browser.get(page).status == 200
        assert len(house.database.trace) <= 6, page
        house.database.trace = None


def test_there_are_as_many_rules_as_there_can_be(house: TestHouse) -> None:
    place = Place(house)
    words = "\n".join(f"turnip{number}" for number in range(501))
    assert "500" in place.make(text=words).text
    for number in range(20):
        assert place.make(kind="pattern", text=f"turnip{number}").status == 303
    assert place.make(kind="pattern", text="one more").status == 422


def test_all_words_of_a_house_come_in_by_one_form(house: TestHouse) -> None:
    mona, place = host(house), Place(house)
    words = "\n".join(f"turnip{number}" for number in range(5000))
    assert place.make_as(mona, "/o/r", text=words, act="refuse").status == 303
    assert place.say("no turnip4321 please").status == 422
    assert place.say("no turnip5001 please").status == 303
