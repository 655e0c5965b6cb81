"""Whoever may harm herself meets a kind word before she posts; nothing is held, and carers are called where she wishes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import structs

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform import audit
from mashrabiya.safety.commands import add_precept, switch_precept
from mashrabiya.safety.matching import tests
from mashrabiya.safety.matching.coded import opened
from mashrabiya.safety.types import NOTE_SIZES, Act, Reason, Standing
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse


def case(function: str, language: str = "en", number: int = 0) -> str:
    """A case of the measured set. It is never shown by a test that fails."""
    text = (Path(str(tests.__file__)).parent / "harm.txt").read_text(encoding="utf-8")
    lines = [line.split("|", 3) for line in text.splitlines() if line.startswith(f"{function}|{language}|")]
    _, _, script, words = lines[number]
    return opened(words, arabic=script == "b")


def calls(house: TestHouse) -> list[dict[str, object]]:
    found = house.database.connection().execute("SELECT * FROM report ORDER BY id")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def posts(house: TestHouse) -> int:
    return int(house.database.connection().execute("SELECT count(*) FROM post").fetchone()[0])


def begin(house: TestHouse, language: str = "en") -> tuple[Person, str]:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    return bob, ask(house, alice, open_place(house, alice, bob)).address


def press(person: Person, page: Page, at: str, **more: str) -> Page:
    return person.browser.post(at, {**page.form(at).fields, "_guarded": "keep", **more})


@pytest.mark.parametrize(
    ("language", "asked", "wish"),
    [("en", "close now?", "Let the carers here know"), ("ar", "قريبة الآن؟", "ليعرف فريق الرعاية هنا")],
)
def test_she_is_asked_and_posts_at_once(house: TestHouse, language: str, asked: str, wish: str) -> None:
    bob, thread = begin(house, language)
    words = case("direct_wish", language)
    first = bob.browser.submit(thread, thread, body=words)
    assert first.status == 422
    assert asked in first.text
    assert wish in first.text
    assert "/h?s=6" in first.text
    assert words in first.form(thread).fields["body"], "what she typed is lost"
    assert press(bob, first, thread).status == 303
    assert posts(house) == 2
    assert not calls(house)


def test_a_wish_calls_carers_and_names_the_post_alone(house: TestHouse) -> None:
    bob, thread = begin(house)
    first = bob.browser.submit(thread, thread, body=case("direct_wish"))
    assert press(bob, first, thread, call="1").status == 303
    (row,) = calls(house)
    assert row["reason"] == int(Reason.CALL)
    held = b"".join(bytes(value) for value in row.values() if isinstance(value, bytes))
    assert not any(pid in held for pid in bob.viewer.siblings)


def test_of_an_unnamed_voice_a_call_tells_what_it_tells_of_a_name(house: TestHouse) -> None:
    bob, thread = begin(house)
    for unnamed in ({}, {"unnamed": "1"}):
        first = bob.browser.submit(thread, thread, body=case("direct_wish", number=len(unnamed)), **unnamed)
        assert press(bob, first, thread, call="1").status == 303
    named, voice = calls(house)
    fixed = {name for name, value in named.items() if not isinstance(value, bytes)}
    assert {name: named[name] for name in fixed} == {name: voice[name] for name in fixed}
    sizes = [{name: len(bytes(row[name])) for name in row if name not in fixed} for row in (named, voice)]  # type: ignore[call-overload]
    assert sizes[0] == sizes[1]
    assert sizes[0]["note"] > NOTE_SIZES[0]
    for name in ("rnull", "mine", "note"):
        assert named[name] != voice[name]


def test_a_way_that_stays_calls_by_itself_and_says_so_before(house: TestHouse) -> None:
    bob, thread = begin(house)
    first = bob.browser.submit(thread, thread, body=case("method"))
    assert "That part can be left out." in first.text
    assert "the carers here are told" in first.text
    assert press(bob, first, thread).status == 303
    assert [row["reason"] for row in calls(house)] == [int(Reason.WAY)]
    left_out = bob.browser.submit(thread, thread, body=case("method"))
    assert bob.browser.post(thread, {**left_out.form(thread).fields, "body": "Mint."}).status == 303
    assert len(calls(house)) == 1


def test_editing_asks_as_well_and_calls_once(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    placed = ask(house, alice, open_place(house, alice, bob))
    (edit,) = set(re.findall(r'href="(/t/[^"]+/e/[^"]+)"', alice.browser.get(placed.address).text))
    for _ in range(2):
        first = alice.browser.submit(edit, edit, title="Mint?", body=case("direct_plan"))
        assert first.status == 422
        assert press(alice, first, edit, call="1").status == 303
    assert len(calls(house)) == 1


def test_beginning_a_thread_asks_as_well(house: TestHouse) -> None:
    alice = house.person("Alice")
    new = f"/c/{show_id(open_place(house, alice))}/t"
    first = alice.browser.submit(new, new, title="Tonight", body=case("direct_wish"))
    assert first.status == 422
    assert press(alice, first, new, call="1").status == 303
    assert len(calls(house)) == 1


@pytest.mark.parametrize(
    "function", ["idiom_love", "about_friend", "songs_films", "past_overcome", "negation"]
)
def test_other_talk_is_posted_as_it_is(house: TestHouse, function: str) -> None:
    bob, thread = begin(house)
    assert bob.browser.submit(thread, thread, body=case(function)).status == 303


def test_beside_a_number_both_are_shown_and_one_press_posts(house: TestHouse) -> None:
    bob, thread = begin(house)
    first = bob.browser.submit(thread, thread, body=f"{case('direct_wish')} 079 555 0142")
    assert "a phone number" in first.text
    assert "close now?" in first.text
    assert first.text.count('value="keep"') == 1
    assert press(bob, first, thread, call="1").status == 303
    assert len(calls(house)) == 1


def test_a_wish_stays_ticked_while_the_form_comes_back(house: TestHouse) -> None:
    bob, thread = begin(house)
    again = bob.browser.submit(thread, thread, body="", call="1")
    assert again.status == 422
    assert again.form(thread).fields["call"] == "1"


def test_who_calls_again_and_again_still_posts(house: TestHouse) -> None:
    bob, thread = begin(house)
    for number in range(7):
        page = bob.browser.get(thread)
        fields = {**page.form(thread).fields, "body": f"Mint {number}.", "call": "1"}
        last = bob.browser.post(thread, fields)
    assert last.status == 422
    assert "told several times" in last.text
    fields = {**last.form(thread).fields}
    fields.pop("call")
    assert bob.browser.post(thread, fields).status == 303
    assert len(calls(house)) == 6


def test_a_program_is_told_and_may_go_on(house: TestHouse) -> None:
    bob, thread = begin(house)
    program, words = Program(house, bob), case("direct_wish")
    told = program.send(f"/api{thread}", {"body": words})
    assert told.status == 409
    assert "self_harm" in told.text
    assert program.send(f"/api{thread}", {"body": words, "seen": True}).status == 201
    assert not calls(house)


def test_nothing_of_it_is_logged(house: TestHouse, caplog: pytest.LogCaptureFixture) -> None:
    bob, thread = begin(house)
    words = case("direct_wish")
    with caplog.at_level(0):
        first = bob.browser.submit(thread, thread, body=words)
        press(bob, first, thread, call="1")
    assert words not in caplog.text
    with house.database.read() as db:
        assert not audit.entries(db, before=1 << 40, most=99)


@pytest.mark.parametrize("on", [1, 0])
def test_rules_of_the_house_change_nothing_of_it(house: TestHouse, on: int) -> None:
    bob, thread = begin(house)
    with house.database.write() as uow:
        rule = Standing(act=int(Act.REFUSE), text="rutabaga")
        made = add_precept(uow, house.keys, rule)
        if not on:
            switch_precept(uow, structs.replace(rule, id=made), on=False)
    house.site.held.refresh()
    first = bob.browser.submit(thread, thread, body=f"{case('direct_wish')} Rutabaga.")
    assert "close now?" in first.text
    assert ("cannot be posted here" in first.text) == bool(on)
    without = press(bob, first, thread, body=case("direct_wish"), call="1")
    assert without.status == 303
    assert len(calls(house)) == 1
