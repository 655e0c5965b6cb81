"""A post kept for later that she wishes to see again: the day lies sealed, and what is due stands first."""

from __future__ import annotations

import re

import pytest

from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.people import queries as people
from mashrabiya.people.sealed.saved import bookmark, read_bookmark
from mashrabiya.people.types import KeptForLater
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def threads(house: TestHouse, alice: Person, bob: Person) -> list[str]:
    cid = open_place(house, alice, bob)
    return [begin(house.database, alice.viewer, cid, title=title).address for title in ("Mint", "Basil")]


def keep(person: Person, thread: str, **fields: str) -> None:
    assert person.browser.submit(f"{thread}/k/1", f"{thread}/k/1", **fields).status == 303


def wait(house: TestHouse, person: Person, days: int) -> None:
    """Days later she signs in again."""
    clock.offset += days * clock.DAY
    person.browser.cookies[SESSION] = flows.sign_in(house.site, person.name, person.passphrase).text


def kept(house: TestHouse, person: Person) -> list[KeptForLater]:
    with house.database.read() as db:
        return people.kept_for_later(db, person.viewer)[0]


def titles(person: Person) -> list[str]:
    return re.findall(r"<h2><a [^>]*>([^<]+)</a>", person.browser.get("/me/kept").text)


def test_what_is_due_stands_first_until_she_says_done(
    house: TestHouse, bob: Person, threads: list[str]
) -> None:
    mint, basil = threads
    keep(bob, mint, again="7")
    wait(house, bob, 1)
    keep(bob, basil, remark="later")
    assert titles(bob) == ["Basil", "Mint"]
    assert "Shown again: In 6 days" in bob.browser.get("/me/kept").text
    wait(house, bob, 6)
    page = bob.browser.get("/me/kept")
    assert titles(bob) == ["Mint", "Basil"]
    (what,) = re.findall(r'name="done" value="([^"]+)"', page.text)
    assert bob.browser.post("/me/kept", page.form("/me/kept").fields | {"done": what}).status == 303
    assert titles(bob) == ["Basil", "Mint"]
    assert [one.again for one in kept(house, bob)] == [0, 0]


def test_another_remark_leaves_the_day_and_another_choice_moves_it(
    house: TestHouse, bob: Person, threads: list[str]
) -> None:
    keep(bob, threads[0], again="7")
    due = clock.day() + 7
    wait(house, bob, 2)
    sheet = bob.browser.get(f"{threads[0]}/k/1").form(f"{threads[0]}/k/1").fields
    assert sheet["again"] == "same"
    keep(bob, threads[0], remark="Other words")
    assert [(one.again, one.remark) for one in kept(house, bob)] == [(due, "Other words")]
    keep(bob, threads[0], again="30")
    assert [one.again for one in kept(house, bob)] == [clock.day() + 30]
    for forged in ("999999", "-3", "x", ""):
        keep(bob, threads[0], again=forged)
        assert [one.again for one in kept(house, bob)] == [0], forged


def test_nobody_elses_is_done(house: TestHouse, alice: Person, bob: Person, threads: list[str]) -> None:
    keep(bob, threads[0], again="1")
    keep(alice, threads[0])
    (one,) = kept(house, bob)
    page = alice.browser.get("/me/kept")
    alice.browser.post("/me/kept", page.form("/me/kept").fields | {"done": show_id(one.what)})
    assert [one.again for one in kept(house, bob)] == [clock.day() + 1]
    assert alice.browser.post("/me/kept", page.form("/me/kept").fields | {"done": "nothing"}).status == 404


@pytest.mark.parametrize("again", [0, 1, 21_000, 65_535])
def test_a_row_says_the_same_when_it_is_opened(again: int) -> None:
    body = bookmark(b"0123456789", "نعناع", again)
    assert read_bookmark(body) == (b"0123456789", "نعناع", again)


def test_rows_from_before_open_as_they_were() -> None:
    assert read_bookmark(bytes([10]) + b"0123456789" + b"mint") == (b"0123456789", "mint", 0)
