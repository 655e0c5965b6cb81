"""The JSON doors lead to the same rooms as the pages."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_lists import mark
from mashrabiya.discussions.types import Kind, NewThread
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse


class Program:
    """A program with a person's token, or without one."""

    def __init__(self, house: TestHouse, person: Person | None = None) -> None:
        self._browser = house.browser()
        self._headers: dict[str, str] = {"content-type": "application/json"}
        if person is not None:
            opening = {"sign_in_name": person.name, "passphrase": person.passphrase}
            opened = self.send("/api/session", opening)
            self._headers["authorization"] = "Bearer " + msgspec.json.decode(opened.body)["token"]

    def get(self, path: str) -> Page:
        return self._browser.send(path, b"", method="GET", **self._headers)

    def send(self, path: str, value: Any) -> Page:
        return self._browser.send(path, msgspec.json.encode(value), **self._headers)

    def read(self, path: str) -> Any:
        found = self.get(path)
        assert found.status == 200, found.text
        return msgspec.json.decode(found.body)


def test_home_holds_what_is_new_where_she_belongs(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    cid = open_place(house, alice, bob)
    tid = begin(house.database, bob.viewer, cid).tid
    home = Program(house, alice).read("/api/home")
    assert [place["name"] for place in home["communities"]] == ["Night kitchen"]
    assert [thread["id"] for thread in home["threads"]] == [show_id(tid)]
    assert [thread["id"] for thread in home["waiting"]] == [show_id(tid)]
    assert home["threads"][0]["when"] in {"just_now", "today"}


def test_lists_tell_wishes_notes_and_people_helped_and_can_be_narrowed(
    house: TestHouse, alice: Person
) -> None:
    cid = open_place(house, alice)
    plain, other = (begin(house.database, alice.viewer, cid).tid for _ in range(2))
    mark(house.database, other, wants=Kind.ADVICE.bit | Kind.NEWS.bit, notes=Note.SELF_HARM, helped=3)
    program = Program(house, alice)
    for path in ("/api/home", "/api/t"):
        found = {thread["id"]: thread for thread in program.read(path)["threads"]}
        told = found[show_id(other)]
        assert (told["wants"], told["notes"], told["helped"]) == (["advice", "news"], ["self_harm"], 3)
        told = found[show_id(plain)]
        assert (told["wants"], told["notes"], told["helped"]) == ([], [], 0)
        narrowed = program.read(f"{path}?only=news&in=en")["threads"]
        assert [thread["id"] for thread in narrowed] == [show_id(other)]
        assert program.read(f"{path}?in=ar")["threads"] == []


def test_what_she_hides_is_not_told_to_her_programs(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    mark(house.database, begin(house.database, alice.viewer, cid).tid, notes=Note.LOSS)
    flows.alter_preferences(house.site, alice.browser.cookies[SESSION], notes_hidden=int(Note.LOSS))
    home = Program(house, alice).read("/api/home")
    assert (home["threads"], home["waiting"]) == ([], [])


def test_home_needs_a_token(house: TestHouse) -> None:
    assert Program(house).get("/api/home").status == 401


def test_a_visitor_reads_public_threads_alone(house: TestHouse, alice: Person) -> None:
    public = begin(house.database, alice.viewer, open_place(house, alice, audience=Audience.PUBLIC))
    inside = begin(house.database, alice.viewer, open_place(house, alice))
    program = Program(house)
    assert [thread["id"] for thread in program.read("/api/t")["threads"]] == [show_id(public.tid)]
    assert program.read(f"/api{public.address}")["title"]
    hidden, missing = program.get(f"/api{inside.address}"), program.get("/api/t/" + show_id(bytes(16)))
    assert hidden.status == 404
    assert (hidden.headers, hidden.body) == (missing.headers, missing.body)


def test_a_reply_is_a_reply(house: TestHouse, alice: Person) -> None:
    thread = begin(house.database, alice.viewer, open_place(house, alice)).address
    program = Program(house, alice)
    reply = {"body": "From a program", "kind": 3, "unnamed": True, "submission": "ab" * 16}
    answers = [program.send(f"/api{thread}", reply) for _ in range(2)]
    assert {page.status for page in answers} == {201}
    assert answers[0].body == answers[1].body
    found = program.read(f"/api{thread}")
    assert found["replies"] == 1
    post = found["posts"][1]
    assert (post["author"], post["kind"], post["n"]) == ({"label": 2}, 3, 2)
    assert "From a program" in alice.browser.get(thread).text


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ({"body": " "}, 422),
        ({"body": "x", "kind": 99}, 422),
        ({"body": 7}, 422),
        ({}, 422),
        ([], 422),
        ({"body": "x", "pid": "y"}, 422),
        ({"body": "x", "notes": ["rain"]}, 422),
        ({"body": "x", "notes": "loss"}, 422),
        ({"body": "x", "to": "1"}, 422),
        ({"body": "x", "to": 10**30}, 422),
    ],
)
def test_what_cannot_be_taken_is_refused(house: TestHouse, alice: Person, value: Any, status: int) -> None:
    thread = begin(house.database, alice.viewer, open_place(house, alice)).address
    assert Program(house, alice).send(f"/api{thread}", value).status == status


def test_outsiders_are_refused_and_hidden_threads_are_missing(house: TestHouse, alice: Person) -> None:
    bob = Program(house, house.person("Bob"))
    shown = begin(house.database, alice.viewer, open_place(house, alice)).address
    hidden = begin(house.database, alice.viewer, open_place(house, alice, audience=Audience.HIDDEN)).address
    assert bob.send(f"/api{shown}", {"body": "x"}).status == 403
    assert bob.send(f"/api{hidden}", {"body": "x"}).status == 404


def test_a_deleted_post_has_no_author(house: TestHouse, alice: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice))
    answer(house.database, alice.viewer, placed.tid)
    program = Program(house, alice)
    own = program.read(f"/api{placed.address}")["posts"][0]["own"]
    delete = f"{placed.address}/d/{own}"
    alice.browser.submit(delete, delete)
    post = program.read(f"/api{placed.address}")["posts"][0]
    assert (post["author"], post["html"], post["own"]) == (None, "", "")


def test_only_its_author_is_told_that_a_post_is_hers(house: TestHouse, alice: Person) -> None:
    thread = begin(house.database, alice.viewer, open_place(house, alice)).address
    bob = Program(house, house.person("Bob"))
    assert bob.read(f"/api{thread}")["posts"][0]["own"] == ""


def test_what_a_thread_asks_for_and_a_reply_answers(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    new = NewThread(title="T", body="B", wants=2, spare=4, notes=Note.LOSS)
    with house.database.write() as uow:
        thread = commands.open_thread(uow, alice.viewer, cid, new).address
    program = Program(house, alice)
    reply = {"body": "R", "kind": 3, "to": 1, "notes": ["hate", "loss", "loss"], "newcomer": True}
    assert program.send(f"/api{thread}", reply).status == 201
    found = program.read(f"/api{thread}")
    assert (found["wants"], found["spare"], found["notes"]) == ([2], [3], ["loss"])
    post = found["posts"][1]
    assert (post["to"], post["notes"], post["newcomer"]) == (1, ["hate", "loss"], True)
    assert [row["n"] for row in program.read(f"/api{thread}?kind=3")["posts"]] == [1, 2]
    assert [row["n"] for row in program.read(f"/api{thread}?kind=4")["posts"]] == [1]


def test_a_post_that_helped_is_marked_and_unmarked(house: TestHouse, alice: Person) -> None:
    thread = begin(house.database, alice.viewer, open_place(house, alice)).address
    bob, program = Program(house, house.person("Bob")), Program(house, alice)
    post = bob.read(f"/api{thread}")["posts"][0]["id"]
    path = f"/api{thread}/h/{post}"
    answers = [
        msgspec.json.decode(bob.send(path, value).body)
        for value in ({}, {"helped": True}, {"helped": False}, {"helped": None})
    ]
    assert [(said["helped"], said["people"]) for said in answers] == [
        (True, 1),
        (True, 1),
        (False, 0),
        (True, 1),
    ]
    seen = bob.read(f"/api{thread}")["posts"][0], program.read(f"/api{thread}")["posts"][0]
    assert [(row["helped"], row["helped_me"]) for row in seen] == [(1, True), (1, False)]
    assert program.send(path, {}).status == 403
    assert bob.send(f"/api{thread}/h/{show_id(bytes(10))}", {}).status == 404
    assert bob.send(f"/api{thread}/h/nothing", {}).status == 404
    assert bob.send(path, {"helped": "yes"}).status == 422


def test_the_address_of_a_name_is_told_to_members_alone(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice, audience=Audience.PUBLIC)
    thread = begin(house.database, alice.viewer, cid).address
    bob = house.person("Bob")
    for reader, told in (
        (Program(house), False),
        (Program(house, bob), False),
        (Program(house, alice), True),
    ):
        author = reader.read(f"/api{thread}")["posts"][0]["author"]
        assert author["name"] == "Alice"
        assert ("address" in author) == told
