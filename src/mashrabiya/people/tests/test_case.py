"""A house closed to somebody whose session is open: she is told, may leave with everything, and no more."""

import re

import pytest

from mashrabiya.kernel.ids import show_id
from mashrabiya.people.commands import set_guard
from mashrabiya.people.queries.guards import SITE, UNNAMED_SITE
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, Person, app_code, fill, person, second_step
from mashrabiya.people.tests.test_flows import rows
from mashrabiya.testing.house import TestHouse

CASE = b"\x01\x02" * 8
# The hidden field is masked anew each time; the foot's form says where it stands.
TOKEN = re.compile(r'name="(?:_f|back|next|at|path)" value="[^"]*"')


def close_to(mallory: Person) -> None:
    house = mallory.house
    with house.database.write() as uow:
        set_guard(uow, SITE, mallory.viewer.pid, days=30, case=CASE)
    house.site.held.refresh()


@pytest.mark.parametrize("path", ["/", "/me", "/me/p", "/c", "/t/0zen4ptk", "/k", "/in", "/nowhere", "/p/x"])
def test_every_page_is_her_case(house: TestHouse, path: str) -> None:
    mallory = person(house, "Mallory")
    browser = mallory.browser()
    close_to(mallory)
    shown, home = browser.get(path), browser.get("/")
    assert shown.status == 403
    assert show_id(CASE) in shown.text
    assert "Mallory" in shown.text
    assert fill(browser, shown, "/in/delete", name="x").status == 422
    assert TOKEN.sub("", shown.text) == TOKEN.sub("", home.text)


@pytest.mark.parametrize(("language", "title"), [("ar", "هذا الموقع مغلق"), ("en", "This site is closed")])
def test_it_speaks_her_language(house: TestHouse, language: str, title: str) -> None:
    mallory = person(house, "Mallory")
    browser = mallory.browser(language)
    browser.get(f"/?lang={language}")
    close_to(mallory)
    assert title in browser.get(f"/?lang={language}").text


def test_it_holds_under_each_of_her_names_and_by_an_unnamed_post(house: TestHouse) -> None:
    mallory, bob = person(house, "Mallory"), person(house, "Bob")
    viewer, home_tid = mallory.viewer, b"t" * 16
    mallory.add("Other")
    with house.database.write() as uow:
        set_guard(uow, UNNAMED_SITE, home_tid + viewer.token(home_tid), days=30, case=CASE)
    house.site.held.refresh()
    assert mallory.browser().get("/me").status == 403
    assert bob.browser().get("/me").status == 200


def test_help_and_leaving_quickly_stay_open(house: TestHouse) -> None:
    mallory = person(house, "Mallory")
    browser = mallory.browser()
    close_to(mallory)
    assert browser.get("/h").status == 200
    assert browser.post("/x").location == "/g"
    assert browser.get("/g").status == 200
    assert browser.get("/").status == 200


def test_what_she_sends_changes_nothing_and_is_not_lost(house: TestHouse) -> None:
    mallory = person(house, "Mallory")
    browser = mallory.browser()
    sheet = browser.get("/me/p/edit").form("/me/p/edit").fields
    close_to(mallory)
    answer = browser.post("/me/p/edit", {**sheet, "about": "an hour of words"})
    assert "an hour of words" in answer.text
    assert house.database.connection().execute("SELECT about FROM persona").fetchone()[0] == ""


def test_a_program_of_hers_is_signed_out(house: TestHouse) -> None:
    from mashrabiya.people import flows

    mallory = person(house, "Mallory")
    token = "m" + flows.sign_in(house.site, "mallory", PASSPHRASE, narrow=True).text
    close_to(mallory)
    bearer = {"authorization": f"Bearer {token}"}
    assert house.browser().send("/api/session", b"", method="DELETE", **bearer).status == 401


def test_deleting_from_there_asks_for_each_name(house: TestHouse) -> None:
    mallory = person(house, "Mallory")
    mallory.add("Other")
    browser = mallory.browser()
    close_to(mallory)
    page = browser.get("/")
    fields = page.form("/in/delete").fields
    assert (fields["posts_0"], fields["posts_1"]) == ("leave", "leave")
    again = {"name": "mallory", "pass": PASSPHRASE, "when": "now"}
    done = fill(browser, page, "/in/delete", **again, posts_1="remove")
    assert "Nothing here can bring it back" in done.text
    assert "__Host-v" not in browser.cookies
    facts = house.database.connection().execute("SELECT count(*) FROM outbox").fetchone()[0]
    assert (rows(house, "account"), rows(house, "persona"), facts) == (0, 0, 2)


def test_with_a_second_step_deleting_asks_for_it(house: TestHouse) -> None:
    mallory = person(house, "Mallory")
    secret = second_step(mallory)
    browser = mallory.browser()
    close_to(mallory)
    page, again = browser.get("/"), {"name": "mallory", "pass": PASSPHRASE}
    assert fill(browser, page, "/in/delete", **again).status == 422
    assert fill(browser, page, "/in/delete", **again, code="000000").status == 422
    assert rows(house, "account") == 1
    assert fill(browser, page, "/in/delete", **again, code=app_code(secret)).status == 200
    assert rows(house, "account") == 0


def test_with_paper_in_place_of_the_app(house: TestHouse) -> None:
    mallory, bob = person(house, "Mallory"), person(house, "Bob")
    second_step(mallory)
    browser = mallory.browser()
    close_to(mallory)
    page = browser.get("/")
    # Of somebody to whom the house is open nothing is taken, not even a code.
    other = {"name": "bob", "pass": PASSPHRASE, "code": bob.codes[0]}
    assert fill(browser, page, "/in/delete", **other).status == 422
    assert rows(house, "recovery") == 16
    again = {"name": "mallory", "pass": PASSPHRASE, "code": mallory.codes[1]}
    assert fill(browser, page, "/in/delete", **again).status == 200
    assert bob.viewer.is_member


def test_signing_in_with_a_second_step_leads_to_the_case(house: TestHouse) -> None:
    mallory = person(house, "Mallory")
    secret = second_step(mallory)
    close_to(mallory)
    browser = house.browser()
    asked = browser.follow(browser.submit("/in", "/in", name="mallory", **{"pass": PASSPHRASE}))
    assert show_id(CASE) not in asked.text
    shown = fill(browser, asked, "/in/code", code=app_code(secret))
    assert (shown.status, show_id(CASE) in shown.text) == (403, True)
    wrong = house.browser().submit("/in", "/in", name="mallory", **{"pass": OTHER})
    assert show_id(CASE) not in wrong.text


def test_once_it_is_over_the_same_session_goes_on(house: TestHouse) -> None:
    from mashrabiya.people.commands import lift_guard

    mallory = person(house, "Mallory")
    pid = mallory.viewer.pid
    close_to(mallory)
    assert mallory.browser().get("/me").status == 403
    with house.database.write() as uow:
        lift_guard(uow, SITE, pid)
    house.site.held.refresh()
    assert mallory.browser().get("/me").status == 200
