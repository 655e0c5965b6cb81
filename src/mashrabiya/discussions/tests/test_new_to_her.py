"""What is new since she was here: on a thread's page and in lists, for herself alone and only where she wants it."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.types import PAGE, Placed
from mashrabiya.home.tests.test_home import counted, statements
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.queries import marks_of
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

SINCE, HERE = "New since you were here", "New from here"


def at_home(person: Person) -> Person:
    """Signed in anew, on a device of her own."""
    cookie = flows.sign_in(person.house.site, person.name, person.passphrase, own=True)
    person.browser.cookies[SESSION] = cookie.text
    return person


def marks(house: TestHouse) -> Marks:
    room: Marks = house.site.rooms["marks"]
    return room


def kept(house: TestHouse) -> int:
    return len(house.database.connection().execute("SELECT tag FROM mark").fetchall())


@pytest.fixture
def cid(house: TestHouse, alice: Person, bob: Person) -> bytes:
    return open_place(house, alice, bob)


@pytest.fixture
def placed(house: TestHouse, alice: Person, bob: Person, cid: bytes) -> Placed:
    """A thread of Alice's with three replies, that Bob reads at home."""
    made = begin(house.database, alice.viewer, cid)
    for number in range(3):
        answer(house.database, alice.viewer, made.tid, f"Reply {number}")
    at_home(bob)
    return made


def test_the_first_look_says_nothing_and_the_next_says_from_where(
    house: TestHouse, alice: Person, bob: Person, placed: Placed
) -> None:
    thread = placed.address
    for _ in range(2):
        text = bob.browser.get(thread).text
        assert SINCE not in text
        assert HERE not in text
    for number in range(2):
        answer(house.database, alice.viewer, placed.tid, f"Later {number}")
    text = bob.browser.get(thread).text
    assert f'<a href="{thread}?n=5#n5">{SINCE}: from <bdi>5</bdi></a>' in text
    assert text.index('id="n4"') < text.index(HERE) < text.index('id="n5"')
    assert SINCE not in bob.browser.get(thread).text


def test_no_page_that_is_read_writes(house: TestHouse, alice: Person, bob: Person, placed: Placed) -> None:
    trace: list[str] = []
    house.database.trace = trace
    bob.browser.get(placed.address)
    house.database.trace = None
    assert not [sql for sql in trace if not sql.startswith(("SELECT", "WITH"))]
    assert kept(house) == 0
    marks(house).write()
    assert kept(house) == 1
    # Only what moved is written.
    bob.browser.get(placed.address)
    assert marks(house)._waiting == {}
    answer(house.database, alice.viewer, placed.tid)
    bob.browser.get(placed.address)
    marks(house).write()
    assert kept(house) == 1


def test_a_reply_of_her_own_is_not_new_to_her(
    house: TestHouse, alice: Person, bob: Person, placed: Placed
) -> None:
    bob.browser.get(placed.address)
    sent = bob.browser.submit(placed.address, placed.address, body="Mine.")
    assert SINCE not in bob.browser.follow(sent).text
    bob.browser.submit(placed.address, placed.address, body="Mine, unnamed.", unnamed="1")
    answer(house.database, alice.viewer, placed.tid)
    text = bob.browser.get(placed.address).text
    assert f"{SINCE}: from <bdi>7</bdi>" in text
    assert text.index('id="n6"') < text.index(HERE) < text.index('id="n7"')


def test_only_some_of_the_posts_or_an_earlier_page_take_nothing_back(
    house: TestHouse, alice: Person, bob: Person, placed: Placed
) -> None:
    thread = placed.address
    for number in range(PAGE):
        answer(house.database, alice.viewer, placed.tid, f"Long {number}")
    bob.browser.get(f"{thread}?only=helped")
    assert marks(house)._waiting == {}
    bob.browser.get(f"{thread}?n={PAGE + 1}")
    bob.browser.get(f"{thread}?n=1")
    marks(house).write()
    bob.browser.get(f"{thread}?n=1")
    marks(house).write()
    with house.database.read() as db:
        assert marks_of(db, bob.viewer, [placed.tid]) == {placed.tid: PAGE + 4}


@pytest.mark.parametrize("written", [True, False])
def test_lists_say_how_much_is_new(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, placed: Placed, written: bool
) -> None:
    paths = ("/", "/?only=clear", "/t", f"/c/{show_id(cid)}")
    for path in paths:
        assert " new</span>" not in bob.browser.get(path).text
    bob.browser.get(placed.address)
    if written:
        marks(house).write()
    for path in paths:
        assert " new</span>" not in bob.browser.get(path).text
    for _ in range(2):
        answer(house.database, alice.viewer, placed.tid)
    for path in paths:
        assert re.search(r"<bdi>2</bdi> new</span>|>2 new</span>", bob.browser.get(path).text), path
    assert " new</span>" not in alice.browser.get("/").text


def test_it_costs_at_most_one_statement_in_lists_and_none_in_a_thread(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, placed: Placed
) -> None:
    bob.browser.get(placed.address)
    marks(house).write()
    answer(house.database, alice.viewer, placed.tid)
    for path, most in (
        ("/", 6),
        ("/?only=clear", 6),
        ("/t", 4),
        (f"/c/{show_id(cid)}", 6),
        (placed.address, 6),
    ):
        with_marks, without = statements(bob, path), statements(alice, path)
        assert with_marks <= most, path
        assert with_marks <= without + (path not in {"/", placed.address}), path


@pytest.mark.parametrize("how", ["entry = 1", "protected_h = 1 << 30"])
def test_it_is_told_where_one_asks_to_join_and_while_a_place_is_protected(
    house: TestHouse, alice: Person, bob: Person, cid: bytes, placed: Placed, how: str
) -> None:
    house.site.rooms["newcomers"].on = True
    house.database.connection().execute(f"UPDATE community SET {how}")
    house.database.connection().commit()
    charlie, path = at_home(house.person("Charlie")), f"/c/{show_id(cid)}"
    for who in (bob, charlie):
        who.browser.get(placed.address)
    house.site.rooms["newcomers"].allowance(bob.viewer)
    answer(house.database, alice.viewer, placed.tid)
    for who in (bob, charlie):
        assert re.search(r">1 new</span>|<bdi>1</bdi> new</span>", who.browser.get(path).text), who.name
        house.settle()
        assert statements(who, path) <= 6
    if how == "entry = 1":
        ask = f"{path}/ask"
        charlie.browser.submit(ask, ask)
        page = charlie.browser.get(path).text
        assert "The request to join is waiting." in page
        assert " new</span>" in page
        assert statements(charlie, path) <= 6


def test_a_visitor_asks_for_no_mark(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob, audience=Audience.SIGNED_IN)
    begin(house.database, alice.viewer, cid)
    assert counted(house, house.browser(), "/t") == 1


def test_nothing_is_remembered_on_a_shared_device_in_the_neutral_look_or_when_switched_off(
    house: TestHouse, alice: Person, bob: Person, placed: Placed
) -> None:
    def opens(*, quiet: bool) -> None:
        bob.browser.get(placed.address)
        answer(house.database, alice.viewer, placed.tid)
        marks(house).write()
        assert (kept(house) == 0) == quiet
        assert (SINCE in bob.browser.get(placed.address).text) == (not quiet)
        assert ("new</span>" in bob.browser.get("/").text) is False

    flows.alter_preferences(house.site, bob.browser.cookies[SESSION], forgets=True)
    opens(quiet=True)
    flows.alter_preferences(house.site, bob.browser.cookies[SESSION], forgets=False, discreet=True)
    opens(quiet=True)
    flows.alter_preferences(house.site, bob.browser.cookies[SESSION], discreet=False)
    own = bob.browser.cookies[SESSION]
    bob.browser.cookies[SESSION] = flows.sign_in(house.site, bob.name, bob.passphrase).text
    opens(quiet=True)
    bob.browser.cookies[SESSION] = own
    opens(quiet=False)


def test_what_was_noted_is_not_shown_where_nothing_is_remembered(
    house: TestHouse, alice: Person, bob: Person, placed: Placed
) -> None:
    bob.browser.get(placed.address)
    marks(house).write()
    answer(house.database, alice.viewer, placed.tid)
    flows.alter_preferences(house.site, bob.browser.cookies[SESSION], forgets=True)
    assert SINCE not in bob.browser.get(placed.address).text
    flows.alter_preferences(house.site, bob.browser.cookies[SESSION], forgets=False, discreet=True)
    text = bob.browser.get(placed.address).text
    assert SINCE not in text
    assert HERE not in text


@pytest.mark.parametrize("way", ["/x", "/me/out", "/me/end"])
def test_leaving_drops_what_is_not_written(house: TestHouse, bob: Person, placed: Placed, way: str) -> None:
    bob.browser.get(placed.address)
    assert marks(house)._waiting
    bob.browser.submit("/me", way) if way != "/x" else bob.browser.post("/x")
    assert marks(house)._waiting == {}
    marks(house).write()
    assert kept(house) == 0


def test_switching_it_off_drops_what_is_not_written_and_is_said(
    house: TestHouse, alice: Person, bob: Person, placed: Placed
) -> None:
    bob.browser.get(placed.address)
    page = bob.browser.get("/me/reading")
    fields = page.form("/me/reading").fields
    assert fields["marks"] == "1"
    assert "This is so now." not in page.text
    del fields["marks"]
    assert bob.browser.post("/me/reading", fields).location == "/me?saved=1"
    marks(house).write()
    assert kept(house) == 0
    bob.browser.get(placed.address)
    marks(house).write()
    assert kept(house) == 0
    assert "marks" not in bob.browser.get("/me/reading").form("/me/reading").fields
    assert "This is so now." in alice.browser.get("/me/reading").text


def test_a_program_leaves_no_mark(house: TestHouse, bob: Person, placed: Placed) -> None:
    code = flows.sign_in(house.site, bob.name, bob.passphrase, own=True, narrow=True)
    headers = {"authorization": f"Bearer m{code.text}"}
    assert house.browser().get(f"/api{placed.address}", **headers).status == 200
    assert marks(house)._waiting == {}


def test_a_hidden_thread_leaves_no_mark(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice, audience=Audience.MEMBERS)
    thread = begin(house.database, alice.viewer, cid).address
    mallory = at_home(house.person("Mallory"))
    missing = mallory.browser.get("/t/" + show_id(bytes(16)))
    assert mallory.browser.get(thread).body == missing.body
    assert marks(house)._waiting == {}
