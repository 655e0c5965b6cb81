"""Words a reader hid: where they fold, and in which spellings."""

from __future__ import annotations

import pytest

from mashrabiya.discussions.tests.kept_away import hide, mute
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.flows import alter_preferences
from mashrabiya.people.types import Voice
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import Person, TestHouse

# --- hidden words ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hidden", "said"),
    [
        ("عائلة", "لا أريد الكلام عن العائلهْ الآن"),
        ("أهل*", "مع أَهْلي اليوم"),
        ("Straße", "an der STRASSE"),
        ("fam*", "my <b>family</b> dinner"),
        ("لا جنسي", "كلام عن لاجنسي"),
        ("داعم/ة", "هي داعمة"),
    ],
)
def test_a_word_folds_in_whatever_spelling(
    house: TestHouse, alice: Person, bob: Person, hidden: str, said: str
) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(bob, cid).location
    bob.browser.submit(thread, thread, body=said)
    bob.browser.submit(thread, thread, body="Something else entirely: famous, no.".replace("famous", "mint"))
    hide(alice, hidden)
    text = alice.browser.get(thread).text
    assert text.count("Contains a word you hid") == 1
    assert "Contains a word you hid" in text.split('id="n2"')[1].split('id="n3"')[0]
    assert "Contains a word you hid" not in bob.browser.get(thread).text


def test_her_own_words_do_not_fold(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(bob, cid).location
    alice.browser.submit(thread, thread, body="My river.")
    hide(alice, "river")
    assert "Contains a word you hid" not in alice.browser.get(thread).text


def test_a_hidden_word_in_a_list_takes_title_and_text_from_its_row(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(bob, cid, title="The river", body="Elsewhere.").location
    new_thread(bob, cid, title="Elsewhere", body="By the river.")
    new_thread(bob, cid, title="Mint", body="Shade.")
    hide(alice, "river")
    for path in ("/", "/t", f"/c/{show_id(cid)}"):
        text = alice.browser.get(path).text
        assert "river" not in text
        assert "Contains a word you hid" in text
        assert f'href="{thread}"' in text
        assert "Mint" in text
    opened = alice.browser.get(thread).text
    assert "<h1" in opened
    assert "Contains a word you hid" in opened.split("<h1", 1)[1].split("</h1>")[0]


def test_the_neutral_look_shows_no_hidden_word_either_and_offers_to_keep_a_voice_away(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(bob, cid, title="Of thunder", body="Thunder all night.").location
    hide(alice, "thunder")
    alter_preferences(house.site, alice.browser.cookies[SESSION], discreet=True)
    for path in ("/", "/t", f"/c/{show_id(cid)}"):
        text = alice.browser.get(path).text
        assert "Contains a word you hid" in text
        assert "Of thunder" not in text, path
        assert "Thunder all" not in text, path
    page = alice.browser.get(thread).text
    assert '<h1 dir="auto" lang="en">Of thunder' not in page
    assert f"{thread}/m/1" in page


def test_programs_are_told_which_to_fold(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    thread = new_thread(bob, cid, title="The river", body="Mint.").location
    bob.browser.submit(thread, thread, body="By the river.")
    program = Program(house, alice)
    assert [post["unmet"] for post in program.read(f"/api{thread}")["posts"]] == ["", ""]
    hide(alice, "river")
    assert [post["unmet"] for post in program.read(f"/api{thread}")["posts"]] == ["", "word"]
    assert [row["unmet"] for row in program.read("/api/t")["threads"]] == ["word"]
    mute(alice, Voice(pid=bob.viewer.pid))
    assert [post["unmet"] for post in program.read(f"/api{thread}")["posts"]] == ["muted", "muted"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_are_added_listed_and_taken_back(house: TestHouse, language: str) -> None:
    alice = house.person("Alice", language=language)
    sent = alice.browser.submit("/me/m", "/me/m", words="river\n\n كلمة* ")
    text = alice.browser.follow(sent).text
    assert "river" in text
    assert "كلمة*" in text
    wrong = alice.browser.submit("/me/m", "/me/m", words="two words")
    assert wrong.status == 422
    assert "two words" in wrong.text
    page = alice.browser.get("/me/m")
    lift = next(form for form in page.forms if form.action == "/me/m/lift")
    for _ in range(2):
        alice.browser.post("/me/m/lift", lift.fields)
    assert "river" not in alice.browser.get("/me/m").text
    assert alice.browser.post("/me/m/lift", {**lift.fields, "slot": "15"}).status == 404
