"""Pictures of a post that stands already: other words, another picture, none any more."""

from __future__ import annotations

import re

import pytest

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_pictures import PNG, bring, kept, shown
from mashrabiya.discussions.tests.test_pictures_kept import settle
from mashrabiya.discussions.tests.thread_steps import article, ask
from mashrabiya.platform.media.tests import samples
from mashrabiya.platform.web import tokens
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

OTHER = samples.plain("PNG", (40, 80))
WORDS = {
    "ar": ("إزالة هذه الصورة", "صورة أخرى مكانها"),
    "en": ("Remove this picture", "Another picture in its place"),
}


def posted(house: TestHouse, alice: Person, *pictures: bytes, **fields: str) -> tuple[str, str]:
    """A thread with a reply of hers that has these pictures: its address, and that of the reply's editing."""
    thread = ask(house, alice, open_place(house, alice)).address
    assert bring(alice, thread, *pictures, **fields).status == 303
    found = re.search(rf"{thread}/e/\w+", article(alice.browser.get(f"{thread}?n=2"), 2))
    assert found
    return thread, found.group()


def change(person: Person, edit: str, files: dict[str, bytes] | None = None, **fields: str) -> Page:
    """The form for editing as it stands, with some of it changed, and these files."""
    sheet = person.browser.get(edit).form(edit).fields
    blank = {f"picture_{place}": b"" for place in range(1, 5)}
    return person.browser.upload(edit, {**sheet, **fields}, blank | (files or {}))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_form_shows_what_stands_and_room_for_more(house: TestHouse, language: str) -> None:
    alice = house.person("Alice", language=language)
    _, edit = posted(house, alice, PNG, alt_1="A pot")
    page = alice.browser.get(edit)
    fields = page.form(edit).fields
    assert (fields["alt_1"], fields["alt_2"]) == ("A pot", "")
    assert len(shown(page)) == 1
    for words in WORDS[language]:
        assert page.text.count(words) == 1
    assert page.text.count('type="file"') == 4


def test_other_words_stand_at_once_and_the_file_stays(house: TestHouse, alice: Person) -> None:
    thread, edit = posted(house, alice, PNG, PNG, alt_1="A pot", alt_2="A cup")
    before = kept(house)
    assert change(alice, edit, alt_1="Mint in a pot").status == 303
    found = article(alice.browser.get(thread), 2)
    assert 'alt="Mint in a pot"' in found
    assert 'alt="A cup"' in found
    assert 'alt="A pot"' not in found
    settle(house)
    assert kept(house) == before


def test_one_picture_goes_with_its_file_and_the_others_stay(house: TestHouse, alice: Person) -> None:
    thread, edit = posted(house, alice, PNG, PNG, PNG, alt_1="one", alt_2="two", alt_3="three")
    assert change(alice, edit, drop_2="1").status == 303
    found = alice.browser.get(thread)
    assert re.findall(r'alt="(\w+)"', article(found, 2)) == ["one", "three"]
    settle(house)
    assert len(kept(house)) == 2


def test_another_picture_takes_its_place(house: TestHouse, alice: Person) -> None:
    thread, edit = posted(house, alice, PNG, PNG, alt_1="one", alt_2="two")
    (old, _) = shown(alice.browser.get(thread))
    assert change(alice, edit, {"picture_1": OTHER}, alt_1="other").status == 303
    found = alice.browser.get(thread)
    assert re.findall(r'alt="(\w+)"', article(found, 2)) == ["other", "two"]
    assert 'width="40" height="80"' in article(found, 2)
    settle(house)
    assert len(kept(house)) == 2
    assert alice.browser.get(old).status == 404


def test_more_are_added_up_to_four_and_sent_twice_once(house: TestHouse, alice: Person) -> None:
    thread, edit = posted(house, alice, PNG)
    sheet = alice.browser.get(edit).form(edit).fields
    files = {"picture_2": OTHER, "picture_4": OTHER}
    for _ in range(2):
        assert alice.browser.upload(edit, sheet, files).status == 303
    assert len(shown(alice.browser.get(thread))) == 3
    settle(house)
    assert len(kept(house)) == 3


def test_an_older_form_changes_nothing_of_a_newer_picture(house: TestHouse, alice: Person) -> None:
    thread, edit = posted(house, alice, PNG, alt_1="one")
    old = alice.browser.get(edit).form(edit).fields
    change(alice, edit, {"picture_1": OTHER}, alt_1="other")
    assert alice.browser.upload(edit, {**old, "alt_1": "wrong"}, {}).status == 303
    assert alice.browser.upload(edit, {**old, "drop_1": "1"}, {}).status == 303
    assert 'alt="other"' in article(alice.browser.get(thread), 2)


@pytest.mark.parametrize("was", ["", "x", "0" * 26, "../house.db", "%00"])
def test_a_made_up_name_changes_nothing(house: TestHouse, alice: Person, was: str) -> None:
    thread, edit = posted(house, alice, PNG, alt_1="one")
    assert change(alice, edit, was_1=was, drop_1="1", alt_1="wrong").status == 303
    assert 'alt="one"' in article(alice.browser.get(thread), 2)


def test_what_is_not_taken_leaves_all_as_it_was(house: TestHouse, alice: Person) -> None:
    thread, edit = posted(house, alice, PNG, alt_1="one")
    back = change(alice, edit, {"picture_2": b"%PDF-1.7"}, drop_1="1", body="Kept words", alt_2="Kept too")
    assert back.status == 422
    assert re.search(r'id="picture-2-wrong" role="alert">[^<]*Pictures only', back.text)
    assert 'id="picture-2-again"' in back.text
    assert 'id="picture-1-again"' not in back.text
    fields = back.form(edit).fields
    assert (fields["body"].strip(), fields["alt_2"], fields["drop_1"]) == ("Kept words", "Kept too", "1")
    assert 'alt="one"' in article(alice.browser.get(thread), 2)
    assert len(kept(house)) == 1
    assert change(alice, edit, alt_1="x" * 501).status == 422


def test_wrong_words_leave_no_file_behind(house: TestHouse, alice: Person) -> None:
    _, edit = posted(house, alice, PNG)
    assert change(alice, edit, {"picture_2": OTHER}, body=" ").status == 422
    assert len(kept(house)) == 1


def test_words_of_a_picture_are_looked_over_too(house: TestHouse, alice: Person) -> None:
    _, edit = posted(house, alice, PNG)
    back = change(alice, edit, alt_1="Call +20 100 123 4567")
    assert back.status == 422
    assert "+20 100 123 4567" in back.text


def test_nobody_else_changes_them(house: TestHouse, alice: Person) -> None:
    thread, edit = posted(house, alice, PNG, alt_1="one")
    bob = house.person("Bob")
    token = tokens.make(house.keys, bob.viewer, "/t/{tid:str}/e/{post:str}")
    fields = {"_f": token, "body": "Mine", "was_1": "", "drop_1": "1"}
    assert bob.browser.upload(edit, fields, {"picture_1": OTHER}).status == 404
    assert 'alt="one"' in article(alice.browser.get(thread), 2)
    assert len(kept(house)) == 1
