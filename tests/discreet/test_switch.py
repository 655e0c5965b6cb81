"""Switching the neutral look on and off, and what remains of it in a browser: nothing but a letter, until it leaves."""

from __future__ import annotations

import pytest

from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse

LOOKS = {
    "en": ("<title>Mashrabiya</title>", "<title>Notes</title>"),
    "ar": ("مشربيّة", "<title>ملاحظات</title>"),
}


def is_neutral(page: Page) -> bool:
    return page.text.startswith("<!DOCTYPE html>") and " data-discreet" in page.text.split("<head>")[0]


@pytest.fixture
def alice(house: TestHouse) -> Person:
    return house.person("alice")


def choose(person: Person, **ticked: str) -> Page:
    """Save the choice in her settings."""
    sheet = person.browser.get("/me").form("/me/look")
    return person.browser.post("/me/look", {"_f": sheet.fields["_f"], **ticked})


@pytest.mark.parametrize("language", LOOKS)
def test_a_visitor_switches_it_on_and_off_in_the_foot_of_any_page(house: TestHouse, language: str) -> None:
    usual, neutral = LOOKS[language]
    browser = house.browser(language)
    assert usual in browser.get("/k").text
    answer = browser.submit("/k", "/v")
    assert (answer.location, browser.cookies) == ("/k", {"l": ".n"})
    assert neutral in browser.get("/").text
    assert usual not in browser.get("/").text
    browser.submit("/c", "/v")
    assert browser.cookies == {}
    assert not is_neutral(browser.get("/"))


def test_nothing_is_set_before_anybody_chooses(house: TestHouse) -> None:
    browser = house.browser()
    for path in ("/", "/c", "/in", "/e/d", "/g"):
        assert not browser.get(path).header("set-cookie")


def test_the_cookie_names_nobody_and_lasts_no_longer_than_the_browser(house: TestHouse) -> None:
    set_cookie = house.browser().submit("/", "/v").header("set-cookie")
    assert set_cookie == "l=.n; Path=/; SameSite=Strict; HttpOnly"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/nowhere/at/all", "/x", "", "/api/threads"]
)
def test_the_switch_leads_to_pages_of_this_house_only(house: TestHouse, back: str) -> None:
    assert house.browser().post("/v", {"on": "1", "back": back}).location == "/"


def test_another_site_cannot_switch_it(house: TestHouse) -> None:
    browser = house.browser()
    assert browser.post("/v", {"on": "1"}, sec_fetch_site="cross-site").status == 404
    assert browser.cookies == {}


def test_a_language_chosen_before_stays(house: TestHouse) -> None:
    browser = house.browser()
    browser.get("/?lang=ar")
    browser.submit("/", "/v")
    assert browser.cookies == {"l": "ar.n"}
    browser.submit("/", "/v")
    assert browser.cookies == {"l": "ar."}


@pytest.mark.parametrize("leave", ["/x", "/g"])
def test_leaving_takes_it_back(house: TestHouse, leave: str) -> None:
    browser = house.browser()
    browser.submit("/", "/v")
    browser.post("/x") if leave == "/x" else browser.get("/g")
    assert browser.cookies == {}


def test_a_member_chooses_it_for_good(alice: Person) -> None:
    choose(alice, discreet="1")
    assert is_neutral(alice.browser.get("/"))
    assert alice.browser.get("/me").form("/me/look").fields["discreet"] == "1"
    assert "l" not in alice.browser.cookies
    choose(alice)
    assert not is_neutral(alice.browser.get("/"))


def test_other_settings_leave_it_as_it_is(alice: Person) -> None:
    choose(alice, discreet="1")
    alice.browser.submit("/me", "/me", digits="latn")
    assert is_neutral(alice.browser.get("/me"))


def test_what_she_saves_stands_before_what_this_browser_chose(alice: Person) -> None:
    alice.browser.cookies["l"] = ".n"
    assert is_neutral(alice.browser.get("/"))
    choose(alice)
    assert "l" not in alice.browser.cookies
    assert not is_neutral(alice.browser.get("/"))


def _sign_in(house: TestHouse, alice: Person, **ticked: str) -> Browser:
    browser = house.browser()
    browser.submit("/in", "/in", name=alice.name, **{"pass": alice.passphrase}, **ticked)
    return browser


def test_on_a_shared_device_it_can_be_had_with_the_sign_in(house: TestHouse, alice: Person) -> None:
    browser = _sign_in(house, alice, discreet="1")
    assert browser.cookies["l"] == ".n"
    assert is_neutral(browser.get("/"))
    # For this browser only: elsewhere nothing has changed.
    assert not is_neutral(alice.browser.get("/"))
    browser.post("/x")
    assert browser.cookies == {}


def test_switched_on_before_signing_in_it_stays(house: TestHouse, alice: Person) -> None:
    browser = house.browser()
    browser.submit("/in", "/v")
    page = browser.get("/in")
    assert is_neutral(page)
    assert "discreet" not in page.form("/in").fields
    browser.submit("/in", "/in", name=alice.name, **{"pass": alice.passphrase})
    assert is_neutral(browser.get("/me"))


def test_the_page_after_signing_out_does_not_show_what_was_hidden(alice: Person) -> None:
    choose(alice, discreet="1")
    alice.browser.submit("/me", "/me/out")
    assert alice.browser.cookies == {"l": ".n"}
    assert is_neutral(alice.browser.get("/"))


def test_what_is_not_there_looks_the_same_in_either_look(house: TestHouse, alice: Person) -> None:
    plain = alice.browser.get("/t/00000000000000000000000000")
    choose(alice, discreet="1")
    assert alice.browser.get("/t/00000000000000000000000000").text == plain.text


@pytest.mark.parametrize("language", LOOKS)
def test_shared_devices_have_a_page_of_advice(house: TestHouse, language: str) -> None:
    browser = house.browser(language)
    assert browser.get("/e/d").status == 200
    for path in ("/in", "/e"):
        assert 'href="/e/d"' in browser.get(path).text.replace("&#x2f;", "/")
