"""Telling: what is asked before, what is taken once, what is refused and said."""

from __future__ import annotations

import pytest
from msgspec import structs

from mashrabiya.kernel.ids import new_id, read_id
from mashrabiya.library.stories import queries
from mashrabiya.library.stories.tables import STORY
from mashrabiya.library.stories.tests.steps import NEW, SAID, named, reads, send, tell
from mashrabiya.library.stories.types import ID_SIZE
from mashrabiya.people.commands import write_note
from mashrabiya.platform.languages import catalogue
from mashrabiya.safety.commands import add_precept
from mashrabiya.safety.types import Act, Standing
from mashrabiya.testing.house import TestHouse

HOSTILE = "<script>alert(1)</script> \u202e [x](javascript:alert(1)) {{ 7*7 }} '; DROP TABLE story; --"


def rows(house: TestHouse) -> int:
    found = house.database.connection().execute("SELECT COUNT(*) FROM story").fetchall()
    return int(found[0][0])


def test_a_visitor_tells_nothing(house: TestHouse) -> None:
    visitor = house.browser()
    assert visitor.get(NEW).status == 404
    assert visitor.get("/y/e/me").status == 404
    visitor.post(NEW, SAID)
    assert rows(house) == 0


def test_one_answer_is_enough_and_none_is_said(house: TestHouse) -> None:
    alice = house.person("Alice")
    for name in ("was", "done", "came"):
        others = {"was": "", "done": "", "came": "", name: "It was so."}
        assert "It was so." in alice.browser.get(tell(alice, question="", **others)).text
    answer = send(alice, was=" ", done="", came="\u200b")
    assert answer.status == 422
    assert "One of the three is enough." in answer.text
    assert "How did I tell my sister?" in answer.text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_too_long_is_said_and_nothing_is_lost(house: TestHouse, language: str) -> None:
    alice = house.person("Alice", language=language)
    texts = catalogue(language).texts
    for field, most, key in (("question", 160, "question_long"), ("came", 4000, "part_long")):
        answer = send(alice, **{field: "x" * (most + 1)})
        assert answer.status == 422
        assert texts[f"library.stories.{key}", "n"] in answer.text
        assert "x" * (most + 1) in answer.text
    assert send(alice, kind="99").status == 422
    assert rows(house) == 0


def test_hostile_words_stay_words(house: TestHouse) -> None:
    alice = house.person("Alice")
    text = alice.browser.get(tell(alice, was=HOSTILE, question=HOSTILE[:150])).text
    assert "<script>alert" not in text
    assert "javascript:alert" not in text.replace("[x](javascript:alert", "")
    assert "{{ 7*7 }}" in text.replace("&#x7b;", "{").replace("&#123;", "{")
    assert "\u202e" not in text


def test_sent_twice_it_is_told_once(house: TestHouse) -> None:
    alice = house.person("Alice")
    sheet = {**alice.browser.get(NEW).form(NEW).fields, **SAID}
    first, second = alice.browser.post(NEW, sheet), alice.browser.post(NEW, sheet)
    assert first.location == second.location
    assert rows(house) == 1


def test_what_leads_to_a_person_is_shown_once_before(house: TestHouse) -> None:
    alice = house.person("Alice")
    answer = send(alice, came="Call me at +962 79 123 4567.")
    assert answer.status == 422
    assert 'id="guard"' in answer.text
    assert rows(house) == 0
    sheet = answer.form(NEW).fields
    kept = alice.browser.post(
        NEW, {**sheet, **SAID, "came": "Call me at +962 79 123 4567.", "_guarded": "keep"}
    )
    assert kept.status == 303


def test_whoever_may_harm_herself_is_met_kindly(house: TestHouse) -> None:
    alice = house.person("Alice")
    answer = send(alice, was="I want to kill myself tonight.")
    assert answer.status == 422
    assert 'id="care"' in answer.text


def test_a_rule_of_the_house_holds_it_and_its_teller_may_change_it(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    with house.database.write() as uow:
        add_precept(uow, house.keys, Standing(text="kohlrabi", act=int(Act.HOLD)))
    house.site.held.refresh()
    path = tell(alice, was="All about kohlrabi.")
    assert not reads(bob, path)
    assert "waits for the care team" in alice.browser.get(path).text
    assert alice.browser.submit(f"{path}/e", f"{path}/e", **{**SAID, "was": "All about mint."}).status == 303
    assert reads(bob, path)


def test_a_rule_of_the_house_refuses(house: TestHouse) -> None:
    alice = house.person("Alice")
    with house.database.write() as uow:
        add_precept(uow, house.keys, Standing(text="kohlrabi", act=int(Act.REFUSE)))
    house.site.held.refresh()
    answer = send(alice, was="All about kohlrabi.")
    assert answer.status == 422
    assert "All about kohlrabi." in answer.text
    assert rows(house) == 0


def test_what_somebody_new_tells_in_a_day_is_counted(house: TestHouse) -> None:
    house.site.rooms["newcomers"].on = True
    alice = house.person("Alice")
    tell(alice)
    answer = send(alice, question="Another?")
    assert answer.status == 422
    assert "Another?" in answer.text
    assert rows(house) == 1


def test_while_the_house_is_protected_only_the_established_tell(house: TestHouse) -> None:
    alice = house.person("Alice")
    from mashrabiya.kernel import clock

    house.change(protected_h=clock.hour() + 5)
    assert send(alice).status == 422
    assert rows(house) == 0


def test_a_private_note_is_brought_unnamed_and_stays(house: TestHouse) -> None:
    alice = house.person("Alice")
    with house.database.write() as uow:
        write_note(uow, alice.viewer, "How I left\n\nIt was raining.")
    assert "/y/e/new?note=0" in alice.browser.get("/me/notes/0/tell").text
    sheet = alice.browser.get("/y/e/new?note=0").form(NEW).fields
    assert (sheet["question"], sheet["was"].strip(), sheet["unnamed"]) == (
        "How I left",
        "It was raining.",
        "1",
    )
    assert rows(house) == 0
    told = alice.browser.post(NEW, {**sheet, "kind": "13"})
    assert told.status == 303
    assert "It was raining." in alice.browser.get("/me/notes/0").text


def test_a_note_of_somebody_else_is_not_there(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    with house.database.write() as uow:
        write_note(uow, alice.viewer, "Mine alone.")
    for number in ("0", "1", "x", "9999", "-1"):
        page = bob.browser.get(f"/y/e/new?note={number}")
        assert page.status == 200
        assert "Mine alone." not in page.text


def test_without_a_persona_it_is_told_unnamed(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    path = named(alice)
    assert "Alice" in bob.browser.get(path).text
    assert "Alice" not in bob.browser.get(tell(alice)).text


def test_letters_say_the_language_of_an_unnamed_one(house: TestHouse) -> None:
    """What its teller's pages speak, says nothing."""
    alice, lubna = house.person("Alice"), house.person("Lubna", language="ar")
    for person in (alice, lubna):
        tell(person, question="", was="كانت ليلة طويلة.", done="", came="")
        tell(person, question="", was="٣ 👍", done="", came="")
        tell(person, question="", was="It was a long night.", done="", came="")
    found = house.database.connection().execute("SELECT lang, was FROM story ORDER BY was, lang").fetchall()
    by_words: dict[str, set[str]] = {}
    for lang, was in found:
        by_words.setdefault(str(was), set()).add(str(lang))
    assert all(len(langs) == 1 for langs in by_words.values())


def test_many_told_by_name_crowd_no_unnamed_one_out_of_her_list(house: TestHouse) -> None:
    """A hundred and twenty by name, all of a later month."""
    alice = house.person("Alice")
    unnamed, by_name = tell(alice), named(alice)
    with house.database.write() as uow:
        row = structs.asdict(queries.get_own(uow, alice.viewer, read_id(by_name.rpartition("/")[2], ID_SIZE)))
        kept = {name: value for name, value in row.items() if name not in {"name", "pub", "seed", "met"}}
        for _ in range(120):
            uow.insert(STORY, **kept | {"id": new_id(), "day": kept["day"] + 40})
    text = alice.browser.get("/y/e/me").text
    assert unnamed in text
    assert by_name in text
