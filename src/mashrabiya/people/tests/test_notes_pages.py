"""Private notes as a browser without JavaScript walks them."""

import pytest

from mashrabiya.kernel import clock
from mashrabiya.people.tests.factories import PASSPHRASE, account, person
from mashrabiya.people.tests.test_notes import rows, write
from mashrabiya.testing.house import TestHouse


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Private notes", "Persona: <bdi>Alice</bdi>", "do not stand under my other personas")),
        ("ar", ("ملاحظات خاصة", "الاسم المستعار: <bdi>Alice</bdi>", "ولا تظهر تحت أسمائي الأخرى")),
    ],
)
def test_the_list_says_whose_it_is_and_who_could_read_it(
    house: TestHouse, language: str, words: tuple[str, ...]
) -> None:
    alice = person(house, "Alice")
    browser = alice.browser(language)
    sheet = browser.get("/me").form("/me").fields
    browser.post("/me", {**sheet, "language": language})
    empty = browser.get("/me/notes")
    assert empty.status == 200
    for word in words:
        assert word in empty.text
    assert "<title>" + {"en": "Settings", "ar": "الإعدادات"}[language] + "</title>" in empty.text
    for path in ("/me/notes/new",):
        assert browser.get(path).status == 200


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b \u2060\u00a0"])
def test_nothing_that_can_be_seen_is_no_note(house: TestHouse, text: str) -> None:
    browser = person(house, "Alice").browser()
    back = browser.submit("/me/notes/new", "/me/notes", text=text)
    assert back.status == 422
    assert "There is no text yet" in back.text
    assert browser.submit("/me/notes/new", "/me/notes", text="🌊").status == 303


def test_a_note_is_written_read_changed_and_deleted(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    text = "A title\n\n<b>Bold</b> & plain\n  indented"
    assert browser.submit("/me/notes/new", "/me/notes", text=text).location == "/me/notes"
    listed = browser.get("/me/notes").text
    assert "A title" in listed
    assert "Bold" not in listed
    read = browser.get("/me/notes/0").text
    assert '<h1 dir="auto">A title</h1>' in read
    assert "&lt;b&gt;Bold&lt;&#x2f;b&gt; &amp; plain\n  indented" in read
    form = browser.get("/me/notes/0/edit").form("/me/notes/0")
    assert form.fields["text"].strip("\n") == text
    assert browser.submit("/me/notes/0/edit", "/me/notes/0", text="Other words").location == "/me/notes/0"
    assert "Other words" in browser.get("/me/notes/0").text
    assert browser.submit("/me/notes/0/delete", "/me/notes/0/delete").location == "/me/notes"
    assert browser.get("/me/notes/0").status == 404
    assert rows(house) == []


def test_a_form_sent_twice_makes_one_note(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    sheet = {**browser.get("/me/notes/new").form("/me/notes").fields, "text": "once"}
    for _ in range(2):
        assert browser.post("/me/notes", sheet).status == 303
    assert len(rows(house)) == 1


@pytest.mark.parametrize("text", ["", "   ", "س" * 12_001])
def test_what_cannot_be_kept_stands_in_the_form_again(house: TestHouse, text: str) -> None:
    browser = person(house, "Alice").browser()
    again = browser.submit("/me/notes/new", "/me/notes", text=text)
    assert again.status == 422
    assert 'role="alert"' in again.text
    assert again.form("/me/notes").fields["text"].strip("\n") == text
    browser.submit("/me/notes/new", "/me/notes", text="words")
    again = browser.submit("/me/notes/0/edit", "/me/notes/0", text=text)
    assert again.status == 422
    assert again.form("/me/notes/0").fields["text"].strip("\n") == text


def test_a_stale_form_loses_no_word_and_writes_over_none(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    browser.submit("/me/notes/new", "/me/notes", text="first")
    stale = browser.get("/me/notes/0/edit").form("/me/notes/0").fields
    stale_delete = browser.get("/me/notes/0/delete").form("/me/notes/0/delete").fields
    browser.submit("/me/notes/0/edit", "/me/notes/0", text="second")
    met = browser.post("/me/notes/0", {**stale, "text": "third"})
    assert met.status == 409
    assert "has changed meanwhile" in met.text
    assert "second" in met.text
    assert met.form("/me/notes/0").fields["text"].strip("\n") == "third"
    assert browser.post("/me/notes/0/delete", stale_delete).status == 409
    assert "second" in browser.get("/me/notes/0").text
    assert browser.post("/me/notes/0", {**met.form("/me/notes/0").fields}).status == 303
    assert "third" in browser.get("/me/notes/0").text


def test_deleting_twice_is_deleting_once(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    browser.submit("/me/notes/new", "/me/notes", text="first")
    sheet = browser.get("/me/notes/0/delete").form("/me/notes/0/delete").fields
    assert [browser.post("/me/notes/0/delete", sheet).location for _ in range(2)] == ["/me/notes"] * 2
    browser.submit("/me/notes/new", "/me/notes", text="another in its place")
    assert browser.post("/me/notes/0/delete", sheet).status == 409
    assert len(rows(house)) == 1


def test_the_words_of_a_note_that_is_gone_come_back(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    browser.submit("/me/notes/new", "/me/notes", text="first")
    stale = browser.get("/me/notes/0/edit").form("/me/notes/0").fields
    browser.submit("/me/notes/0/delete", "/me/notes/0/delete")
    met = browser.post("/me/notes/0", {**stale, "text": "more words"})
    assert met.status == 404
    assert "more words" in met.text


PLACES = ("/me/notes/0", "/me/notes/0/edit", "/me/notes/0/delete")


def test_to_everybody_else_it_is_not_there(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    write(house, alice.viewer, "mine")
    alice.add("Zahra")
    missing = bob.browser().get("/nowhere")
    for path in PLACES:
        for browser in (bob.browser(), alice.browser(), house.browser()):
            answer = browser.get(path)
            assert (answer.status, answer.body) == (404, missing.body)
    for path in ("/me/notes", "/me/notes/new"):
        assert house.browser().get(path).body == missing.body
    # The forms of one persona do not reach another's note: its place is another one.
    sheet = bob.browser().submit("/me/notes/new", "/me/notes", text="Bob's")
    assert sheet.status == 303
    before = rows(house)
    fields = bob.browser().get("/me/notes/0/delete").form("/me/notes/0/delete").fields
    assert alice.browser().post("/me/notes/0/delete", fields).status == 403
    token = alice.browser().get("/me/notes/new").form("/me/notes").fields["_f"]
    assert alice.browser().post("/me/notes/0/delete", {**fields, "_f": token}).status == 403
    assert rows(house) == before


@pytest.mark.parametrize("place", ["1", "200", "99999999999", "-1", "00", "٠", "x", "0.0", "0%00"])
def test_wrong_numbers_are_the_plain_404(house: TestHouse, place: str) -> None:
    alice = person(house, "Alice")
    write(house, alice.viewer, "mine")
    missing = alice.browser().get("/nowhere")
    path = f"/me/notes/{place}"
    assert alice.browser().get(path).body == missing.body
    assert alice.browser().get(f"{path}/edit").body == missing.body


def test_without_a_persona_one_is_made_first(house: TestHouse) -> None:
    browser = account(house, "alice").browser()
    assert browser.get("/me/notes").location == "/me/p/new"
    token = browser.get("/me").form("/me").fields["_f"]
    assert browser.post("/me/notes", {"_f": token, "text": "words"}).status in (302, 303, 403)
    assert rows(house) == []


def test_an_ended_session_loses_no_note(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    sheet = browser.get("/me/notes/new").form("/me/notes").fields
    clock.offset += 3 * clock.DAY
    kept = browser.post("/me/notes", {**sheet, "text": "long words"})
    assert "long words" in kept.text
    fields = {**kept.form("/in").fields, "name": "alice", "pass": PASSPHRASE}
    resumed = browser.post("/in", fields)
    assert "long words" in resumed.text
    assert browser.post("/me/notes", resumed.form("/me/notes").fields).status == 303
    assert "long words" in browser.get("/me/notes").text


def test_the_list_asks_three_times_however_long_it_is(house: TestHouse) -> None:
    alice = person(house, "Alice")
    for number in range(20):
        write(house, alice.viewer, f"note {number}")
    house.database.trace = []
    alice.browser().get("/me/notes")
    asked, house.database.trace = house.database.trace, None
    assert len(asked) == 3


def test_when_every_place_is_taken_it_says_so_and_keeps_the_words(house: TestHouse) -> None:
    alice = person(house, "Alice")
    from mashrabiya.people import commands

    with house.database.write() as uow:
        for number in range(200):
            commands.write_note(uow, alice.viewer, f"note {number}")
    browser = alice.browser()
    assert "Deleting one makes room" in browser.get("/me/notes").text
    again = browser.submit("/me/notes/new", "/me/notes", text="one more")
    assert again.status == 422
    assert "Deleting one makes room" in again.text
    assert "one more" in again.text
