"""Trying a name on: how the house would speak, with nothing kept of it."""

import re

import pytest

from mashrabiya.people import flows
from mashrabiya.people.tests.factories import Person, account, person
from mashrabiya.platform.db import metadata
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

FEMININE, MASCULINE, NEUTRAL = "اكتبيها كما تحبّين", "اكتبها كما تحبّ", "بأي صياغة، وتظهر"


def speaking(who: Person, language: str) -> Browser:
    flows.alter_preferences(who.house.site, who.cookie, language=language)
    return who.browser(language)


def try_on(browser: Browser, **fields: str) -> Page:
    return browser.submit("/me/try", "/me/try", **fields)


def everything(house: TestHouse) -> list[list[tuple[object, ...]]]:
    connection = house.database.connection()
    return [[tuple(row) for row in connection.execute(f'SELECT * FROM "{n}"')] for n in metadata.tables]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_name_stands_where_it_would_stand(house: TestHouse, language: str) -> None:
    browser = speaking(person(house, "Alice"), language)
    page = try_on(browser, name="نرجس", pronouns="هي/هم", address="f")
    assert page.status == 200
    hello = {"ar": "أهلًا، <bdi>نرجس</bdi>", "en": "Hello, <bdi>نرجس</bdi>"}
    assert all(words in page.text for words in hello.values())
    assert page.text.count("<bdi>نرجس</bdi>") >= 5
    assert "هي&#x2f;هم</bdi>" in page.text
    assert page.text.index(hello[language]) == min(page.text.index(words) for words in hello.values())


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(("address", "said"), [("n", NEUTRAL), ("f", FEMININE), ("m", MASCULINE)])
def test_the_house_speaks_in_the_form_that_is_tried(
    house: TestHouse, language: str, address: str, said: str
) -> None:
    alice = person(house, "Alice")
    page = try_on(speaking(alice, language), name="Rana", address=address)
    assert [words in page.text for words in (NEUTRAL, FEMININE, MASCULINE)] == [
        words == said for words in (NEUTRAL, FEMININE, MASCULINE)
    ]
    assert alice.viewer.tongue.address == "n"


def test_what_was_tried_stays_in_the_fields(house: TestHouse) -> None:
    browser = account(house, "alice").browser()
    page = try_on(browser, name="Rana", pronouns="she", address="m")
    sheet = page.form("/me/try").fields
    assert (sheet["name"], sheet["pronouns"], sheet["address"]) == ("Rana", "she", "m")
    again = browser.post("/me/try", {**sheet, "name": "Zahra"})
    assert "<bdi>Zahra</bdi>" in again.text
    assert "Rana" not in again.text


def test_nothing_is_stored_or_logged(house: TestHouse, caplog: pytest.LogCaptureFixture) -> None:
    browser = person(house, "Alice").browser()
    browser.get("/me/try")
    before = everything(house)
    page = try_on(browser, name="Lavender heron", pronouns="canary words", address="f")
    assert page.header("cache-control") == "no-store"
    assert "Lavender" not in re.findall("<title>.*</title>", page.text)[0]
    assert everything(house) == before
    assert b"Lavender" not in b"".join(p.read_bytes() for p in house.folder.rglob("*") if p.is_file())
    assert "Lavender" not in caplog.text
    assert "Lavender" not in browser.get("/me/try").text


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Ra\u202ena", "Only letters, digits"),
        ("Rana رنا", "One script only"),
        ("R", "short"),
        ("R" * 60, "32"),
        ("<script>alert(1)</script>", "Only letters, digits"),
    ],
)
def test_a_name_that_could_not_be_one_is_shown_with_a_hint(house: TestHouse, name: str, hint: str) -> None:
    page = try_on(account(house, "alice").browser(), name=name)
    assert page.status == 200
    found = page.text.split("it would need a change")[1].split("</ul>")[0]
    assert hint in found
    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text.split("<h2>")[1]


def test_it_never_tells_that_a_name_is_taken(house: TestHouse) -> None:
    person(house, "Bob")
    alice = person(house, "Alice")
    house.database.trace = []
    taken = try_on(alice.browser(), name="Bob")
    first, house.database.trace = house.database.trace, []
    free = try_on(alice.browser(), name="Bib")
    assert first == house.database.trace
    house.database.trace = None
    assert without_chance(taken).replace("Bob", "Bib") == without_chance(free)


def without_chance(page: Page) -> str:
    """The page without its tokens and its picture."""
    return re.sub(r'value="[0-9a-f]{64}"|<svg viewBox.*?</svg>|data-light="\w+"', "", page.text)


def test_an_empty_name_shows_nothing_yet(house: TestHouse) -> None:
    page = try_on(account(house, "alice").browser(), name="  ", address="f")
    assert page.status == 422
    assert page.form("/me/try").fields["address"] == "f"
    assert 'role="status"' not in page.text


def test_it_can_be_kept_as_a_private_note(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    page = try_on(browser, name="Rana", pronouns="she/they", address="f")
    assert browser.post("/me/notes", page.form("/me/notes").fields).location == "/me/notes"
    note = browser.get("/me/notes/0").text
    assert '<h1 dir="auto">Rana</h1>' in note
    assert "Pronouns: she&#x2f;they\nHow the site addresses me: Feminine" in note


def test_without_a_persona_there_is_no_place_for_a_note(house: TestHouse) -> None:
    page = try_on(account(house, "alice").browser(), name="Rana")
    assert "/me/notes" not in [sheet.action for sheet in page.forms]


def test_a_persona_can_be_made_of_it(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    page = try_on(browser, name="Rana", pronouns="she")
    before = everything(house)
    filled = browser.post("/me/try/persona", page.form("/me/try/persona").fields)
    assert filled.status == 200
    assert everything(house) == before
    sheet = filled.form("/me/p/new").fields
    assert (sheet["name"], sheet["pronouns"]) == ("Rana", "she")
    assert browser.post("/me/p/new", sheet).location == "/me/p/edit"
    assert "Rana" in browser.get("/me/p").text


def test_the_form_of_address_can_be_kept(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    page = try_on(browser, name="Rana", address="f")
    assert browser.post("/me/try/speak", page.form("/me/try/speak").fields).location == "/me?saved=1"
    assert alice.viewer.tongue.address == "f"
    same = try_on(browser, name="Rana", address="f")
    assert "/me/try/speak" not in [sheet.action for sheet in same.forms]


def test_to_a_visitor_it_is_not_there(house: TestHouse) -> None:
    assert house.browser().get("/me/try").body == house.browser().get("/nowhere").body
    assert house.browser().get("/me/content").body == house.browser().get("/nowhere").body
