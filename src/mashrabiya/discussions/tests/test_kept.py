"""Posts kept for later: hers alone, under one name, and nowhere readable."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands
from mashrabiya.people import queries as people
from mashrabiya.people.sealed.saved import MOST
from mashrabiya.testing.house import Person, TestHouse

CANARY = "heron beside the ninth lamp"


@pytest.fixture
def thread(house: TestHouse, alice: Person, bob: Person) -> str:
    """A thread of Alice's with a reply, in a place that Bob belongs to."""
    cid = open_place(house, alice, bob, audience=Audience.MEMBERS)
    path = new_thread(alice, cid, title="Alice asks").location.partition("?")[0]
    alice.browser.submit(path, path, body="And one thing more.")
    return path


def accounts(house: TestHouse) -> list[tuple[object, ...]]:
    rows = house.database.connection().execute("SELECT * FROM account").fetchall()
    return sorted(map(tuple, rows), key=repr)


def kept(house: TestHouse, viewer: Viewer) -> list[tuple[bytes, str]]:
    with house.database.read() as db:
        return [(one.what, one.remark) for one in people.kept_for_later(db, viewer)[0]]


def save(person: Person, path: str, n: int, remark: str = "") -> str:
    return person.browser.submit(f"{path}/k/{n}", f"{path}/k/{n}", remark=remark).location


def test_a_post_is_kept_found_again_and_let_go(house: TestHouse, bob: Person, thread: str) -> None:
    assert f"{thread}/k/2" in bob.browser.get(thread).text
    assert save(bob, thread, 2, CANARY) == "/me/kept"
    text = bob.browser.get("/me/kept").text
    for part in ("Alice asks", CANARY, f'{thread}?n=2#n2"', "Reply <bdi>2</bdi>"):
        assert part in text, part
    page = bob.browser.get(f"{thread}/k/2")
    assert CANARY in page.text
    assert bob.browser.submit(f"{thread}/k/2", "/me/kept").location == "/me/kept"
    assert "Nothing is saved yet" in bob.browser.get("/me/kept").text
    assert bob.browser.post("/me/kept", page.form("/me/kept").fields).location == "/me/kept"


def test_kept_twice_is_kept_once_and_the_new_remark_counts(
    house: TestHouse, bob: Person, thread: str
) -> None:
    for remark in ("one", "one", "two", ""):
        before = accounts(house)
        save(bob, thread, 2, remark)
        # T4: what is kept under a name touches no account's row.
        assert accounts(house) == before
        assert [what for what, said in kept(house, bob.viewer) if said == remark], remark
        assert len(kept(house, bob.viewer)) == 1
    save(bob, thread, 1)
    assert len(kept(house, bob.viewer)) == 2


def test_nobody_else_meets_it_and_no_row_holds_it_in_clear(
    house: TestHouse, alice: Person, bob: Person, thread: str
) -> None:
    before = {path: alice.browser.get(path).status for path in (thread, "/me/kept")}
    save(bob, thread, 2, CANARY)
    (what, _) = kept(house, bob.viewer)[0]
    assert kept(house, alice.viewer) == []
    assert CANARY not in alice.browser.get("/me/kept").text
    assert {path: alice.browser.get(path).status for path in before} == before
    rows = house.database.connection().execute("SELECT tag, blob FROM save").fetchall()
    assert len(rows) == 1
    for value in map(bytes, rows[0]):
        for secret in (what, bob.viewer.pid, CANARY.encode()):
            assert secret not in value


def test_what_may_no_longer_be_read_has_no_title_and_can_be_let_go(
    house: TestHouse, alice: Person, bob: Person, thread: str
) -> None:
    save(bob, thread, 2, CANARY)
    deleting = re.findall(rf'href="({thread}/d/\w+)"', alice.browser.get(thread).text)[-1]
    alice.browser.submit(deleting, deleting)
    text = bob.browser.get("/me/kept").text
    assert "No longer to be read" in text
    assert CANARY in text
    assert "Alice asks" not in text
    assert bob.browser.get(f"{thread}/k/2").status == 404
    before = accounts(house)
    bob.browser.submit("/me/kept", "/me/kept", post=show_id(kept(house, bob.viewer)[0][0]))
    assert kept(house, bob.viewer) == []
    assert accounts(house) == before


def test_who_may_not_read_may_not_keep(house: TestHouse, bob: Person, thread: str) -> None:
    charlie = house.person("Charlie")
    for n in ("1", "2", "3", "x", "0"):
        missing = charlie.browser.get(f"/t/{'7' * 26}/k/1")
        assert charlie.browser.get(f"{thread}/k/{n}").text == missing.text
        assert charlie.browser.get(f"{thread}/k/{n}").status == missing.status == 404
    assert house.browser().get(f"{thread}/k/1").status == house.browser().get("/me/kept").status == 404
    assert bob.browser.post("/me/kept", {"post": "made up"}).status in {403, 404}
    assert kept(house, charlie.viewer) == []


def test_too_long_a_remark_comes_back_as_it_was(house: TestHouse, bob: Person, thread: str) -> None:
    page = bob.browser.submit(f"{thread}/k/2", f"{thread}/k/2", remark="é" * 301)
    assert page.status == 422
    assert "300 characters at most" in page.text
    assert "é" * 301 in page.text
    assert kept(house, bob.viewer) == []
    save(bob, thread, 2, "é" * 300)
    assert kept(house, bob.viewer)[0][1] == "é" * 300


def test_there_is_room_for_two_hundred_together_with_the_notes(house: TestHouse, bob: Person) -> None:
    with house.database.write() as uow:
        commands.write_note(uow, bob.viewer, "A note.")
        for number in range(MOST - 1):
            commands.keep(uow, bob.viewer, number.to_bytes(10, "big"), "")
        with pytest.raises(Refused, match=r"kept\.full"):
            commands.keep(uow, bob.viewer, b"one too many", "")
        commands.keep(uow, bob.viewer, bytes(10), "but this one may change")
        with pytest.raises(Invalid):
            commands.keep(uow, bob.viewer, bytes(10), "x" * 301)
    with house.database.read() as db, pytest.raises(NotFound):
        people.kept_for_later(db, Viewer())


def test_the_list_costs_no_more_statements_however_long(house: TestHouse, bob: Person, thread: str) -> None:
    counts = []
    for n in (1, 2):
        save(bob, thread, n)
        bob.browser.get("/me/kept")
        house.database.trace = []
        bob.browser.get("/me/kept")
        counts.append(len(house.database.trace))
        house.database.trace = None
    assert counts[0] == counts[1] <= 6
