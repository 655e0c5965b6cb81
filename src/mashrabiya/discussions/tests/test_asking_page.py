"""Asking as one needs, and what a reader sees of it, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import literal_column, update

from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import article, ask, say
from mashrabiya.discussions.types import Kind
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.db import Statement
from mashrabiya.testing.house import Person, TestHouse

NO_KINDS: Statement[Any] = Statement(update(COMMUNITY).values(wants=literal_column("0")))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["What helps here:", "Just listening", "Not now:", "Advice", "Content note:", "death and loss"],
        ),
        ("ar", ["ما يساعد هنا:", "إصغاء فقط", "ليس الآن:", "نصيحة", "تنبيه محتوى:", "موت وفقد"]),
    ],
)
def test_a_thread_is_asked_as_she_needs_it(house: TestHouse, language: str, words: list[str]) -> None:
    person = house.person("Alice", language=language)
    address = f"/c/{show_id(open_place(house, person))}/t"
    fields = {
        "title": "Mint?",
        "body": "Shade.",
        "want_1": "1",
        "spare_3": "1",
        "note_256": "1",
        "newcomer": "1",
    }
    asked = person.browser.submit(address, address, **fields)
    text = article(person.browser.follow(asked), 1)
    assert [word for word in words if word not in text] == []
    assert ("New here" if language == "en" else "انضمام حديث") in text


def test_wishes_at_odds_come_back_with_everything_typed(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    fields = {
        "title": "Mint?",
        "body": "Shade.",
        "want_3": "1",
        "spare_3": "1",
        "note_8": "1",
        "newcomer": "1",
    }
    back = alice.browser.submit(address, address, **fields)
    assert back.status == 422
    assert "The same kind is wanted and not wanted." in back.text
    assert '<details class="fold" open>' in back.text
    sent = back.form(address).fields
    assert {name: sent.get(name, "").strip() for name in fields} == fields


def test_what_is_seldom_needed_is_folded_until_something_is_in_it(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    assert '<details class="fold">' in alice.browser.get(address).text
    for more in ({"note_1": "1"}, {"spare_2": "1"}, {"lang": "ar"}):
        back = alice.browser.submit(address, address, title="", body="x", **more)
        assert '<details class="fold" open>' in back.text, more


def test_where_no_kinds_are_in_use_nobody_is_asked_for_one(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    cid = open_place(house, alice, bob)
    placed = ask(house, alice, cid, wants=1, spare=4)
    say(house, bob, placed.tid, kind=Kind.ADVICE)
    with house.database.write() as uow:
        uow.run(NO_KINDS)
    for path in (placed.address, f"/c/{show_id(cid)}/t"):
        text = alice.browser.get(path).text
        for sign in (
            'name="kind"',
            'name="want_',
            'name="spare_',
            'class="wants"',
            'class="chip nile"',
            "?kind=",
        ):
            assert sign not in text, (path, sign)


@pytest.mark.parametrize(
    ("language", "told", "line"),
    [
        ("en", "Advice is not wanted here now.", "Not wanted here now: <bdi>Advice</bdi>"),
        ("ar", "النصائح غير مرغوبة هنا الآن.", "غير مرغوب هنا الآن: <bdi>نصيحة</bdi>"),
    ],
)
def test_an_unwanted_kind_takes_a_second_press(house: TestHouse, language: str, told: str, line: str) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    placed = ask(house, alice, open_place(house, alice, bob), spare=Kind.ADVICE.bit)
    thread = placed.address
    assert line in bob.browser.get(thread).text
    first = bob.browser.submit(thread, thread, body="Kept words", kind="3")
    assert (first.status, told in first.text) == (422, True)
    again = first.form(thread).fields
    assert (again["body"].strip(), again["kind"], again["told"]) == ("Kept words", "3", "3")
    assert bob.browser.post(thread, again).status == 303
    shown = article(alice.browser.get(thread), 2)
    assert '<details class="fold"><summary' in shown
    assert "A reply of a kind not wanted here: <bdi>Advice</bdi>" in shown
    assert '<details class="fold"' not in article(bob.browser.get(thread), 2)
    assert '<details class="fold"' not in article(alice.browser.get(f"{thread}?all=1"), 2)


def test_another_kind_is_told_anew(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = ask(house, alice, open_place(house, alice, bob), spare=Kind.ADVICE.bit | Kind.FACTS.bit)
    first = bob.browser.submit(placed.address, placed.address, body="x", kind="3")
    fields = {**first.form(placed.address).fields, "kind": "4"}
    assert "Facts are not wanted here now." in bob.browser.post(placed.address, fields).text


def test_a_noted_text_waits_and_its_title_does_not(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = ask(house, alice, open_place(house, alice, bob), notes=int(Note.LOSS))
    say(house, bob, placed.tid, notes=int(Note.BREAK))
    page = alice.browser.get(placed.address)
    assert "<h1" in article(page, 1)
    assert article(page, 1).index("<details") < article(page, 1).index("Shade.")
    assert "family breaking off contact" in article(page, 2)


def test_what_a_reader_hides_says_so(
    house: TestHouse, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = ask(house, alice, open_place(house, alice), notes=int(Note.LOSS))
    opened = house.site.open_session

    def choosing(*asked: Any, **how: Any) -> Any:
        viewer = opened(*asked, **how)
        return viewer and replace(viewer, notes_hidden=int(Note.LOSS))

    monkeypatch.setattr(house.site, "open_session", choosing)
    text = article(alice.browser.get(placed.address), 1)
    assert "Hidden by your settings." in text
    assert '<details class="fold">' in text


def test_an_author_changes_wishes_and_notes(house: TestHouse, alice: Person, bob: Person) -> None:
    placed = ask(house, alice, open_place(house, alice, bob), wants=1, spare=4, notes=1)
    say(house, bob, placed.tid, notes=2)
    (edit,) = re.findall(rf'href="({placed.address}/e/\w+)"', alice.browser.get(placed.address).text)
    fields = alice.browser.get(edit).form(edit).fields
    ticked = {name for name in fields if re.fullmatch(r"(want|spare|note)_\d+", name)}
    assert ticked == {"want_1", "spare_3", "note_1"}
    del fields["spare_3"], fields["note_1"]
    assert alice.browser.post(edit, {**fields, "want_4": "1"}).status == 303
    text = article(alice.browser.get(placed.address), 1)
    assert "Facts" in text
    assert "Not now" not in text
    assert 'class="fold"' not in text
    (own,) = re.findall(rf'href="({placed.address}/e/\w+)"', bob.browser.get(placed.address).text)
    form = bob.browser.get(own).form(own).fields
    assert not any(name.startswith(("want_", "spare_")) for name in form)
    del form["note_2"]
    bob.browser.post(own, form)
    assert 'class="fold"' not in article(alice.browser.get(placed.address), 2)
