"""Automatic rules: made by those who run a place, held against every text before it is posted, shown to nobody else."""

from __future__ import annotations

import json
import re

import pytest

from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.thread_steps import article
from mashrabiya.stewardship.tests.precepts import WORD, Place
from mashrabiya.stewardship.tests.test_pages import host
from mashrabiya.testing.house import TestHouse

SENTENCE = "Vegetables have a place of their own here."


@pytest.mark.parametrize(
    ("language", "asked"),
    [("en", "asks before a text like this"), ("ar", "يُسأل هنا قبل نشر نصّ كهذا")],
)
def test_a_nudge_is_asked_once_and_then_the_author_decides(
    house: TestHouse, language: str, asked: str
) -> None:
    place = Place(house, language)
    assert place.make().status == 303
    first = place.say(f"I bought a {WORD} today")
    assert first.status == 422
    assert asked in first.text
    assert first.form(place.thread).fields["body"].strip() == f"I bought a {WORD} today"
    assert WORD not in place.alice.browser.get(place.thread).text
    assert place.again(first).status == 303
    assert WORD in article(place.alice.browser.get(place.thread), 2)


def test_the_sentence_of_a_rule_is_what_its_author_reads(house: TestHouse) -> None:
    place = Place(house)
    place.make(sentence=SENTENCE)
    shown = place.say(f"r.u.t.a.b.a.g.a for {WORD}s")
    assert SENTENCE in shown.text
    assert "asks before a text like this" not in shown.text


def test_what_is_refused_is_not_posted_however_often_it_is_sent(house: TestHouse) -> None:
    place = Place(house)
    place.make(act="refuse", sentence=SENTENCE)
    first = place.say(f"a {WORD}")
    second = place.again(first, _guarded="keep")
    assert (first.status, second.status) == (422, 422)
    assert SENTENCE in second.text
    assert 'value="keep"' not in second.text
    assert place.again(second, body="a turnip").status == 303


def test_a_content_note_is_put_on_what_is_posted(house: TestHouse) -> None:
    place = Place(house)
    place.make(act="note", note="128")
    assert place.say(f"a {WORD}").status == 303
    rows = house.database.connection().execute("SELECT notes FROM post WHERE n = 2").fetchall()
    assert [row[0] for row in rows] == [128]


def test_a_pattern_and_links(house: TestHouse) -> None:
    place = Place(house)
    place.make(kind="pattern", act="refuse", text=r"\bbuy\s+\d+")
    place.make(kind="links", act="refuse", text="example.org")
    assert place.say("buy 20 of them").status == 422
    assert place.say("look: https://shop.example.org/x").status == 422
    assert place.say("look: https://example.net/x and buy some").status == 303


def test_a_first_post_is_met_once(house: TestHouse) -> None:
    place = Place(house)
    place.make(kind="first", text="", sentence=SENTENCE)
    first = place.say("hello")
    assert SENTENCE in first.text
    assert place.again(first).status == 303
    assert place.say("hello again").status == 303


def test_of_an_unnamed_voice_nobody_asks_whether_it_is_new(house: TestHouse) -> None:
    place = Place(house)
    place.make(kind="first", act="refuse", text="")
    assert place.say("hello", unnamed="1").status == 303


def test_a_rule_that_is_off_or_deleted_meets_nothing(house: TestHouse) -> None:
    place = Place(house)
    place.make(act="refuse")
    one = place.one()
    place.alice.browser.submit(place.base, f"{one}/on", on="0")
    assert place.say(f"a {WORD}").status == 303
    place.alice.browser.submit(place.base, f"{one}/on", on="1")
    assert place.say(f"a {WORD}").status == 422
    assert place.alice.browser.submit(one, f"{one}/d").status == 303
    assert place.say(f"two {WORD}s").status == 303
    log = place.alice.browser.get(place.base).text
    assert [word for word in ("Added", "Switched off", "Switched on", "Deleted") if word not in log] == []
    assert WORD not in log


def test_an_edit_is_held_against_the_rules_as_well(house: TestHouse) -> None:
    place = Place(house)
    place.make(act="refuse")
    assert place.say("a turnip").status == 303
    shown = place.bob.browser.get(place.thread).text.replace("&#x2f;", "/")
    address = re.findall(r'href="(/t/\w+/e/\w+)"', shown)[-1]
    assert place.bob.browser.submit(address, address, body=f"a {WORD}").status == 422
    assert place.bob.browser.submit(address, address, body="a beetroot").status == 303


def test_a_program_meets_the_same_rules(house: TestHouse) -> None:
    place = Place(house)
    place.make(act="nudge")
    place.make(act="refuse", text="kohlrabi")
    program = Program(house, place.bob)
    address = f"/api{place.thread}"
    asked = program.send(address, {"body": f"a {WORD}"})
    assert (asked.status, json.loads(asked.body)) == (409, {"error": "second_look", "found": ["words"]})
    assert program.send(address, {"body": f"a {WORD}", "seen": True}).status == 201
    assert program.send(address, {"body": "a kohlrabi", "seen": True}).status == 403


def test_the_rules_of_another_place_meet_nothing_here(house: TestHouse) -> None:
    place, other = Place(house), Place(house, other=" Too")
    other.make(act="refuse")
    assert place.say(f"a {WORD}").status == 303


def test_the_rules_of_the_house_hold_everywhere_and_are_for_hosts(house: TestHouse) -> None:
    place = Place(house)
    mona = host(house)
    assert place.make_as(mona, "/o/r", act="refuse").status == 303
    assert place.say(f"a {WORD}").status == 422
    for who in (place.alice, place.bob):
        assert [who.browser.get(path).status for path in ("/o/r", "/o/r/new")] == [404, 404]


def test_what_a_community_says_of_itself_is_held_against_the_rules_of_the_house(house: TestHouse) -> None:
    place = Place(house)
    place.make_as(host(house), "/o/r", act="refuse", sentence=SENTENCE)
    address = place.base.removesuffix("/r") + "/edit"
    page = place.alice.browser.submit(address, address, about=f"All about {WORD}")
    assert page.status == 422
    assert SENTENCE in page.text
    assert place.alice.browser.submit(address, address, about="All about turnips").status == 303


def test_whoever_does_not_run_a_place_finds_no_rules(house: TestHouse) -> None:
    place = Place(house)
    place.make(text="kohlrabi")
    one = place.one()
    missing = place.bob.browser.get("/c/nothing").status
    for who in (place.bob, place.charlie):
        assert [who.browser.get(path).status for path in (place.base, f"{place.base}/new", one)] == [
            missing
        ] * 3
        token = place.alice.browser.get(one).form(one).fields["_f"]
        for path in (one, f"{one}/on", f"{one}/d", f"{place.base}/new"):
            page = who.browser.post(path, {"_f": token, "kind": "words", "act": "refuse", "text": WORD})
            assert page.status in {404, 422, 403}
    assert "kohlrabi" in place.alice.browser.get(one).text


def test_a_rule_of_another_place_is_not_found_here(house: TestHouse) -> None:
    place, other = Place(house), Place(house, other=" Too")
    other.make()
    number = other.one().rsplit("/", 1)[1]
    assert place.alice.browser.get(f"{place.base}/{number}").status == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_cannot_be_a_rule_comes_back_with_what_was_typed(house: TestHouse, language: str) -> None:
    place = Place(house, language)
    for fields in (
        {"text": ""},
        {"text": "x"},
        {"text": "y" * 61},
        {"kind": "pattern", "text": r"(a)\1"},
        {"kind": "pattern", "text": "(?:a{100}){100}"},
        {"kind": "pattern", "text": ".*"},
        {"kind": "pattern", "text": "b" * 201},
        {"kind": "links", "text": "not a site"},
        {"kind": "nothing"},
        {"act": "remove"},
        {"act": "note", "note": "0"},
        {"sentence": "s" * 301},
    ):
        page = place.make(**fields)
        assert page.status == 422, fields
        if fields.get("text"):
            assert page.form(f"{place.base}/new").fields["text"].strip() == fields["text"]
    assert "/r/" not in place.alice.browser.get(place.base).text.replace("&#x2f;", "/").replace("/r/new", "")


def test_sent_twice_it_is_made_once(house: TestHouse) -> None:
    place = Place(house)
    sheet = place.alice.browser.get(f"{place.base}/new").form(f"{place.base}/new")
    typed = {**sheet.fields, "kind": "words", "act": "nudge", "text": WORD}
    assert [place.alice.browser.post(f"{place.base}/new", typed).status for _ in range(2)] == [303, 303]
    assert house.database.connection().execute("SELECT count(*) FROM precept").fetchone()[0] == 1


def test_what_a_rule_looks_for_lies_in_no_file_in_plain_words(house: TestHouse) -> None:
    place = Place(house)
    place.make()
    sealed = house.database.connection().execute("SELECT sealed FROM precept").fetchone()[0]
    assert WORD.encode() not in bytes(sealed)
