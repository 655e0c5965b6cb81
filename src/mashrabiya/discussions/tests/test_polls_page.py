"""A poll from its page: asked, voted in, closed, in both languages and without a script."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform import retention
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

CHOICES = {"choice_1": "Mint", "choice_2": "Basil", "choice_4": "Thyme"}


def ask(person: Person, cid: bytes, **fields: str) -> str:
    """Where a thread with a poll stands."""
    address = f"/c/{show_id(cid)}/t"
    made = person.browser.submit(address, address, title="Which?", body="Shade.", **(CHOICES | fields))
    assert made.status == 303, re.findall(r'class="wrong"[^>]*>([^<]+)', made.text)
    return made.location


def vote(person: Person, thread: str, **chosen: str) -> Page:
    return person.browser.submit(thread, f"{thread}/p", **chosen)


def section(page: Page) -> str:
    found = re.search(r'<section [^>]*id="poll"(.*?)</section>', page.text, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Poll", "Choose one", "for 7 more days", "to nobody before", "Change the vote"]),
        ("ar", ["تصويت", "اختيار واحد", "التصويت مفتوح ٧ أيام أخرى", "ولا تظهر لأحد قبل ذلك", "تغيير الصوت"]),
    ],
)
def test_somebody_votes_and_sees_her_own_choice_alone(
    house: TestHouse, language: str, words: list[str]
) -> None:
    alice, bob = house.person("Alice"), house.person("Bob", language=language)
    thread = ask(alice, open_place(house, alice, bob))
    voted = vote(bob, thread, vote="2")
    assert (voted.status, voted.location) == (303, f"{thread}#poll")
    shown = section(bob.browser.get(thread))
    assert [word for word in words if word not in shown] == []
    assert re.findall(r'value="(\d)" checked', shown) == ["2"]
    assert "checked" not in section(alice.browser.get(thread))
    vote(bob, thread, vote="2", back="1")
    assert "checked" not in section(bob.browser.get(thread))


def test_the_list_says_that_there_is_one(house: TestHouse, alice: Person, bob: Person) -> None:
    cid = open_place(house, alice, bob)
    assert "<span>Poll</span>" not in bob.browser.get("/t").text
    ask(alice, cid)
    for path in ("/t", "/", f"/c/{show_id(cid)}"):
        assert "<span>Poll</span>" in bob.browser.get(path).text, path


def test_what_is_wrong_comes_back_with_everything_typed(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    fields = {"title": "Which?", "body": "Shade.", "choice_1": "Mint", "several": "1", "days": "99"}
    back = alice.browser.submit(address, address, **fields)
    assert (back.status, "at least two choices" in back.text, "from 1 to 30" in back.text) == (
        422,
        True,
        True,
    )
    sent = back.form(address).fields
    assert {name: sent.get(name, "").strip() for name in fields} == fields


def test_a_number_in_a_choice_is_shown_before_it_is_posted(house: TestHouse, alice: Person) -> None:
    address = f"/c/{show_id(open_place(house, alice))}/t"
    fields = {"title": "When?", "body": "Say so.", "choice_1": "Call +961 3 123 456", "choice_2": "Write"}
    back = alice.browser.submit(address, address, **fields)
    assert (back.status, 'id="guard"' in back.text) == (422, True)


@pytest.mark.parametrize(
    "vote_fields", [{"vote": "9"}, {"vote": "x"}, {"vote": "-1"}, {"vote_1": "1", "vote_2": "1"}, {}]
)
def test_a_forged_vote_is_refused_where_it_was_made(
    house: TestHouse, alice: Person, bob: Person, vote_fields: dict[str, str]
) -> None:
    thread = ask(alice, open_place(house, alice, bob))
    page = vote(bob, thread, **vote_fields)
    assert (page.status, 'role="alert"' in section(page)) == (422, True)
    assert "checked" not in section(bob.browser.get(thread))


def test_a_vote_after_the_end_meets_a_sentence_and_the_result(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    thread = ask(alice, open_place(house, alice, bob))
    sheet = bob.browser.get(thread).form(f"{thread}/p").fields
    post = alice.browser.get(thread).text.split(f"{thread}/p/")[1].split('"')[0]
    alice.browser.submit(thread, f"{thread}/p/{post}")
    late = bob.browser.post(f"{thread}/p", sheet | {"vote": "1"})
    assert (late.status, "has closed meanwhile" in late.text) == (422, True)
    assert "Fewer than five people voted." in section(late)
    assert "<form" not in section(bob.browser.get(thread))


def test_counts_are_told_in_words_beside_each_bar(house: TestHouse, alice: Person) -> None:
    people = [house.person(f"Voter {number}") for number in range(5)]
    thread = ask(alice, open_place(house, alice, *people))
    for number, person in enumerate(people):
        vote(person, thread, vote="1" if number else "3")
    clock.offset += 9 * clock.DAY
    waits = section(house.browser().get(thread)) + section(alice.browser.get(thread))
    assert "svg" not in waits
    with house.database.write() as uow:
        commands.close_polls(uow)
    shown = section(house.person("Reader").browser.get(thread))
    assert re.findall(r"<small[^>]*>([^<]+)</small>", shown) == ["4 votes", "0 votes", "1 vote"]
    assert re.findall(r'<rect width="(\d+)"', shown) == ["80", "0", "20"]
    assert "5 people voted." in shown


def test_a_visitor_reads_the_choices_and_has_no_form(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(alice, open_place(house, alice, bob, audience=Audience.PUBLIC))
    shown = section(house.browser().get(thread))
    assert ("Mint" in shown, "<form" in shown, "Members here can vote." in shown) == (True, False, True)
    assert house.browser().post(f"{thread}/p", {"vote": "1"}).status == 200
    page = bob.browser.get(thread)
    assert (
        bob.browser.post(
            f"{thread}/p", page.form(f"{thread}/p").fields | {"_f": "0" * 32, "vote": "1"}
        ).status
        == 403
    )


def test_editing_keeps_it_and_changes_it_until_somebody_voted(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    thread = ask(alice, open_place(house, alice, bob), several="1", days="3")
    edit = re.findall(r'href="(/t/\w+/e/\w+)"', alice.browser.get(thread).text)[0]
    sheet = alice.browser.get(edit).form(edit).fields
    assert {name: sheet[name] for name in ("choice_1", "choice_2", "choice_3", "several", "days")} == {
        "choice_1": "Mint", "choice_2": "Basil", "choice_3": "Thyme", "several": "1", "days": "3",
    }  # fmt: skip
    assert alice.browser.submit(edit, edit, choice_3="").status == 303
    assert "Thyme" not in section(bob.browser.get(thread))
    stale = alice.browser.get(edit).form(edit).fields | {"choice_2": "Rose"}
    vote(bob, thread, vote_1="1", vote_2="1")
    back = alice.browser.post(edit, stale)
    assert (back.status, "The poll stays as it is" in back.text) == (422, True)
    assert 'name="choice_1"' not in alice.browser.get(edit).text
    assert alice.browser.submit(edit, edit, body="Other words.").status == 303
    assert "Basil" in section(bob.browser.get(thread))


def test_under_a_content_note_it_waits_with_the_words(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(alice, open_place(house, alice, bob), note_256="1")
    text = bob.browser.get(thread).text
    assert text.index("<summary", text.index('class="post"')) < text.index('id="poll"')


def test_in_the_neutral_look_it_opens_where_a_vote_was_refused(
    house: TestHouse, alice: Person, bob: Person
) -> None:
    thread = ask(alice, open_place(house, alice, bob))
    bob.browser.submit("/me", "/me/look", discreet="1")
    page = vote(bob, thread, vote="9")
    assert page.status == 422
    assert '<details class="note" name="note" open><summary><span><b>' in page.text


def test_a_program_reads_it_and_of_others_nothing(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(alice, open_place(house, alice, bob))
    vote(bob, thread, vote="2")
    hers, his = (Program(house, who).read(f"/api{thread}")["poll"] for who in (alice, bob))
    assert [line["chosen"] for line in his["choices"]] == [False, True, False]
    assert not any(line["chosen"] or line["count"] for line in hers["choices"])
    assert (his["open"], his["days"], his["voters"], his["counted"]) == (True, 7, 0, False)


def test_the_choices_are_read_by_whoever_reports_them(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(alice, open_place(house, alice, bob))
    assert "Basil" in bob.browser.get(f"/r{thread}/1").text


def test_ballots_leave_the_files_at_the_close(house: TestHouse, alice: Person, bob: Person) -> None:
    thread = ask(alice, open_place(house, alice, bob))
    vote(bob, thread, vote="2")
    work = bob.viewer.work
    assert work is not None
    mark = work.nullifier(b"ballot", read_id(thread.removeprefix("/t/"), 16))
    assert mark in _files(house) or house.database.dialect != "sqlite"
    clock.offset += 9 * clock.DAY
    with house.database.write() as uow:
        commands.close_polls(uow)
    if house.database.dialect == "sqlite":
        retention.tidy_nightly(house.database)
        assert mark not in _files(house)


def _files(house: TestHouse) -> bytes:
    return b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
