"""Acts that replace the session, sent twice before the first answer was read: nobody is signed out by it."""

from __future__ import annotations

import time

import pytest

from mashrabiya.platform.web import moved
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def alice(house: TestHouse) -> Person:
    alice = house.person("Summer Cloud")
    alice.new_persona("Ink")
    return alice


def switch(alice: Person) -> tuple[str, dict[str, str]]:
    """The cookie of before, and the form that she is about to send."""
    sheet = alice.browser.get("/me/p").form("/me/p/switch")
    return alice.browser.cookies[SESSION], sheet.fields


def test_the_second_sending_leads_home_as_the_first_left_her(alice: Person) -> None:
    old, fields = switch(alice)
    assert alice.browser.post("/me/p/switch", fields).location == "/me/p"
    new = alice.browser.cookies[SESSION]
    alice.browser.cookies[SESSION] = old
    again = alice.browser.post("/me/p/switch", fields)
    assert (again.status, again.location) == (303, "/")
    assert alice.browser.cookies[SESSION] == new
    assert "Summer Cloud" in alice.browser.get("/").text


def test_a_persona_made_twice_is_made_once(house: TestHouse) -> None:
    alice = house.person("Summer Cloud")
    old, sheet = alice.browser.cookies[SESSION], alice.browser.get("/me/p/new").form("/me/p/new")
    fields = {**sheet.fields, "name": "Dot"}
    alice.browser.post("/me/p/new", fields)
    alice.browser.cookies[SESSION] = old
    assert alice.browser.follow(alice.browser.post("/me/p/new", fields)).status == 200
    assert alice.browser.get("/me/p").text.count("<bdi>Dot</bdi></b>") == 1


def test_a_page_asked_for_with_the_cookie_of_before_brings_the_new_one(alice: Person) -> None:
    old, fields = switch(alice)
    alice.browser.post("/me/p/switch", fields)
    alice.browser.cookies[SESSION] = old
    assert alice.browser.get("/me").status == 200
    assert alice.browser.cookies[SESSION] != old


def test_words_written_in_another_window_come_back_and_are_not_sent_as_another_name(alice: Person) -> None:
    old, fields = switch(alice)
    words = {**alice.browser.get("/me/p/edit").form("/me/p/edit").fields, "about": "Written as Ink"}
    alice.browser.post("/me/p/switch", fields)
    alice.browser.cookies[SESSION] = old
    kept = alice.browser.post("/me/p/edit", words)
    assert kept.status == 403
    assert "Written as Ink" in kept.text


def test_it_holds_for_some_seconds_only(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    old, fields = switch(alice)
    alice.browser.post("/me/p/switch", fields)
    alice.browser.cookies[SESSION] = old
    later = time.monotonic() + moved.SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert alice.browser.get("/me").status == 404


@pytest.mark.parametrize("way_out", ["/me/out", "/x"])
def test_whoever_left_is_gone_by_either_cookie(alice: Person, way_out: str) -> None:
    old, fields = switch(alice)
    alice.browser.post("/me/p/switch", fields)
    form = alice.browser.get("/me").form(way_out).fields
    alice.browser.post(way_out, form)
    alice.browser.cookies[SESSION] = old
    assert alice.browser.get("/me").status == 404
