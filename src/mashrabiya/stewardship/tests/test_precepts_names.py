"""Rules of the house on what somebody is called, and says of herself: they ask or refuse, and no post is met by them."""

from __future__ import annotations

import pytest

from mashrabiya.stewardship.tests.precepts import WORD, Place
from mashrabiya.stewardship.tests.test_pages import host
from mashrabiya.testing.house import TestHouse

SENTENCE = "Vegetables have a place of their own here."
NEW, EDIT, NAME = "/me/p/new", "/me/p/edit", "/me/p/name"


@pytest.mark.parametrize(
    ("language", "asked", "press"),
    [
        ("en", "before a name or a description like this", "Use it as it is"),
        ("ar", "قبل استعمال اسم", "استعماله كما هو"),
    ],
)
def test_a_name_is_asked_about_once(house: TestHouse, language: str, asked: str, press: str) -> None:
    place = Place(house, language)
    assert place.make_as(host(house), "/o/r", kind="names").status == 303
    bob = place.bob.browser
    for page, action in ((NEW, NEW), (EDIT, NAME)):
        first = bob.submit(page, action, name=f"{WORD} {action[-1]}")
        assert first.status == 422
        assert (asked in first.text, press in first.text, WORD in first.form(action).fields["name"]) == (
            True,
        ) * 3
        assert bob.post(action, {**first.form(action).fields, "_guarded": "keep"}).status == 303
    assert WORD in bob.get("/me/p").text


def test_a_refused_name_is_not_taken_however_often_it_is_sent(house: TestHouse) -> None:
    place = Place(house)
    place.make_as(host(house), "/o/r", kind="names", act="refuse", sentence=SENTENCE)
    bob = place.bob.browser
    for page, action, field in ((NEW, NEW, "name"), (EDIT, NAME, "name"), (EDIT, EDIT, "about")):
        typed = {"name": "Nobody else"} if action == NEW else {}
        first = bob.submit(page, action, **{**typed, field: f"r.u.t.a.b.a.g.a {WORD}"})
        again = bob.post(action, {**first.form(action).fields, "_guarded": "keep"})
        assert (first.status, again.status, SENTENCE in again.text) == (422, 422, True)
        assert bob.post(action, {**again.form(action).fields, field: f"Turnip {action[-1]}"}).status == 303
    assert WORD not in bob.get("/me/p").text


def test_no_post_is_met_by_it_and_no_name_by_a_rule_on_posts(house: TestHouse) -> None:
    place = Place(house)
    mona = host(house)
    place.make_as(mona, "/o/r", kind="names", act="refuse")
    place.make_as(mona, "/o/r", act="refuse", text="kohlrabi")
    assert place.say(f"a {WORD}").status == 303
    assert place.bob.browser.submit(EDIT, NAME, name="Kohlrabi").status == 303


def test_a_community_has_none_and_none_holds_or_notes(house: TestHouse) -> None:
    place = Place(house)
    mona = host(house)
    assert "whole site" in place.make(kind="names").text
    assert 'value="names"' not in place.alice.browser.get(f"{place.base}/new").text
    assert 'value="names"' in mona.browser.get("/o/r/new").text
    for fields in ({"act": "hold"}, {"act": "note", "note": "128"}, {"text": ""}, {"_try": "1"}):
        assert place.make_as(mona, "/o/r", **{"kind": "names", **fields}).status == 422, fields
    assert house.database.connection().execute("SELECT count(*) FROM precept").fetchone()[0] == 0


def test_it_costs_a_name_no_statement(house: TestHouse) -> None:
    place = Place(house)

    def asked(name: str) -> int:
        sheet = place.bob.browser.get(EDIT).form(NAME)
        house.database.trace = []
        assert place.bob.browser.post(NAME, {**sheet.fields, "name": name}).status == 303
        statements, house.database.trace = len(house.database.trace), None
        return statements

    asked("Turnip")
    without = asked("Beetroot")
    place.make_as(host(house), "/o/r", kind="names", act="refuse")
    assert asked("Celery") == without
