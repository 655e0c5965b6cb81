"""Answering one post and quoting it, without JavaScript."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import article, ask, say
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import Person, TestHouse


def test_answering_one_post(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice, bob))
    answer(house.database, bob.viewer, placed.tid, "Mine.")
    thread = placed.address
    assert f'href="{thread}?n=2&amp;to=2#write"' in article(alice.browser.get(thread), 2)
    page = alice.browser.get(f"{thread}?n=2&to=2")
    assert "Answering: <bdi>Bob · 2</bdi>" in page.text
    fields = page.form(thread).fields
    assert (fields["to"], fields["body"].strip()) == ("2", "")
    alice.browser.post(thread, {**fields, "body": "Thanks."})
    assert f'<a href="{thread}?n=2#n2">' in article(alice.browser.get(thread), 3)
    assert "Answers: <bdi>Bob</bdi> · 2" in article(alice.browser.get(thread), 3)
    fields = alice.browser.get(f"{thread}?n=2&to=2").form(thread).fields
    alice.browser.post(
        thread, {name: value for name, value in {**fields, "body": "All."}.items() if name != "to"}
    )
    assert "answers" not in article(alice.browser.get(thread), 4)


def test_whoever_asked_unnamed_goes_on_unnamed_unless_she_says_otherwise(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    thread = begin(house.database, alice.viewer, open_place(house, alice, bob), unnamed=True).address
    fields = alice.browser.get(thread).form(thread).fields
    assert fields["unnamed"] == "1"
    alice.browser.post(thread, {**fields, "body": "Still nobody."})
    assert "Thread starter" in article(bob.browser.get(thread), 2)
    named = alice.browser.get(thread).form(thread).fields
    alice.browser.post(thread, {**named, "body": "Me.", "unnamed": ""})
    assert "Alice" in article(bob.browser.get(thread), 3)
    assert "unnamed" not in alice.browser.get(thread).form(thread).fields
    assert "unnamed" not in bob.browser.get(thread).form(thread).fields


def test_a_thread_without_replies_asks_for_one_only_where_one_may_be_given(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    thread = begin(house.database, alice.viewer, cid).address
    assert "No replies yet. One sentence can be enough." in bob.browser.get(thread).text
    edit = re.search(rf'{thread}/e/[^"]+', alice.browser.get(thread).text)
    assert edit
    alice.browser.submit(edit[0], edit[0], answers="2")
    closed = bob.browser.get(thread).text
    assert "0 replies" in closed
    assert "One sentence can be enough." not in closed


def test_an_answer_that_comes_back_still_answers(house: TestHouse, alice: Person) -> None:
    thread = begin(house.database, alice.viewer, open_place(house, alice)).address
    back = alice.browser.submit(f"{thread}?n=1&to=1", thread, body=" ")
    assert (back.status, back.form(thread).fields["to"]) == (422, "1")
    assert "Answering: <bdi>Alice · 1</bdi>" in back.text


def test_quoting_takes_the_words_and_no_name(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice, bob))
    say(house, bob, placed.tid, "One.\n\nTwo.", notes=int(Note.HATE))
    fields = alice.browser.get(f"{placed.address}?n=2&quote=2").form(placed.address).fields
    assert fields["body"].strip() == "> One.\n>\n> Two."
    assert (fields["to"], fields["note_32"]) == ("2", "1")
    assert "Bob" not in fields["body"]


def test_nothing_is_quoted_of_what_is_gone_or_was_never_there(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice, bob))
    answer(house.database, bob.viewer, placed.tid, "Gone words.")
    (delete,) = re.findall(rf'href="({placed.address}/d/\w+)"', bob.browser.get(placed.address).text)
    bob.browser.submit(delete, delete)
    for asked in ("quote=2", "quote=99", "quote=0", "quote=-1", "quote=x", "to=9999999", "quote=%ff"):
        page = alice.browser.get(f"{placed.address}?{asked}")
        assert page.status == 200
        assert page.form(placed.address).fields["body"].strip() == ""
        assert "Gone words" not in page.text


def test_who_cannot_write_is_offered_neither(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = begin(house.database, alice.viewer, open_place(house, alice, audience=Audience.PUBLIC))
    for browser in (house.browser(), bob.browser):
        text = browser.get(f"{placed.address}?n=1&quote=1").text
        for sign in ("data-write", "thread.", 'name="to"', "&gt; "):
            assert sign not in text


@pytest.mark.parametrize(("language", "said"), [("en", "Join"), ("ar", "انضمام")])
def test_a_thread_offers_to_join_with_the_persona_in_use(house: TestHouse, language: str, said: str) -> None:
    alice, charlie = house.person("Alice"), house.person("Charlie", language=language)
    cid = open_place(house, alice)
    placed = ask(house, alice, cid, answers=1)
    page = charlie.browser.get(placed.address)
    form = page.form(f"/c/{show_id(cid)}/in")
    assert form.fields["thread"] == placed.address[3:]
    assert said in page.text
    assert 'href="/me/p/new"' not in page.text
    joined = charlie.browser.post(form.action, form.fields).location
    assert joined == f"{placed.address}#write"
    assert charlie.browser.get(placed.address).form(placed.address)
