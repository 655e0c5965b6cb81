"""Open sign-ins: a number and nothing more; ended by one press."""

import pytest

from mashrabiya.kernel import clock
from mashrabiya.people import flows
from mashrabiya.people.tests.factories import PASSPHRASE, Person, account, person
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

SAYS = {
    "en": ("No other is.", "And 1 other.", "And 2 others."),
    "ar": ("ولا دخول غيره.", "ومعه دخول واحد آخر.", "ومعه مرتان أخريان."),
}


def sign_in(house: TestHouse, **more: str) -> Browser:
    browser = house.browser()
    assert browser.submit("/in", "/in", name="alice", **{"pass": PASSPHRASE, **more}).status == 303
    return browser


def shown(alice: Person, language: str) -> str:
    return alice.browser(language).get("/me/in").text.replace("<bdi>", "").replace("</bdi>", "")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_they_are_counted(house: TestHouse, language: str) -> None:
    alice = person(house, "Alice")
    flows.alter_preferences(house.site, alice.cookie, language=language)
    account(house, "bob", "seven grey herons cross the canal")
    for others in range(3):
        assert SAYS[language][others] in shown(alice, language)
        sign_in(house)


def test_those_of_other_days_count_and_those_that_ended_do_not(house: TestHouse) -> None:
    alice = account(house, "alice")
    alice.sign_in(own=True)
    flows.sign_in(house.site, "alice", PASSPHRASE, own=True)
    clock.offset = 30 * clock.HOUR
    alice.viewer  # noqa: B018 - used, so that it is renewed
    house.site.rooms["renewals"].write()
    sign_in(house)
    assert SAYS["en"][2] in shown(alice, "en")
    clock.offset = 60 * clock.HOUR
    assert SAYS["en"][0] in shown(alice, "en")


def test_the_count_is_one_statement(house: TestHouse) -> None:
    alice = person(house, "Alice")
    house.site.held.refresh()
    browser = alice.browser()
    trace: list[str] = []
    house.database.trace = trace
    browser.get("/me/in")
    house.database.trace = None
    assert sum("count" in statement for statement in trace) == 1
    assert len(trace) <= 6


def test_ending_the_others_leaves_this_one(house: TestHouse) -> None:
    alice, bob = account(house, "alice"), account(house, "bob", "seven grey herons cross the canal")
    yesterday = flows.sign_in(house.site, "alice", PASSPHRASE, own=True).text
    clock.offset = clock.DAY
    alice.sign_in()
    bob.sign_in()
    others = [sign_in(house), house.browser()]
    others[1].cookies["__Host-v"] = yesterday
    assert alice.browser().submit("/me/in", "/me/in/others").location == "/me/in?saved=1"
    assert [other.get("/me").status for other in others] == [404, 404]
    assert alice.browser().get("/me").status == 200
    assert bob.viewer.is_member


def test_tokens_of_programs_end_too(house: TestHouse) -> None:
    alice = account(house, "alice")
    token = "m" + flows.sign_in(house.site, "alice", PASSPHRASE, narrow=True).text
    bearer = {"authorization": f"Bearer {token}"}
    alice.browser().submit("/me/in", "/me/in/others")
    assert house.browser().send("/api/session", b"", method="DELETE", **bearer).status == 401


def test_signing_out_everywhere(house: TestHouse) -> None:
    alice = person(house, "Alice")
    other = sign_in(house)
    browser = alice.browser()
    assert browser.submit("/me/in", "/me/end").location == "/in"
    assert [other.get("/me").status, browser.get("/me").status] == [404, 404]


def test_a_new_passphrase_ends_all_others(house: TestHouse) -> None:
    alice, other = person(house, "Alice"), sign_in(house)
    browser = alice.browser()
    fields = {"name": "alice", "pass": PASSPHRASE, "new_pass": "seven grey herons cross the canal"}
    browser.submit("/me/pass", "/me/pass", **fields)
    assert [other.get("/me").status, browser.get("/me").status] == [404, 200]


@pytest.mark.parametrize(
    ("device", "says", "keeps"), [("own", "mine alone", True), ("shared", "shared device", False)]
)
def test_the_page_says_for_how_long_this_one_lives(
    house: TestHouse, device: str, says: str, keeps: bool
) -> None:
    account(house, "alice")
    browser = house.browser()
    answer = browser.submit("/in", "/in", name="alice", device=device, **{"pass": PASSPHRASE})
    assert ("Max-Age=1209600" in answer.header("set-cookie")) is keeps
    assert says in browser.get("/me/in").text


def test_going_on_as_another_name_makes_no_sign_in_longer(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    for hour in range(1, 24):
        clock.offset = hour * clock.HOUR
        alice.use(("Alice", "Zahra")[hour % 2])
    clock.offset = 24 * clock.HOUR
    assert alice.browser().get("/me").status == 404


def test_no_visitor_sees_any(house: TestHouse) -> None:
    assert house.browser().get("/me/in").status == 404
