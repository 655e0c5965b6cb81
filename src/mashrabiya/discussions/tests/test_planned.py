"""Posting at a set time: shown back first, posted once, by the way that every thread takes."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.planning import CANARY, accept, look, pass_by, plan, posts, waiting
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.people import flows
from mashrabiya.people import queries as people
from mashrabiya.platform import due
from mashrabiya.platform.due import Staggered
from mashrabiya.platform.markdown.references import reference
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

FIELDS = {
    "want_2": "1", "note_1": "1", "answers": "1", "choice_1": "Grey", "choice_2": "White", "days": "3",
}  # fmt: skip
ROOT = Path(__file__).resolve().parents[4]
# Publishes what is due and dies between the last row and the commit.
DIES = """
import os, sys
from pathlib import Path
from mashrabiya import main
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database
from mashrabiya.platform.due import Staggered
from mashrabiya.platform.markdown.references import reference
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.settings import Config
from mashrabiya.discussions import jobs, commands
clock.offset = float(sys.argv[2])
database, keys = Database(sys.argv[1]), ServerKeys(b"\\x07" * 32)
main.make_site(Config(data=Path(sys.argv[3])), keys=keys, database=database)
publish = commands.publish
def and_die(*given, **named):
    publish(*given, **named)
    os._exit(9)
jobs.commands.publish = and_die
Staggered(database, keys.of("field")).all_now()
"""


@pytest.fixture
def place(house: TestHouse, alice: Person, bob: Person) -> str:
    """Where Bob begins a thread: Alice runs it."""
    return f"/c/{show_id(open_place(house, alice, bob, audience=Audience.MEMBERS))}/t"


def back(house: TestHouse, person: Person) -> None:
    person.browser.cookies[SESSION] = flows.sign_in(house.site, person.name, person.passphrase).text


def stands_as_of_now(house: TestHouse, pid: bytes) -> None:
    """What was planned stands as if it had been written at this moment."""
    columns = "SELECT t.pos, t.last_day, t.wants, t.notes, t.answers, t.poll_day, p.t, p.pid FROM thread t JOIN post p ON p.tid = t.id WHERE t.title = 'Of herons'"
    (found,) = house.database.connection().execute(columns).fetchall()
    pos, day, wants, notes, answers, poll_day, t, author = found
    assert (pos, t, day, poll_day) == (clock.ten_minutes(), clock.ten_minutes(), clock.day(), clock.day() + 3)
    assert (bool(wants), bool(notes), answers, bytes(author)) == (True, True, 1, pid)


def test_it_is_shown_back_accepted_and_posted_as_of_then(
    house: TestHouse, alice: Person, bob: Person, place: str
) -> None:
    begin(house.database, alice.viewer, read_id(place.split("/")[2], 16), title="Alice asks")
    form = bob.browser.get(place).text
    assert "Until then whoever runs the server can read it." in form
    shown = look(bob, place, later_in="5", **FIELDS)
    assert shown.status == 200
    assert "Posted at:" in shown.text
    assert waiting(house, bob.viewer) == [], "nothing is accepted by looking"
    # What is said of words is said when she writes them, and the time still stands.
    said = accept(bob, place, shown, body=f"{CANARY} @{alice.name} @somebody_else")
    assert (said.status, 'id="guard"' in said.text) == (422, True)
    asked = {**said.form(place).fields, "_guarded": "keep", "later": "1"}
    for _ in range(2):
        assert bob.browser.post(place, asked).location == "/me/later", "sent twice is kept once"
    (row,) = waiting(house, bob.viewer)
    viewer, mentioned = bob.viewer, alice.viewer.pid
    assert row.at == clock.ten_minutes() + 5 * clock.HOUR
    listed = bob.browser.get("/me/later").text
    for part in (
        "Of herons",
        "In 5 hours",
        "Until then whoever runs the server can read it.",
        "Night kitchen",
    ):
        assert part in listed, part
    pass_by(house, 4.5)
    assert len(posts(house)) == 1
    pass_by(house, 0.7)
    assert [title for title, _ in posts(house)] == ["Alice asks", "Of herons"]
    assert waiting(house, viewer) == []
    stands_as_of_now(house, viewer.pid)
    mention = next(str(body) for title, body in posts(house) if title == "Of herons")
    assert reference(mentioned) in mention, "of a name it keeps an id, as ever"
    back(house, alice)
    listed = alice.browser.get(place.removesuffix("/t")).text
    assert "Of herons" in listed
    pass_by(house, 48)
    assert len(posts(house)) == 2


def test_it_is_posted_once_whoever_dies_and_however_many_work(
    house: TestHouse, bob: Person, place: str
) -> None:
    plan(bob, place)
    (row,), viewer = waiting(house, bob.viewer), bob.viewer
    clock.offset += 5.2 * clock.HOUR
    told = [house.database.url, str(clock.offset), str(house.folder)]
    died = subprocess.run(
        [sys.executable, "-c", DIES, *told], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert died.returncode == 9, died.stderr
    assert posts(house) == []
    assert len(waiting(house, viewer)) == 1, "nothing is lost"
    keys = house.keys.of("field")
    with house.database.write() as uow:
        due.add(uow, keys, commands.PUBLISH, row.id)
    both = [threading.Thread(target=Staggered(house.database, keys).all_now) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(posts(house)) == 1
    assert waiting(house, viewer) == []


NO_TIME = "no time that can be chosen"


def test_what_is_no_time_is_said_and_nothing_typed_is_lost(house: TestHouse, bob: Person, place: str) -> None:
    soon = clock.iso(clock.day() + 2)
    for fields, said in (
        ({}, "Neither a number of hours nor a day is chosen."),
        ({"later_in": "5", "later_day": soon}, "one of them stays empty"),
        ({"later_in": "0"}, NO_TIME),
        ({"later_in": "721"}, "more than 30 days away"),
        ({"later_day": "2020-01-01"}, "This time is over"),
        ({"later_day": "2999-01-01"}, "more than 30 days away"),
        ({"later_day": "2027-02-31"}, NO_TIME),
        ({"later_day": "tomorrow"}, NO_TIME),
        ({"later_day": soon, "later_hour": "24"}, NO_TIME),
        ({"later_day": soon, "later_hour": "-1"}, NO_TIME),
        ({"later_day": soon, "later_zone": "17"}, NO_TIME),
        ({"later_day": soon, "later_zone": "x"}, NO_TIME),
    ):
        page = look(bob, place, **fields)
        assert page.status == 422, fields
        assert said in page.text, fields
        assert CANARY in page.text
    # What the page says it showed is looked at again.
    shown = look(bob, place, later_in="5").form(place).fields
    for at in (int(clock.now()), 10**10, int(shown["later_at"]) + 1):
        wrong = bob.browser.post(place, {**shown, "later": "1", "later_at": str(at)})
        assert wrong.status == 422, at
    assert waiting(house, bob.viewer) == []


def test_it_says_the_time_of_where_she_is_and_keeps_no_zone(
    house: TestHouse, bob: Person, place: str
) -> None:
    days = clock.day() + 3
    chosen = {"later_day": clock.iso(days), "later_hour": "٨", "later_zone": "345"}
    page = look(bob, place, **chosen)
    # Eight o'clock is a quarter past two in UTC: the next ten minutes.
    assert "08:05 UTC+05:45" in page.text
    assert "02:20" in page.text
    other = accept(bob, place, page, **{**chosen, "later_hour": "9"})
    assert other.status == 200, "another time than was shown is shown first"
    assert waiting(house, bob.viewer) == []
    assert accept(bob, place, page, **chosen).status == 303
    (row,) = waiting(house, bob.viewer)
    assert row.at == days * clock.DAY + 2 * clock.HOUR + 20 * 60
    assert "345" not in row.fields
    assert "later" not in row.fields


def test_changed_posted_now_and_withdrawn(house: TestHouse, alice: Person, bob: Person, place: str) -> None:
    for title in ("First", "Second", "Third"):
        plan(bob, place, title=title)
    first, second, third = sorted(waiting(house, bob.viewer), key=lambda row: row.typed["title"])
    at = f"{place}?instead={first.shown}"
    assert f'href="{at}"' in bob.browser.get("/me/later").text
    form = bob.browser.get(at).form(place).fields
    assert (form["title"], form["body"].strip(), form["instead"]) == ("First", CANARY, first.shown)
    # Somebody else meets an empty form, and cannot take it away.
    hers = alice.browser.get(at)
    assert CANARY not in hers.text
    fields = {**hers.form(place).fields, "title": "Mine", "body": "Mine", "instead": first.shown}
    assert alice.browser.post(place, fields).status == 422
    plan(bob, place, at, title="First, changed", later_in="7", body=CANARY)
    changed = next(row for row in waiting(house, bob.viewer) if row.typed["title"] == "First, changed")
    assert len(waiting(house, bob.viewer)) == 3
    now = f"{place}?instead={second.shown}"
    form = {**bob.browser.get(now).form(place).fields}
    assert bob.browser.post(place, form).status == 303
    assert bob.browser.post(place, form).status == 303, "sent twice is done once"
    assert [title for title, _ in posts(house)] == ["Second"]
    stale = {**form, "_s": "0" * 32, "title": "Second again"}
    gone = bob.browser.post(place, stale)
    assert gone.status == 422
    assert "posted or withdrawn meanwhile" in gone.text
    sheet = {**bob.browser.get("/me/later").form("/me/later").fields, "post": third.shown}
    for _ in range(2):
        assert bob.browser.post("/me/later", sheet).location == "/me/drafts"
    with house.database.read() as db:
        (draft,) = people.drafts(db, bob.viewer).drafts
    assert (draft.fields["title"], draft.fields["body"]) == ("Third", CANARY)
    assert [row.id for row in waiting(house, bob.viewer)] == [changed.id]
    pass_by(house, 8)
    assert [title for title, _ in posts(house)] == ["First, changed", "Second"]
