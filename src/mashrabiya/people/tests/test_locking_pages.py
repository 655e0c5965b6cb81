"""Setting the number, changing it, and switching it off."""

import pytest

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.people import flows, queries
from mashrabiya.people.tests.factories import PASSPHRASE, Person, account, person
from mashrabiya.people.tests.test_locking import PIN, with_pin
from mashrabiya.testing.house import TestHouse


def asked(alice: Person, **fields: str) -> dict[str, str]:
    return {
        "pin": PIN,
        "new_pin": PIN,
        "minutes": "5",
        "code": alice.codes[0],
        "name": alice.name,
        "pass": alice.passphrase,
        **fields,
    }


def test_setting_a_number_asks_for_paper_that_stays_good(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    assert browser.submit("/me/lock", "/me/lock", **asked(alice)).location == "/me/lock?saved=1"
    page = browser.get("/me")
    assert 'data-minutes="5"' in page.text
    assert "/a/lock." in page.text
    assert alice.browser().get("/me").status == 404, "other sign-ins ended"
    # Not used up: the same code once more.
    assert browser.submit("/me/lock", "/me/lock", **asked(alice, pin="5082", new_pin="5082")).status == 303


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"code": "0" * 20}, "not a valid recovery code"),
        ({"new_pin": "4072"}, "differ"),
        ({"pin": "1111", "new_pin": "1111"}, "among the first"),
        ({"pass": "not the right passphrase"}, "not right"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_set(house: TestHouse, fields: dict[str, str], why: str) -> None:
    alice = person(house, "Alice")
    page = alice.browser().submit("/me/lock", "/me/lock", **asked(alice, **fields))
    assert page.status == 422
    assert why in page.text
    assert not alice.viewer.lock_minutes


def test_the_paper_of_another_account_is_not_hers(house: TestHouse) -> None:
    alice, mallory = person(house, "Alice"), account(house, "mallory")
    page = alice.browser().submit("/me/lock", "/me/lock", **asked(alice, code=mallory.codes[0]))
    assert page.status == 422


def test_the_lock_is_switched_off_with_the_passphrase(house: TestHouse) -> None:
    alice = with_pin(house)
    browser = alice.browser()
    fields = {"name": alice.name, "pass": "something else entirely"}
    assert browser.submit("/me/lock", "/me/lock/off", **fields).status == 422
    assert browser.submit("/me/lock", "/me/lock/off", **{**fields, "pass": PASSPHRASE}).status == 303
    assert "/me/lock/now" not in browser.get("/me").text
    who = flows.unlock(house.site, alice.name, PASSPHRASE)
    assert not who.vault.pin_pub


def test_every_later_sign_in_can_be_locked(house: TestHouse) -> None:
    alice = with_pin(house)
    assert alice.sign_in(own=True).lock_minutes == 10
    cookie = flows.lock(house.site, alice.cookie)
    assert flows.open_with_pin(house.site, cookie.text, PIN) is None
    with house.database.read() as db:
        assert queries.open_session(db, house.site, cookie.text, Tongue.of("en")) is not None
