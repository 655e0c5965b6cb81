"""The doors, as a person without JavaScript meets them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

MISSING = "/t/" + show_id(bytes(16))
XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def new_thread(person: Person, cid: bytes, **fields: str) -> Page:
    """Fill the form for a thread as a person would."""
    address = f"/c/{show_id(cid)}/t"
    return person.browser.submit(address, address, **{"title": "Mint?", "body": "Shade.", **fields})


def masked(page: Page) -> bytes:
    return re.sub(rb'(name="_[fs]" value="|/h/|"id":")[^"]*', rb"\1", page.body)


def test_a_question_is_asked_and_answered(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    asked = new_thread(alice, cid)
    thread = asked.location
    assert "Shade." in alice.browser.follow(asked).text
    sent = bob.browser.submit(thread, thread, body="Morning **sun**.", kind="2")
    assert sent.location == f"{thread}?n=2#n2"
    text = alice.browser.get(thread).text
    assert "<strong>sun</strong>" in text
    assert "Same experience" in text
    assert "1 reply" in text
    assert "Bob" in text


def test_who_does_not_belong_enters_from_the_thread_and_comes_back_to_it(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice)
    thread = begin(house.database, alice.viewer, cid).address
    assert "This needs a persona" not in bob.browser.get(thread).text
    entered = bob.browser.submit(thread, f"/c/{show_id(cid)}/in")
    assert (entered.location or "").startswith(thread)
    assert f'action="{thread}"' in bob.browser.get(thread).text


def test_unnamed_shows_a_label_and_nothing_else(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid, unnamed="1").location
    bob.browser.submit(thread, thread, body="Here.", unnamed="1")
    visitor = house.person("Charlie").browser.get(thread).text
    assert "Thread starter" in visitor
    assert "Unnamed <bdi>2</bdi>" in visitor
    assert "Alice" not in visitor
    assert "Bob" not in visitor


def test_the_label_to_come_is_told_before_writing(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = begin(house.database, alice.viewer, cid).address
    for label in ("Unnamed 2", "Unnamed 2"):
        assert f"the name shown will be: <bdi>{label}</bdi>" in bob.browser.get(thread).text
        bob.browser.submit(thread, thread, body="Mine.", unnamed="1")
    assert "the name shown will be: <bdi>Unnamed 3</bdi>" in alice.browser.get(thread).text


@pytest.mark.parametrize(
    ("audience", "line"),
    [
        (Audience.PUBLIC, "<b>This is a public page: anyone can read this, without an account.</b>"),
        (Audience.SIGNED_IN, "Whoever has an account here can read this."),
        (Audience.MEMBERS, "Only members of this community can read this."),
    ],
)
def test_who_can_read_stands_above_the_button(
    house: TestHouse, alice: Person, audience: Audience, line: str
) -> None:
    cid = open_place(house, alice, audience=audience)
    thread = begin(house.database, alice.viewer, cid).address
    for page in (thread, f"/c/{show_id(cid)}/t"):
        text = alice.browser.get(page).text
        assert line in text
        assert text.index(line) < text.index('class="btn main"')


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "", "body": "Kept text"}, {"en": "A title is needed.", "ar": "المطلوب عنوان."}),
        ({"title": "Kept text", "body": " "}, {"en": "There is no text yet", "ar": "لا نص بعد"}),
    ],
)
def test_an_invalid_form_comes_back_filled(
    house: TestHouse, language: str, fields: dict[str, str], words: dict[str, str]
) -> None:
    person = house.person("Alice", language=language)
    cid = open_place(house, person)
    back = new_thread(person, cid, **fields, unnamed="1")
    assert back.status == 422
    assert words[language] in back.text
    assert "Kept text" in back.text
    sheet = back.form(f"/c/{show_id(cid)}/t")
    assert sheet.fields["unnamed"] == "1"


def test_an_empty_reply_comes_back_with_its_choices(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    thread = begin(house.database, alice.viewer, cid).address
    back = alice.browser.submit(thread, thread, body="", kind="3", unnamed="1")
    assert back.status == 422
    assert back.form(thread).fields["kind"] == "3"
    assert back.form(thread).fields["unnamed"] == "1"


def test_one_voice_keeps_the_words_and_names_the_other(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, bob, alice)
    thread = begin(house.database, alice.viewer, cid).address
    alice.new_persona("Ink")
    with house.database.write() as uow:
        communities.join(uow, alice.viewer, cid)
    page = alice.browser.get(thread)
    assert "already written here as: <bdi>Alice</bdi>" in page.text
    fields = {name: value for name, value in page.form(thread).fields.items() if name != "unnamed"}
    back = alice.browser.post(thread, {**fields, "body": "My kept words"})
    assert back.status == 422
    assert "My kept words" in back.text
    assert "under another name" in back.text
    assert alice.browser.submit(thread, thread, body="Unnamed then").status == 303
    assert "Alice" not in re.sub("Alice</bdi></a>", "", bob.browser.get(thread).text)


def test_sent_twice_stands_once(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    thread = begin(house.database, alice.viewer, cid).address
    fields = {**alice.browser.get(thread).form(thread).fields, "body": "Only once, please"}
    first, second = alice.browser.post(thread, fields), alice.browser.post(thread, fields)
    assert first.location == second.location
    assert alice.browser.get(thread).text.count("Only once, please") == 1


def test_an_author_edits(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid).location
    (edit,) = re.findall(rf'href="({thread}/e/\w+)"', alice.browser.get(thread).text)
    assert "/e/" not in bob.browser.get(thread).text
    assert alice.browser.get(edit).form(edit).fields["body"].strip() == "Shade."
    assert alice.browser.submit(edit, edit, title="Mint!", body="Sun.").location == thread
    text = bob.browser.get(thread).text
    assert "Mint!" in text
    assert "Edited" in text
    back = alice.browser.submit(edit, edit, title="", body="Kept")
    assert (back.status, back.form(edit).fields["body"].strip()) == (422, "Kept")


def test_an_author_deletes_after_being_asked(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid).location
    bob.browser.submit(thread, thread, body="Mine stays")
    (delete,) = re.findall(rf'href="({thread}/d/\w+)"', alice.browser.get(thread).text)
    assert "This cannot be undone." in alice.browser.get(delete).text
    assert alice.browser.submit(delete, delete).location == thread
    text = bob.browser.get(thread).text
    assert "Deleted by the person who wrote it" in text
    assert "Shade." not in text
    assert "Mint?" not in text
    assert "Mine stays" in text


def test_posts_of_others_are_missing_where_one_edits(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(alice, cid).location
    (edit,) = re.findall(rf'href="({thread}/e/\w+)"', alice.browser.get(thread).text)
    made_up = f"{thread}/e/{show_id(new_id(10))}"
    for door in ("/e/", "/d/"):
        real, not_real = (
            bob.browser.get(edit.replace("/e/", door)),
            bob.browser.get(made_up.replace("/e/", door)),
        )
        assert real.status == 404
        assert (real.headers, real.body) == (not_real.headers, not_real.body)


@pytest.mark.parametrize("who", ["visitor", "bob"])
def test_a_hidden_thread_is_a_missing_thread(house: TestHouse, alice: Person, bob: Person, who: str) -> None:
    cid = open_place(house, alice, audience=Audience.HIDDEN)
    hidden = begin(house.database, alice.viewer, cid).address
    browser = bob.browser if who == "bob" else house.browser()
    answers = []
    for path in (hidden, MISSING):
        house.database.trace = []
        found = browser.get(path)
        assert found.status == 404
        answers.append((found.headers, found.body, house.database.trace))
    house.database.trace = None
    assert answers[0] == answers[1]


def test_without_a_session_no_post_is_lost_and_none_is_told_from_another(
    house: TestHouse, alice: Person
) -> None:
    cid = open_place(house, alice)
    thread = begin(house.database, alice.viewer, cid).address
    real = house.browser().post(thread, {"body": "Kept words"})
    made_up = house.browser().post(MISSING, {"body": "Kept words"})
    assert "Kept words" in real.text
    plain = [
        unescape(masked(page).decode()).replace(path, "")
        for page, path in ((real, thread), (made_up, MISSING))
    ]
    assert plain[0] == plain[1]


def test_scripts_stay_text(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice, audience=Audience.PUBLIC)
    begin(house.database, alice.viewer, cid, title=XSS, body=XSS)
    for path in ("/t", f"/c/{show_id(cid)}", "/"):
        text = alice.browser.get(path).text
        assert "<script>alert" not in text
        assert "<img" not in text


def test_titles_of_pages_tell_nothing(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice, audience=Audience.PUBLIC)
    thread = begin(house.database, alice.viewer, cid).address
    for path in (thread, "/t", f"/c/{show_id(cid)}"):
        assert "<title>Mashrabiya</title>" in alice.browser.get(path).text


def test_user_text_says_its_language_and_finds_its_direction(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    thread = begin(house.database, alice.viewer, cid, title="نعناع", body="أين الشمس؟").address
    text = alice.browser.get(thread).text
    assert '<h1 dir="auto" lang="ar">نعناع</h1>' in text
    assert '<div class="post" dir="auto" lang="ar">' in text


def test_pages_keep_their_budget_of_statements(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice, audience=Audience.PUBLIC)
    thread = begin(house.database, alice.viewer, cid).address
    for browser in (alice.browser, house.browser()):
        for path in ("/t", thread, "/", f"/c/{show_id(cid)}", "/api/home", f"/api{thread}"):
            house.database.trace = []
            browser.get(path)
            asked = house.database.trace
            assert len(asked) <= 6, (path, asked)
    house.database.trace = None


def test_an_unnamed_author_could_be_anyone(house: TestHouse, alice: Person, bob: Person) -> None:
    """Whoever wrote, and under whichever name she goes: for a third person every page is the same."""
    cid = open_place(house, alice, bob, audience=Audience.PUBLIC)
    readers = (house.browser(), house.person("Charlie").browser)
    authors = [alice.viewer, bob.viewer]
    alice.new_persona("Ink")
    authors.append(alice.viewer)
    seen = []
    for author in authors:
        thread = begin(house.database, author, cid, unnamed=True)
        answer(house.database, author, thread.tid, unnamed=True)
        pages = [
            masked(reader.get(page)).replace(show_id(thread.tid).encode(), b"T")
            for reader in readers
            for page in ("/t", f"/c/{show_id(cid)}", thread.address, f"/api{thread.address}")
        ]
        seen.append(pages)
        with house.database.write() as uow:
            commands.drop_thread(uow, thread.tid)
    assert seen[0] == seen[1] == seen[2]
