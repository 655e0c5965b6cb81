"""Before words are posted, what leads to a person is shown once; then the author's word stands."""

from __future__ import annotations

from typing import Any

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.thread_steps import article, ask, say
from mashrabiya.discussions.types import Kind
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.safety.screening import CHOICE, SHOWN
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

NUMBER = "079 555 0142"
WORDS = f"Call me: {NUMBER} any evening"
MARKED = f"<mark><bdi>{NUMBER}</bdi></mark>"


def again(person: Person, page: Page, action: str, **fields: str) -> Page:
    """Press in the form that came back."""
    return person.browser.post(action, {**page.form(action).fields, **fields})


@pytest.mark.parametrize(
    ("language", "found", "why"),
    [
        ("en", "a phone number", "The check was made on this site."),
        ("ar", "رقم هاتف", "جرى الفحص داخل هذا الموقع."),
    ],
)
def test_a_number_in_a_reply_takes_a_second_press(
    house: TestHouse, language: str, found: str, why: str
) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    thread = ask(house, alice, open_place(house, alice, bob)).address
    first = bob.browser.submit(thread, thread, body=WORDS)
    assert first.status == 422
    assert [word for word in (MARKED, found, why) if word not in first.text] == []
    assert NUMBER not in alice.browser.get(thread).text
    assert first.form(thread).fields["body"].strip() == WORDS
    assert again(bob, first, thread).status == 303
    assert NUMBER in article(alice.browser.get(thread), 2)


def test_the_button_that_keeps_it_posts_it(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(house, alice, open_place(house, alice, bob)).address
    first = bob.browser.submit(thread, thread, body=WORDS)
    assert again(bob, first, thread, **{CHOICE: "keep"}).status == 303
    assert NUMBER in article(alice.browser.get(thread), 2)


@pytest.mark.parametrize(("language", "said"), [("en", "nothing is posted yet"), ("ar", "ولم يُنشر بعد")])
def test_what_is_removed_is_read_again_before_it_is_posted(
    house: TestHouse, language: str, said: str
) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    thread = ask(house, alice, open_place(house, alice, bob)).address
    first = bob.browser.submit(thread, thread, body=WORDS, note_1="1")
    back = again(bob, first, thread, **{CHOICE: "remove"})
    assert (back.status, said in back.text, NUMBER in back.text) == (422, True, False)
    fields = back.form(thread).fields
    assert (fields["body"].strip(), fields["note_1"]) == ("Call me: any evening", "1")
    assert 'id="n2"' not in alice.browser.get(thread).text
    assert again(bob, back, thread).status == 303
    assert "Call me: any evening" in article(alice.browser.get(thread), 2)


def test_a_choice_that_was_never_offered_posts_nothing(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(house, alice, open_place(house, alice, bob)).address
    assert MARKED in bob.browser.submit(thread, thread, body=WORDS, **{CHOICE: "keep"}).text
    assert MARKED in bob.browser.submit(thread, thread, body=WORDS, **{SHOWN: "deadbeef." * 9000}).text
    assert 'id="n2"' not in alice.browser.get(thread).text


def test_a_number_put_in_meanwhile_is_shown_too(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(house, alice, open_place(house, alice, bob)).address
    first = bob.browser.submit(thread, thread, body=WORDS)
    second = again(bob, first, thread, body=f"{WORDS} or sara@example.org")
    assert (second.status, "<bdi>sara@example.org</bdi></mark>" in second.text) == (422, True)
    assert again(bob, second, thread).status == 303


def test_both_hints_stand_together_and_one_press_more_is_enough(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    thread = ask(house, alice, open_place(house, alice, bob), spare=Kind.ADVICE.bit).address
    first = bob.browser.submit(thread, thread, body=WORDS, kind="3")
    assert first.status == 422
    assert MARKED in first.text
    assert "Advice is not wanted here now." in first.text
    assert again(bob, first, thread).status == 303


def test_a_mistake_elsewhere_does_not_ask_anew(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    first = alice.browser.submit(address, address, title=f"Call {NUMBER}", body="sara@example.org")
    assert (first.status, first.text.count("<mark>")) == (422, 2)
    wrong = again(alice, first, address, spare_3="1", want_3="1")
    assert (wrong.status, "<mark>" in wrong.text) == (422, False)
    fields = {name: value for name, value in wrong.form(address).fields.items() if name != "spare_3"}
    assert alice.browser.post(address, fields).status == 303


def test_title_and_text_are_both_cleared(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    first = alice.browser.submit(address, address, title=f"Call {NUMBER}", body="Or sara@example.org now")
    back = again(alice, first, address, **{CHOICE: "remove"})
    fields = back.form(address).fields
    assert (fields["title"].strip(), fields["body"].strip()) == ("Call", "Or now")
    assert again(alice, back, address).status == 303


def test_editing_is_looked_through_as_well(house: TestHouse, alice: Person) -> None:
    placed = ask(house, alice, open_place(house, alice))
    say(house, alice, placed.tid)
    page = alice.browser.get(placed.address).text
    edit = page[page.rindex(f'href="{placed.address}/e/') + 6 :].partition('"')[0]
    first = alice.browser.submit(edit, edit, body=WORDS)
    assert (first.status, MARKED in first.text) == (422, True)
    assert NUMBER not in alice.browser.get(placed.address).text
    assert again(alice, first, edit).status == 303
    assert NUMBER in article(alice.browser.get(placed.address), 2)


def test_a_find_tells_nothing_of_a_thread_that_is_not_hers_to_see(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    hidden = ask(house, alice, open_place(house, alice, audience=Audience.HIDDEN)).address
    own = ask(house, bob, open_place(house, bob)).address
    fields = {**bob.browser.get(own).form(own).fields, "body": WORDS}
    answers = [bob.browser.post(thread, fields) for thread in (hidden, f"/t/{show_id(new_id(16))}")]
    assert [page.status for page in answers] == [404, 404]
    assert "<mark>" not in answers[0].text
    program = Program(house, bob)
    said = [program.send(f"/api{thread}", {"body": WORDS}).body for thread in (hidden, own)]
    assert said[0] == said[1]


def test_a_hint_is_kept_nowhere(house: TestHouse, alice: Person, bob: Person, caplog: Any) -> None:
    thread = ask(house, alice, open_place(house, alice, bob)).address
    written: list[str] = []
    house.database.trace = written
    first = bob.browser.submit(thread, thread, body=WORDS)
    house.database.trace = None
    assert first.status == 422
    assert [sql for sql in written if not sql.lstrip().upper().startswith(("SELECT", "WITH"))] == []
    assert caplog.text == ""


def test_a_program_is_told_the_kinds_and_says_that_they_were_seen(house: TestHouse, alice: Person) -> None:
    thread = ask(house, alice, open_place(house, alice)).address
    program = Program(house, alice)
    told = program.send(f"/api{thread}", {"body": f"{WORDS}, sara@example.org"})
    assert (told.status, told.text) == (409, '{"error":"second_look","found":["phone","email"]}')
    assert program.read(f"/api{thread}")["replies"] == 0
    assert program.send(f"/api{thread}", {"body": WORDS, "seen": True}).status == 201
