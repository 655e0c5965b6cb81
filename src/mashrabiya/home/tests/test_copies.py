"""A copy of what is hers: after a wait, with her passphrase, made while it is sent, and of nobody else."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from zipfile import ZipFile

import pytest
from pyrage import passphrase as age

from mashrabiya.discussions.tests.factories import TITLE, answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.home.copying import file
from mashrabiya.home.tests.test_fading import again
from mashrabiya.home.tests.test_home import statements
from mashrabiya.kernel import clock
from mashrabiya.people.commands import keep, set_guard, write_note
from mashrabiya.people.types import CopyOf
from mashrabiya.platform.web import tokens
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

LANGUAGES = ["ar", "en"]
WORDS = "nine lanterns on a slow ferry"


def ask(person: Person, of: CopyOf = CopyOf.PERSONA) -> Page:
    return person.browser.submit("/me/copy", "/me/copy", of=str(int(of)))


def make(person: Person, **fields: str) -> Page:
    given = {"name": person.name, "pass": person.passphrase, **fields}
    return person.browser.submit("/me/copy", "/me/copy/file", **given)


def copied(person: Person, of: CopyOf = CopyOf.PERSONA) -> tuple[str, dict[str, Any]]:
    """Asked, waited for, made and opened: the page, and the same as JSON."""
    ask(person, of)
    clock.offset += 24 * clock.HOUR
    again(person)
    return opened(make(person).body)


def opened(body: bytes) -> tuple[str, dict[str, Any]]:
    with ZipFile(io.BytesIO(body)) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["copy.html", "copy.json"]
        return packed.read("copy.html").decode(), json.loads(packed.read("copy.json"))


def rows(house: TestHouse, table: str) -> int:
    return int(house.database.connection().execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def live_there(house: TestHouse, alice: Person) -> Person:
    """Alice by two names and unnamed, and Bob who answers."""
    bob = house.person("Bob")
    cid = open_place(house, alice, bob)
    tid = begin(house.database, alice.viewer, cid, body="Words by Alice.\n\nSecond <b>line</b> & more.").tid
    answer(house.database, bob.viewer, tid, "Words by Bob.")
    answered = house.database.connection().execute("SELECT id FROM post WHERE n = 2").fetchone()[0]
    answer(house.database, alice.viewer, tid, "Alice once more.")
    hidden = begin(house.database, bob.viewer, cid, title="Of Bob").tid
    answer(house.database, alice.viewer, hidden, "Words by nobody.", unnamed=True)
    with house.database.write() as uow:
        write_note(uow, alice.viewer, "A note under Alice.")
        keep(uow, alice.viewer, bytes(answered), "Again, in spring.")
    alice.new_persona("Zahra")
    with house.database.write() as uow:
        write_note(uow, alice.viewer, "A note under Zahra.")
    alice.as_persona(0)
    return bob


def test_it_holds_one_persona_and_nothing_of_anybody_else(house: TestHouse, alice: Person) -> None:
    live_there(house, alice)
    page, told = copied(alice)
    for text in (page, json.dumps(told)):
        for hers in ("Alice", "Words by Alice.", "Alice once more.", "A note under Alice.", TITLE):
            assert hers in text, hers
        for other in ("Zahra", "Bob", "Words by nobody."):
            assert other not in text, other
    assert [post["number"] for post in told["personas"][0]["posts"]] == [1, 3]
    assert [one["remark"] for one in told["personas"][0]["saved_for_later"]] == ["Again, in spring."]
    assert told["personas"][0]["posts"][0]["text"] == "Words by Alice.\n\nSecond <b>line</b> & more."
    assert told["settings"]["age_group"] == "adult"
    assert "unnamed" not in told


def test_unnamed_words_are_joined_on_request_only(house: TestHouse, alice: Person) -> None:
    live_there(house, alice)
    page, told = copied(alice, CopyOf.UNNAMED)
    assert "joins" in page
    assert [post["text"] for post in told["unnamed"]] == ["Words by nobody."]
    assert told["unnamed"][0]["thread"] == "Of Bob"
    assert len(told["personas"]) == 1
    assert "Zahra" not in page


def test_all_together_holds_every_name_behind_a_warning(house: TestHouse, alice: Person) -> None:
    live_there(house, alice)
    page, told = copied(alice, CopyOf.TOGETHER)
    assert [persona["name"] for persona in told["personas"]] == ["Alice", "Zahra"]
    assert told["personas"][1]["private_notes"][0]["text"] == "A note under Zahra."
    assert [post["text"] for post in told["unnamed"]] == ["Words by nobody."]
    assert "Whoever reads it knows that all of it is one person" in page


def test_bob_has_no_unnamed_words_of_hers(house: TestHouse, alice: Person) -> None:
    bob = live_there(house, alice)
    _, told = copied(bob, CopyOf.TOGETHER)
    assert told["unnamed"] == []
    assert {post["text"] for post in told["personas"][0]["posts"]} >= {"Words by Bob."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_in_it_loads_nothing_runs_nothing_and_names_no_site(house: TestHouse, language: str) -> None:
    alice = house.person("Alice", language=language)
    live_there(house, alice)
    page, _ = copied(alice)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|<iframe|\bsrc=|\bhref=|\son\w+=|\sstyle=|<style", page)
    assert "&lt;b&gt;line&lt;&#x2f;b&gt; &amp; more" in page or "&lt;b&gt;line&lt;/b&gt; &amp; more" in page
    for name in ("Mashrabiya", "مشربي"):
        assert name not in page


def test_the_file_has_a_name_and_a_date_that_say_nothing(house: TestHouse, alice: Person) -> None:
    ask(alice)
    clock.offset += 24 * clock.HOUR
    again(alice)
    answered = make(alice)
    assert answered.header("content-disposition") == 'attachment; filename="copy.zip"'
    assert answered.header("cache-control") == "no-store"
    with ZipFile(io.BytesIO(answered.body)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_she_waits_a_day(house: TestHouse, alice: Person) -> None:
    ask(alice)
    assert "in 24 hours" in alice.browser.get("/me/copy").text
    token = alice.browser.get("/me/copy").form("/me/copy/no").fields
    for hours, status in ((0, 403), (23, 409)):
        clock.offset = hours * clock.HOUR
        again(alice)
        fields = token if status == 403 else token_for(alice, "/me/copy/file")
        given = {**fields, "name": "Alice", "pass": alice.passphrase}
        assert alice.browser.post("/me/copy/file", given).status == status
    clock.offset = 24 * clock.HOUR
    again(alice)
    assert make(alice).status == 200


def token_for(person: Person, route: str) -> dict[str, str]:
    return {"_f": tokens.make(person.house.keys, person.viewer, route)}


def test_asking_again_does_not_begin_the_wait_again(house: TestHouse, alice: Person) -> None:
    for hours in (0, 12):
        clock.offset = hours * clock.HOUR
        again(alice)
        assert alice.browser.post("/me/copy", {**token_for(alice, "/me/copy"), "of": "1"}).status == 303
    assert rows(house, "save") == 1
    assert "in 12 hours" in alice.browser.get("/me/copy").text
    assert alice.browser.post("/me/copy", {**token_for(alice, "/me/copy"), "of": "3"}).status == 303
    assert rows(house, "save") == 1
    assert "in 24 hours" in alice.browser.get("/me/copy").text


def test_after_a_week_it_must_be_asked_for_again(house: TestHouse, alice: Person) -> None:
    ask(alice)
    clock.offset = 8 * clock.DAY
    again(alice)
    assert alice.browser.get("/me/copy").form("/me/copy")
    assert alice.browser.post("/me/copy/file", token_for(alice, "/me/copy/file")).status == 409


def test_she_takes_it_back(house: TestHouse, alice: Person) -> None:
    ask(alice)
    assert alice.browser.submit("/me/copy", "/me/copy/no").status == 303
    assert rows(house, "save") == 0


def test_what_was_asked_is_sealed_and_looks_like_a_note(house: TestHouse, alice: Person) -> None:
    ask(alice)
    with house.database.write() as uow:
        write_note(uow, alice.viewer, "A note.")
    sizes = house.database.connection().execute("SELECT LENGTH(blob) FROM save").fetchall()
    assert len({row[0] for row in sizes}) == 1


@pytest.mark.parametrize("wrong", [{"pass": "not hers at all"}, {"name": "Bob"}])
def test_it_takes_her_passphrase(house: TestHouse, alice: Person, wrong: dict[str, str]) -> None:
    house.person("Bob")
    ask(alice)
    clock.offset += 24 * clock.HOUR
    again(alice)
    answered = make(alice, **wrong)
    assert answered.status == 422
    assert b"PK" not in answered.body[:2]


def test_another_account_does_not_open_hers(house: TestHouse, alice: Person) -> None:
    bob = house.person("Bob")
    ask(alice)
    clock.offset += 24 * clock.HOUR
    again(alice)
    assert make(alice, name="Bob", **{"pass": bob.passphrase}).status == 422


def test_it_can_be_sealed_with_a_passphrase_of_its_own(house: TestHouse, alice: Person) -> None:
    live_there(house, alice)
    ask(alice)
    clock.offset += 24 * clock.HOUR
    again(alice)
    assert make(alice, new_pass="short").status == 422
    answered = make(alice, new_pass=WORDS)
    assert answered.header("content-disposition") == 'attachment; filename="copy.zip.age"'
    page, _ = opened(age.decrypt(answered.body, WORDS))
    assert "Words by Alice." in page


def test_too_much_is_not_sealed_in_memory(
    house: TestHouse, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "LARGEST_SEALED", 100)
    ask(alice)
    clock.offset += 24 * clock.HOUR
    again(alice)
    answered = make(alice, new_pass=WORDS)
    assert answered.status == 422
    assert WORDS not in answered.text


def test_no_address_gives_a_file(house: TestHouse, alice: Person) -> None:
    ask(alice)
    clock.offset += 24 * clock.HOUR
    again(alice)
    assert alice.browser.get("/me/copy/file").status == 404
    assert house.browser().get("/me/copy").status == 404


def test_making_it_writes_nothing(house: TestHouse, alice: Person) -> None:
    live_there(house, alice)
    ask(alice, CopyOf.TOGETHER)
    clock.offset += 24 * clock.HOUR
    again(alice)
    sheet = alice.browser.get("/me/copy").form("/me/copy/file").fields
    before = {table: rows(house, table) for table in ("save", "due", "job", "outbox", "submission")}
    trace: list[str] = []
    house.database.trace = trace
    alice.browser.post("/me/copy/file", {**sheet, "name": "Alice", "pass": alice.passphrase})
    house.database.trace = None
    assert not [sql for sql in trace if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert before == {table: rows(house, table) for table in before}
    assert not [path for path in house.folder.rglob("*") if "copy" in path.name]


def test_more_posts_than_fit_in_a_batch_are_all_there(
    house: TestHouse, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tid = begin(house.database, alice.viewer, open_place(house, alice)).tid
    for number in range(230):
        answer(house.database, alice.viewer, tid, f"Words {number}.")
    _, told = copied(alice)
    assert sorted(post["number"] for post in told["personas"][0]["posts"]) == list(range(1, 232))


def test_what_she_may_not_read_any_more_has_no_title(house: TestHouse, alice: Person) -> None:
    live_there(house, alice)
    cid = house.database.connection().execute("SELECT id FROM community").fetchone()[0]
    with house.database.write() as uow:
        set_guard(uow, "comm", alice.viewer.pid, scope=bytes(cid), days=30, case=b"case")
    house.site.held.refresh()
    page, told = copied(alice, CopyOf.UNNAMED)
    assert "Words by Alice." in page
    assert "Words by nobody." in page
    assert {post["thread"] for post in told["personas"][0]["posts"] + told["unnamed"]} == {""}


def test_the_old_name_is_not_in_it(house: TestHouse, alice: Person) -> None:
    live_there(house, alice)
    alice.browser.submit("/me/p/edit", "/me/p/name", name="Rana")
    page, told = copied(alice)
    assert told["personas"][0]["name"] == "Rana"
    assert "<bdi>Alice</bdi>" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_page_costs_few_statements(house: TestHouse, language: str) -> None:
    alice = house.person("Alice", language=language)
    assert statements(alice, "/me/copy") <= 3
    ask(alice)
    assert statements(alice, "/me/copy") <= 3
