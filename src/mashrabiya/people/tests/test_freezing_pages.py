"""The pages of freezing, in both languages and without a script."""

import re

import pytest

from mashrabiya.kernel import clock
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, Person, account, person
from mashrabiya.people.tests.test_freezing import code_of
from mashrabiya.people.tests.test_privacy import one_address
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

assert one_address


def wish(alice: Person, **fields: str) -> dict[str, str]:
    return {"code": alice.codes[0], "name": alice.name, "pass": alice.passphrase, **fields}


def code_on(page: Page) -> str:
    found = re.search(r"<code[^>]*>([^<]+)</code>", page.text)
    assert found
    return found[1]


def listed(browser: Browser, alice: Person) -> Page:
    fields = {"name": alice.name, "pass": alice.passphrase}
    return browser.submit("/me/freeze", "/me/freeze/list", **fields)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("shape", ["letters", "words"])
def test_making_a_code_typing_it_elsewhere_and_coming_back(
    house: TestHouse, language: str, shape: str
) -> None:
    alice = person(house, "Alice")
    browser = alice.browser(language)
    shown = browser.submit("/me/freeze", "/me/freeze", **wish(alice, shape=shape, days="٥"))
    assert shown.status == 200
    assert house.site.house.name_in(language) not in re.sub(
        r"(?s)<header.*?</header>|<footer.*?</footer>|<title>.*?</title>|<aside.*?</aside>", "", shown.text
    )
    friend = house.browser(language)
    assert friend.submit("/s", "/s", code=code_on(shown)).status == 200
    assert browser.get("/me").status == 404
    back = {"name": "alice", "pass": PASSPHRASE, "code": alice.codes[1]}
    clock.offset = 4 * clock.DAY
    assert friend.submit("/s/back", "/s/back", **back).status == 422
    clock.offset = 5 * clock.DAY
    returned = friend.submit("/s/back", "/s/back", **back)
    assert returned.status == 200
    assert code_on(returned) != code_on(shown)
    assert friend.get("/me").status == 200


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", ["/s", "/s/back"])
def test_the_neutral_pages_do_not_say_whose_they_are(house: TestHouse, path: str, language: str) -> None:
    text = house.browser(language).get(path).text
    assert house.site.house.name_in(language) not in text
    assert "<title>…</title>" in text
    assert "<nav" not in text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_both_do_is_explained_to_everybody(house: TestHouse, language: str) -> None:
    page = house.browser(language).get("/e/l")
    assert page.status == 200
    for path in ("/s", "/h", "/s/back", "/e"):
        assert f'href="{path}"' in page.text
    alice = person(house, "Alice").browser(language)
    for path in ("/me", "/e", "/w"):
        assert 'href="/e/l"' in alice.get(path).text


def test_making_a_code_asks_for_paper(house: TestHouse) -> None:
    alice, mallory = person(house, "Alice"), account(house, "mallory", OTHER)
    browser = alice.browser()
    for code in ("", WRONG, mallory.codes[0]):
        page = browser.submit("/me/freeze", "/me/freeze", **wish(alice, code=code, days="9"))
        assert page.status == 422
        assert "not a valid recovery code" in page.text
        fields = page.form("/me/freeze").fields
        assert (fields["days"], fields["code"]) == ("9", code)
    # Checked, and not used up.
    for _ in range(2):
        assert browser.submit("/me/freeze", "/me/freeze", **wish(alice)).status == 200


@pytest.mark.parametrize("days", ["0", "31", "99", "x", "-1"])
def test_a_delay_out_of_its_bounds_is_asked_again_and_not_bent(house: TestHouse, days: str) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    page = browser.submit("/me/freeze", "/me/freeze", **wish(alice, days=days))
    assert page.status == 422
    assert "from 1 to 30 days" in page.text
    assert page.form("/me/freeze").fields["days"] == days


WRONG = "0" * 20


def test_codes_are_listed_by_how_they_end_and_taken_back_one_by_one(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    own = code_on(browser.submit("/me/freeze", "/me/freeze", **wish(alice)))
    trusted = code_on(browser.submit("/me/freeze", "/me/freeze", **wish(alice, whose="trusted")))
    page = listed(browser, alice)
    assert own not in page.text
    assert own[-4:] in page.text
    slips = [sheet.fields for sheet in page.forms if sheet.action == "/me/freeze/drop"]
    assert len(slips) == 2
    assert browser.post("/me/freeze/drop", slips[1]).status == 303
    left = listed(browser, alice)
    assert [sheet.action for sheet in left.forms].count("/me/freeze/drop") == 1
    house.browser().post("/s", {"code": trusted})
    assert browser.get("/me").status == 200
    house.browser().post("/s", {"code": own})
    assert browser.get("/me").status == 404


def test_the_list_asks_the_passphrase(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    page = browser.submit("/me/freeze", "/me/freeze/list", name="alice", **{"pass": OTHER})
    assert page.status == 422


def test_a_made_up_slip_or_another_persons_takes_nothing_back(house: TestHouse) -> None:
    alice, mallory = person(house, "Alice"), person(house, "Mallory")
    browser, evil = alice.browser(), mallory.browser()
    browser.submit("/me/freeze", "/me/freeze", **wish(alice))
    evil.submit("/me/freeze", "/me/freeze", **wish(mallory))
    hers = listed(browser, alice).form("/me/freeze/drop").fields["slip"]
    token = listed(evil, mallory).form("/me/freeze/drop").fields["_f"]
    for slip in (hers, "00", "no hex", ""):
        assert evil.post("/me/freeze/drop", {"_f": token, "slip": slip}).status == 404
    assert "/me/freeze/drop" in listed(browser, alice).text


@pytest.mark.usefixtures("one_address")
def test_t33_whatever_a_neighbour_used_up_a_code_still_freezes(house: TestHouse) -> None:
    alice, mallory = person(house, "Alice"), house.browser()
    code = code_of(house, alice)
    for number in range(21):
        mallory.submit("/in", "/in", name=f"guess{number}", **{"pass": OTHER})
        mallory.post("/s", {"code": f"{number:016}"})
    assert house.browser().post("/s", {"code": code}).status == 200
    assert alice.browser().get("/me").status == 404
