"""Before it is sent: how the words will look, and what was written like them. Nothing is written."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

WORDS = {
    "title": "Which?",
    "body": "Mine goes *brown*.",
    "choice_1": "Mint",
    "choice_2": "Basil",
    "note_8": "1",
}


def shown(page: Page) -> str:
    found = re.search(r'<section [^>]*id="preview"(.*?)</section>', page.text, re.DOTALL)
    return found[1] if found else ""


def count(house: TestHouse) -> int:
    return int(house.database.connection().execute("SELECT count(*) FROM post").fetchone()[0])


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Nothing has been posted."), ("ar", "لم يُنشر شيء بعد.")]
)
def test_a_thread_is_looked_at_before_it_is_sent(house: TestHouse, language: str, said: str) -> None:
    person = house.person("Alice", language=language)
    address = f"/c/{show_id(open_place(house, person))}/t"
    assert shown(person.browser.get(address)) == ""
    page = person.browser.submit(address, address, preview="1", **WORDS)
    assert (page.status, count(house)) == (200, 0)
    assert all(one in shown(page) for one in (said, "Which?", "<em>brown</em>", '<li dir="auto">Mint'))
    sent = page.form(address).fields
    assert {name: sent.get(name, "").strip() for name in WORDS} == WORDS
    assert person.browser.post(address, sent).status == 303
    assert count(house) == 1


def test_so_is_a_reply_and_an_edit(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = begin(house.database, alice.viewer, open_place(house, alice, bob)).address
    page = bob.browser.submit(thread, thread, body="Much *light*.", preview="1")
    assert (page.status, "<em>light</em>" in shown(page), count(house)) == (200, True, 1)
    assert page.form(thread).fields["body"].strip() == "Much *light*."
    edit = re.findall(r'href="(/t/\w+/e/\w+)"', alice.browser.get(thread).text)[0]
    page = alice.browser.submit(edit, edit, body="Other *words*.", preview="1")
    assert (page.status, "<em>words</em>" in shown(page)) == (200, True)
    assert "Other" not in bob.browser.get(thread).text
    assert bob.browser.post(edit, page.form(edit).fields).status in (403, 404)


def test_what_is_too_long_or_empty_is_said_and_kept(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    for body in ("", "x" * 12_001):
        page = alice.browser.submit(address, address, title="T", body=body, preview="1")
        assert (page.status, 'class="post"' in shown(page)) == (200, False)
        assert page.form(address).fields["body"].strip() == body


def test_markup_of_a_stranger_stays_text_there_too(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    page = alice.browser.submit(address, address, title="<b>x", body="<script>1</script>", preview="1")
    assert "<script>1" not in page.text
    assert "<b>x" not in page.text


def test_who_may_not_write_there_is_shown_nothing(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, audience=Audience.HIDDEN)
    other = f"/c/{show_id(open_place(house, bob))}/t"
    token = bob.browser.get(other).form(other).fields["_f"]
    for flag in ("preview", "similar"):
        fields = {"_f": token, "title": "Mint", "body": "x", flag: "1"}
        assert bob.browser.post(f"/c/{show_id(cid)}/t", fields).status == 404


def test_like_titles_are_found_in_other_forms_and_nothing_typed_is_lost(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    for title in ("Mint in the shade?", "كيف أزرع النعناع؟", "Winter coats", "The bus to the sea"):
        begin(house.database, alice.viewer, cid, title=title, body="Words.")
    address = f"/c/{show_id(cid)}/t"
    for typed, found in (("MINT and sun", "Mint in the shade?"), ("نعناع للبلكونة", "كيف أزرع النعناع؟")):
        page = bob.browser.submit(address, address, title=typed, body="Kept words", similar="1")
        assert page.status == 200
        assert (found in page.text, "Winter coats" in page.text) == (True, False), typed
        sent = page.form(address).fields
        assert (sent["title"], sent["body"].strip()) == (typed, "Kept words")
    none = bob.browser.submit(address, address, title="Xylophone", similar="1")
    assert "Nothing like it was found." in none.text


def test_only_what_she_may_read_is_like_it(house: TestHouse, alice: Person, bob: Person) -> None:
    cid, hidden = open_place(house, alice, bob), open_place(house, alice, audience=Audience.HIDDEN)
    begin(house.database, alice.viewer, hidden, title="Mint of the hidden")
    taken = begin(house.database, alice.viewer, cid, title="Mint that was hidden")
    with house.database.read() as db:
        post = queries.thread_page(db, alice.viewer, taken.tid).posts[0].id
    with house.database.write() as uow:
        commands.hide(uow, post)
    with house.database.read() as db:
        assert queries.similar_threads(db, bob.viewer, cid, "Mint") == []
        assert queries.similar_threads(db, bob.viewer, hidden, "Mint") == []
        assert queries.similar_threads(db, bob.viewer, cid, "? !") == []


def test_a_usual_word_finds_nothing_and_a_rare_one_stands_first(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    for number in range(12):
        begin(house.database, alice.viewer, cid, title=f"Question about thing{number}", body="Words.")
    with house.database.read() as db:
        assert queries.similar_threads(db, alice.viewer, cid, "Question") == []
        rows = queries.similar_threads(db, alice.viewer, cid, "Question about thing7")
        assert [row.title for row in rows] == ["Question about thing7"]
        viewer = alice.viewer
        house.database.trace = trace = list[str]()
        queries.similar_threads(db, viewer, cid, "thing7")
        house.database.trace = None
    assert len(trace) == 2


def test_pictures_that_are_signs_are_words(house: TestHouse, alice: Person) -> None:
    cid = open_place(house, alice)
    begin(house.database, alice.viewer, cid, title="🌞 good morning")
    with house.database.read() as db:
        assert [row.title for row in queries.similar_threads(db, alice.viewer, cid, "🌞")] == [
            "🌞 good morning"
        ]


def test_looking_spends_no_thread_of_the_hour(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    sheet = alice.browser.get(address).form(address).fields | {"title": "T", "body": "B"}
    for _ in range(15):
        assert alice.browser.post(address, sheet | {"preview": "1"}).status == 200
    assert alice.browser.post(address, sheet).status == 303
