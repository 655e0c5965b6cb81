"""Leaving: what goes at once, what at an hour of its own, and what by itself after years."""

import re

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.people import flows, jobs
from mashrabiya.people.commands import set_guard
from mashrabiya.people.queries.guards import SITE
from mashrabiya.people.rules import name_key
from mashrabiya.people.sealed.persona import held_tag
from mashrabiya.people.tables import HELD, HELD_QUARTERS
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, fill, person
from mashrabiya.people.tests.test_flows import refused, rows
from mashrabiya.platform.due import Staggered
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse


def test_deleting_the_account_leaves_no_way_in(house: TestHouse) -> None:
    alice = person(house, "Alice")
    who = flows.unlock(house.site, "alice", PASSPHRASE)
    flows.delete_account(house.site, who, remove=range(16), at_once=True)
    refused(alice.sign_in, "signin.wrong")
    refused(lambda: flows.recover(house.site, alice.codes[0], "new", OTHER), "recovery.no_match")
    assert [rows(house, name) for name in ("account", "recovery", "session", "persona")] == [0] * 4


def test_her_personas_go_at_hours_of_their_own(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    flows.delete_account(house.site, flows.unlock(house.site, "alice", PASSPHRASE), remove=())
    assert (rows(house, "account"), rows(house, "persona"), rows(house, "due")) == (0, 2, 2)
    clock.offset = 73 * clock.HOUR
    assert Staggered(house.database, house.keys.of("field")).all_now() == 2
    assert (rows(house, "persona"), rows(house, "spent"), rows(house, "held")) == (0, 2, 2)


def test_dormant_personas_go_between_eighteen_months_and_two_years(house: TestHouse) -> None:
    person(house, "Alice")
    clock.offset = 500 * clock.DAY
    with house.database.write() as uow:
        assert jobs.erase_dormant(uow) == 0
    clock.offset = 900 * clock.DAY
    with house.database.write() as uow:
        assert jobs.erase_dormant(uow) == 1
    assert rows(house, "persona") == 0


def test_dormant_personas_go_each_by_itself(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    clock.offset = 900 * clock.DAY
    with house.database.write() as uow:
        assert jobs.erase_dormant(uow) == 1
    assert rows(house, "persona") == 1


def held_until(house: TestHouse) -> list[int]:
    found = house.database.connection().execute("SELECT until_q FROM held").fetchall()
    return sorted(int(row[0]) for row in found)


def test_the_name_of_a_dormant_persona_is_held_for_a_year(house: TestHouse) -> None:
    person(house, "Alice")
    clock.offset = 900 * clock.DAY
    with house.database.write() as uow:
        jobs.erase_dormant(uow)
    mallory = person(house, "Mallory")
    with pytest.raises(Invalid) as refusal:
        mallory.add("ALICE")
    assert refusal.value.fields == {"name": "error.name_taken"}
    clock.offset += 560 * clock.DAY
    mallory.sign_in()
    assert mallory.add("Alice").speaks


@pytest.mark.parametrize("freed", ["renamed", "deleted", "dormant"])
def test_a_name_freed_again_is_held_anew(house: TestHouse, freed: str) -> None:
    alice = person(house, "Alice")
    tag = held_tag(house.keys.of("field"), name_key("Alice"))
    with house.database.write() as uow:
        # Freed once, long ago; retention has not come by yet.
        uow.insert(HELD, tag=tag, until_q=clock.quarter() - 1)
    if freed == "renamed":
        alice.browser().submit("/me/p/edit", "/me/p/name", name="Rana")
    elif freed == "deleted":
        again = {"name": "alice", "pass": PASSPHRASE}
        alice.browser().submit("/me/p/delete", "/me/p/delete", **again)
    else:
        clock.offset = 900 * clock.DAY
        with house.database.write() as uow:
            jobs.erase_dormant(uow)
    assert held_until(house) == [clock.quarter() + HELD_QUARTERS]


@pytest.mark.parametrize("way", ["now", "later"])
def test_what_she_wrote_goes_or_stays_name_by_name(house: TestHouse, way: str) -> None:
    alice = person(house, "Alice")
    first = alice.viewer.pid
    second = alice.add("Zahra").pid
    browser = alice.browser()
    page = browser.get("/me/delete")
    assert "What I wrote as <bdi>Zahra</bdi>" in page.text
    again = {"name": "alice", "pass": PASSPHRASE, "when": way}
    wrong = fill(browser, page, "/me/delete", **{**again, "pass": OTHER, "posts_1": "remove"})
    assert wrong.form("/me/delete").fields["posts_1"] == "remove"
    assert wrong.form("/me/delete").fields["when"] == way
    told: dict[bytes, int] = {}
    house.database.recorder = lambda uow, event: told.update({event.pid: event.remove_posts})  # type: ignore[attr-defined]
    assert fill(browser, page, "/me/delete", **again, posts_1="remove").status == 200
    clock.offset = 73 * clock.HOUR
    Staggered(house.database, house.keys.of("field")).all_now()
    assert told == {first: 0, second: 1}


def test_the_slot_of_a_dormant_persona_is_not_used_again(house: TestHouse) -> None:
    alice = person(house, "Alice")
    first = alice.viewer.pid
    clock.offset = 900 * clock.DAY
    with house.database.write() as uow:
        jobs.erase_dormant(uow)
    alice.sign_in()
    assert not alice.viewer.speaks
    assert alice.add("Zahra").pid != first
    assert alice.viewer.slot == 1


def wrong_answer(page: Page) -> str:
    return re.sub(r'value="[^"]*"', "", page.text)


def test_the_excluded_may_still_delete_their_account(house: TestHouse) -> None:
    mallory, bob = person(house, "Mallory"), person(house, "Bob")
    with house.database.write() as uow:
        set_guard(uow, SITE, mallory.viewer.pid, days=30, case=b"\x01\x02")
    house.site.held.refresh()
    browser = house.browser()
    page = browser.submit("/in", "/in", name="mallory", **{"pass": PASSPHRASE})
    wrong = fill(browser, page, "/in/delete", name="mallory", **{"pass": OTHER})
    not_excluded = fill(browser, page, "/in/delete", name="bob", **{"pass": PASSPHRASE})
    assert (wrong.status, not_excluded.status) == (422, 422)
    assert wrong_answer(wrong) == wrong_answer(not_excluded)
    done = fill(browser, page, "/in/delete", name="mallory", **{"pass": PASSPHRASE})
    assert "Nothing here can bring it back" in done.text
    assert browser.submit("/in", "/in", name="mallory", **{"pass": PASSPHRASE}).status == 422
    assert bob.browser().get("/me").status == 200


def test_guesses_at_that_form_are_slowed_like_those_at_the_door(house: TestHouse) -> None:
    mallory = person(house, "Mallory")
    with house.database.write() as uow:
        set_guard(uow, SITE, mallory.viewer.pid, days=30, case=b"\x01\x02")
    house.site.held.refresh()
    browser = house.browser()
    page = browser.submit("/in", "/in", name="mallory", **{"pass": PASSPHRASE})
    answers = [fill(browser, page, "/in/delete", name="bob", **{"pass": OTHER}).status for _ in range(12)]
    assert answers[0] == 422
    assert answers[-1] == 429
