"""Whoever opened a thread says which reply was what she needed; nobody else, and nothing is counted."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MALLORY, other_persona
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.factories import answer, begin, make_persona, nameless, place
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_pages import masked, new_thread
from mashrabiya.discussions.tests.thread_steps import article
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.testing.house import TestHouse


def mark(database: Database, viewer: Viewer, tid: bytes, number: int, *, wish: bool = True) -> None:
    with database.write() as uow:
        commands.mark_needed(uow, viewer, tid, number, wish=wish)


def needed(database: Database, tid: bytes) -> int:
    with database.read() as db:
        return queries.get_thread(db, BOB, tid).needed


@pytest.mark.parametrize("unnamed", [False, True])
def test_whoever_opened_it_marks_one_whichever_name_she_uses(database: Database, unnamed: bool) -> None:
    cid = place(database, ALICE, BOB)
    make_persona(database, other_persona(ALICE))
    tid = begin(database, ALICE, cid, unnamed=unnamed).tid
    answer(database, BOB, tid)
    answer(database, BOB, tid, "Or none.")
    for viewer, number in ((ALICE, 2), (other_persona(ALICE), 3), (nameless(ALICE), 2)):
        mark(database, viewer, tid, number)
        assert needed(database, tid) == number
    mark(database, ALICE, tid, 3, wish=False)
    assert needed(database, tid) == 2, "what is not marked is not taken back"
    mark(database, ALICE, tid, 2, wish=False)
    assert needed(database, tid) == 0


def test_nobody_else_can(database: Database) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB, CHARLIE)).tid
    answer(database, BOB, tid)
    for viewer in (BOB, CHARLIE, MALLORY):
        with pytest.raises(NotFound):
            mark(database, viewer, tid, 2)
    for number in (1, 3, 0, 10**7):
        with pytest.raises(NotFound):
            mark(database, ALICE, tid, number)
    assert needed(database, tid) == 0


@pytest.mark.parametrize("unnamed", [False, True])
def test_not_a_reply_of_her_own_under_any_name(database: Database, unnamed: bool) -> None:
    cid, other = place(database, ALICE, BOB, other_persona(ALICE)), other_persona(ALICE)
    tid = begin(database, ALICE, cid, unnamed=True).tid
    answer(database, other, tid, unnamed=unnamed)
    for viewer in (ALICE, other):
        with pytest.raises(Refused):
            mark(database, viewer, tid, 2)


@pytest.mark.parametrize("act", ["delete", "hide", "hold", "remove"])
def test_a_reply_that_goes_takes_the_mark_off(database: Database, act: str) -> None:
    tid = begin(database, ALICE, place(database, ALICE, BOB)).tid
    answer(database, BOB, tid)
    mark(database, ALICE, tid, 2)
    with database.read() as db:
        post = queries.thread_page(db, BOB, tid).posts[1].id
    with database.write() as uow:
        if act == "delete":
            commands.delete_post(uow, BOB, tid, post)
        else:
            getattr(commands, act)(uow, post)
    assert needed(database, tid) == 0
    with pytest.raises(NotFound):
        mark(database, ALICE, tid, 2)


def test_pages_and_programs_say_it_and_only_she_has_the_button(house: TestHouse) -> None:
    alice, bob, charlie = house.person("Alice"), house.person("Bob"), house.person("Charlie", language="ar")
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid, unnamed="1").location
    bob.browser.submit(thread, thread, body="Shade.")
    address = f"{thread}/w/2"
    assert address not in bob.browser.get(thread).text
    page = alice.browser.get(thread)
    assert f'formaction="{address}" name="needed" value="1" aria-pressed="false"' in article(page, 2)
    (token,) = re.findall(
        r'id="needing" method="post"><input type="hidden" name="_f" value="([^"]+)"', page.text
    )
    assert alice.browser.post(address, {"_f": token, "needed": "1"}).location == f"{thread}?n=2#n2"
    for browser in (alice.browser, bob.browser):
        text = browser.get(thread).text
        assert "What helped: reply <bdi>2</bdi>" in text
        assert "From the thread starter: this is what I needed" in article(browser.get(thread), 2)
    assert "من فتح الموضوع: هذا ما احتجت إليه" in charlie.browser.get(thread).text
    assert Program(house, bob).read(f"/api{thread}")["needed"] == 2
    assert alice.browser.post(address, {"_f": token, "needed": ""}).status == 303
    assert "What helped: reply" not in bob.browser.get(thread).text


def test_the_mark_does_not_say_under_which_name_she_came(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    cid = open_place(house, alice, bob)
    tid = begin(house.database, alice.viewer, cid, unnamed=True).tid
    answer(house.database, bob.viewer, tid)
    seen = []
    for name in ("Alice", "Ink"):
        if name == "Ink":
            alice.new_persona(name)
        mark(house.database, alice.viewer, tid, 2)
        rows = house.database.connection().execute("SELECT * FROM thread").fetchall()
        path = f"/t/{show_id(tid)}"
        seen.append((repr([tuple(row) for row in rows]), masked(bob.browser.get(path))))
        mark(house.database, alice.viewer, tid, 2, wish=False)
    assert seen[0] == seen[1]
