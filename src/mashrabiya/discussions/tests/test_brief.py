"""Doors that write little: on SQLite their write begins before they open, and nothing is left of it where they refuse."""

from __future__ import annotations

import threading

from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

LONG = "A long line.\n" * 700


def _reply(house: TestHouse, person: Person, thread: str, body: str) -> Page:
    # Pages that were made for the first time took long.
    fields = person.browser.get(thread).form(thread).fields
    house.site.at_once._rests_until = 0.0
    return person.browser.post(thread, {**fields, "body": body})


def test_a_short_reply_is_written_by_the_thread_that_answers_pages(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    thread = begin(house.database, alice.viewer, cid).address
    seen: list[int] = []
    house.database.after_commit.append(lambda _uow: seen.append(threading.get_ident()))
    loop = house.runner._thread.ident
    assert _reply(house, bob, thread, "Short.").status == 303
    assert [ident == loop for ident in seen] == [house.database.dialect == "sqlite"]
    assert _reply(house, bob, thread, LONG).status == 303
    assert seen[1] != loop
    text = bob.browser.get(thread).text
    assert "Short." in text
    assert "A long line." in text


def test_who_is_refused_leaves_no_write_open(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = begin(house.database, alice.viewer, cid).address
    assert _reply(house, bob, thread, "   ").status == 422
    stale = bob.browser.post(thread, {"_f": "made up", "body": "Never."})
    assert stale.status == 403
    assert "Sign in" in house.browser().post(thread, {"_f": "", "body": "Never."}).text
    # Another thread can write, and what was refused never happened.
    other = threading.Thread(target=_reply, args=(house, alice, thread, LONG))
    other.start()
    other.join(60)
    assert not other.is_alive()
    text = alice.browser.get(thread).text
    assert "A long line." in text
    assert "Never." not in text


def test_no_door_is_brief_that_waits_or_only_reads(house: TestHouse) -> None:
    brief = [route for route in house.site.routes if route.brief]
    assert {"/t/{tid:str}", "/api/t/{tid:str}"} <= {route.path for route in brief}
    assert not [route for route in brief if route.apart or route.slow or route.method != "POST"]
