"""Leaving: what goes at once, what at an hour of its own, and what by itself after years."""

import re

from mashrabiya.kernel import clock
from mashrabiya.people import flows, jobs
from mashrabiya.people.commands import set_guard
from mashrabiya.people.queries.guards import SITE
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, fill, person
from mashrabiya.people.tests.test_flows import refused, rows
from mashrabiya.platform.due import Staggered
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse


def test_deleting_the_account_leaves_no_way_in(house: TestHouse) -> None:
    alice = person(house, "Alice")
    who = flows.unlock(house.site, "alice", PASSPHRASE)
    flows.delete_account(house.site, who, remove_posts=True, at_once=True)
    refused(alice.sign_in, "signin.wrong")
    refused(lambda: flows.recover(house.site, alice.codes[0], "new", OTHER), "recovery.no_match")
    assert [rows(house, name) for name in ("account", "recovery", "session", "persona")] == [0] * 4


def test_her_personas_go_at_hours_of_their_own(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    flows.delete_account(house.site, flows.unlock(house.site, "alice", PASSPHRASE), remove_posts=False)
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
