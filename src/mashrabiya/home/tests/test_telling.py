"""What fades can be told again unnamed, from a private note; and nothing at rest says that it is hers."""

from __future__ import annotations

import re

import pytest

from mashrabiya.discussions import jobs
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.home.tests.test_fading import again, later
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.people.commands import write_note
from mashrabiya.platform.db import metadata
from mashrabiya.testing.house import Person, TestHouse

TITLE, BODY = "Saying it at home", "What I said first.\n\nAnd what helped."
WORDS = {
    "ar": ("نشرها تجربةً دون اسم", "لا يحفظ الموقع أيّ صلة", "بعد حذف الموضوع يمكن نشر الملاحظة"),
    "en": ("Post it as an unnamed experience", "The site keeps no link", "When the thread is gone, the note"),
}


def rows_with(house: TestHouse, needle: bytes) -> list[tuple[str, str]]:
    """Every row of every table in which these bytes stand."""
    connection = house.database.connection()
    return [
        (table, repr(row))
        for table in metadata.tables
        for row in connection.execute(f'SELECT * FROM "{table}"').fetchall()
        if any(isinstance(value, (bytes, memoryview)) and needle in bytes(value) for value in row)
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_end_of_a_thread_to_an_unnamed_experience(house: TestHouse, language: str) -> None:
    alice, bob = house.person("Alice", language=language), house.person("Bob", language=language)
    cid = open_place(house, bob, alice)
    tid = begin(house.database, alice.viewer, cid, title=TITLE, body=BODY).tid
    pid = alice.viewer.pid
    later(alice, bob)
    assert WORDS[language][2] in alice.browser.get("/me/fading").text
    assert alice.browser.submit("/me/fading", f"/me/fading/{show_id(tid)}").status == 303
    later(alice, bob, seconds=20 * clock.DAY)
    with house.database.write() as uow:
        assert jobs.fade(uow)
    assert alice.browser.get(f"/t/{show_id(tid)}").status == 404
    assert WORDS[language][0] in alice.browser.get("/me/notes/0").text
    page = alice.browser.get("/me/notes/0/tell")
    assert WORDS[language][1] in page.text
    (to,) = re.findall(r'href="(/c/\w+/t\?note=0)"', page.text.replace("&#x2f;", "/"))
    form = alice.browser.get(to).form(to.partition("?")[0]).fields
    assert (form["title"], form["body"].strip(), form["unnamed"]) == (TITLE, BODY, "1")
    posted = alice.browser.upload(to.partition("?")[0], form, {})
    assert posted.status == 303
    read = bob.browser.get(posted.location)
    assert "And what helped." in read.text
    assert "Alice" not in read.text
    new = read_id(posted.location[3:], 16)
    token = alice.viewer.token(new)
    rows = house.database.connection().execute("SELECT tid, pid, tok, label FROM post").fetchall()
    (post,) = [row[1:] for row in rows if bytes(row[0]) == new]
    assert (post[0], bytes(post[1]), post[2]) == (None, token, 0)
    for needle in (new, token):
        assert not [table for table, row in rows_with(house, needle) if repr(pid) in row]
    assert not {table for table, _ in rows_with(house, pid)} & {"post", "thread"}


def test_nothing_is_posted_by_looking_and_the_note_stays(house: TestHouse) -> None:
    alice = house.person("Alice")
    cid = open_place(house, alice)
    with house.database.write() as uow:
        write_note(uow, alice.viewer, f"{TITLE}\n\n{BODY}")
    before = house.database.connection().execute("SELECT COUNT(*) FROM thread").fetchone()[0]
    alice.browser.get("/me/notes/0/tell")
    alice.browser.get(f"/c/{show_id(cid)}/t?note=0")
    after = house.database.connection().execute("SELECT COUNT(*) FROM thread").fetchone()[0]
    assert before == after
    assert alice.browser.get("/me/notes/0").status == 200
    assert statements(alice, "/me/notes/0/tell") <= 6
    assert statements(alice, f"/c/{show_id(cid)}/t?note=0") <= 6


def test_nobody_reaches_the_note_of_another_name_or_person(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    cid = open_place(house, alice, bob)
    with house.database.write() as uow:
        write_note(uow, alice.viewer, f"{TITLE}\n\n{BODY}")
    alice.new_persona("Zahra")
    for person in (alice, bob):
        assert person.browser.get("/me/notes/0/tell").status == 404
        assert TITLE not in person.browser.get(f"/c/{show_id(cid)}/t?note=0").text
    assert house.browser().get("/me/notes/0/tell").status == 404


@pytest.mark.parametrize("number", ["x", "-1", "00", "999", "1e3", "٠", "%00", "0.0"])
def test_made_up_numbers_lead_nowhere(house: TestHouse, number: str) -> None:
    alice = house.person("Alice")
    cid = open_place(house, alice)
    assert alice.browser.get(f"/me/notes/{number}/tell").status == 404
    page = alice.browser.get(f"/c/{show_id(cid)}/t?note={number}")
    assert page.status == 200
    assert page.form(f"/c/{show_id(cid)}/t").fields.get("title", "") == ""


def test_without_a_community_she_is_shown_where_they_are(house: TestHouse) -> None:
    alice: Person = house.person("Alice")
    with house.database.write() as uow:
        write_note(uow, alice.viewer, "One line.")
    again(alice)
    assert "This persona belongs to no community yet." in alice.browser.get("/me/notes/0/tell").text
