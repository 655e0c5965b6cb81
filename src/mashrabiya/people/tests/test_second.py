"""The second step: switched on and off, and what it changes elsewhere."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.people import flows
from mashrabiya.people.sealed import totp
from mashrabiya.people.sealed.pending import SLIP_LIFE
from mashrabiya.people.tests.factories import (
    OTHER,
    PASSPHRASE,
    Person,
    account,
    app_code,
    fill,
    person,
    second_step,
)
from mashrabiya.platform.limits import Limits
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse

AGAIN = {"name": "alice", "pass": PASSPHRASE}
SECRET = re.compile(r'<code dir="ltr">([A-Z2-7 ]{39})</code>')


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(59, "94287082"), (1111111109, "07081804"), (1234567890, "89005924"), (20000000000, "65353130")],
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, shown: str) -> None:
    assert totp.code(b"12345678901234567890", seconds // totp.STEP, digits=8) == shown


@pytest.mark.parametrize(("off", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(off: int, fits: bool) -> None:
    secret, now = totp.new_secret(), 1_800_000_000.0
    step = int(now // totp.STEP) + off
    assert totp.fitting_step(secret, totp.code(secret, step), now) == (step if fits else None)


@pytest.mark.parametrize("typed", ["١٢٣ ٤٥٦", "۱۲۳-۴۵۶", "123\u00a0456", "\u200f123456"])
def test_a_code_is_read_in_any_digits(typed: str) -> None:
    assert totp.read(typed) == "123456"


def secret_on(page: Page) -> bytes:
    """What she would type into her app."""
    from base64 import b32decode

    found = SECRET.search(page.text)
    assert found, page.text
    return b32decode(found[1].replace(" ", ""))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_switching_on_signing_in_and_switching_off(house: TestHouse, language: str) -> None:
    alice = person(house, "Alice")
    flows.alter_preferences(house.site, alice.cookie, language=language)
    browser = alice.browser(language)
    shown = browser.submit("/me/code", "/me/code", **AGAIN)
    assert '<svg class="qr"' in shown.text
    secret = secret_on(shown)
    assert fill(browser, shown, "/me/code/on", code=app_code(secret)).location == "/me/code?saved=1"
    assert browser.get("/me").status == 200
    clock.offset += 90
    other = house.browser(language)
    asked = other.follow(other.submit("/in", "/in", **AGAIN, next="/me"))
    assert other.get("/me").status == 404
    done = fill(other, asked, "/in/code", code=app_code(secret))
    assert (done.status, done.location) == (303, "/me")
    assert other.get("/me").status == 200
    clock.offset += 90
    assert other.submit("/me/code", "/me/code/off", **AGAIN, code=app_code(secret)).status == 303
    assert house.browser().submit("/in", "/in", **AGAIN).location == "/"


def test_the_passphrase_is_asked_before_the_secret_is_shown(house: TestHouse) -> None:
    browser = account(house, "alice").browser()
    wrong = browser.submit("/me/code", "/me/code", name="alice", **{"pass": OTHER})
    assert wrong.status == 422
    assert not SECRET.search(wrong.text)


def test_a_wrong_code_shows_the_same_secret_again(house: TestHouse) -> None:
    browser = account(house, "alice").browser()
    shown = browser.submit("/me/code", "/me/code", **AGAIN)
    again = fill(browser, shown, "/me/code/on", code="000000")
    assert again.status == 422
    assert secret_on(again) == secret_on(shown)
    assert house.browser().submit("/in", "/in", **AGAIN).location == "/"


def test_a_slip_is_good_in_its_session_and_for_a_quarter_of_an_hour(house: TestHouse) -> None:
    alice, bob = account(house, "alice"), account(house, "bob", OTHER)
    browser = alice.browser()
    shown = browser.submit("/me/code", "/me/code", **AGAIN)
    secret, slip = secret_on(shown), shown.form("/me/code/on").fields["slip"]
    mallory = bob.browser()
    own = mallory.submit("/me/code", "/me/code", name="bob", **{"pass": OTHER}).form("/me/code/on").fields
    answers = [mallory.post("/me/code/on", {**own, "slip": slip, "code": app_code(secret)})]
    answers += [
        fill(browser, shown, "/me/code/on", slip=made_up, code=app_code(secret))
        for made_up in ("", "x", "é", "00" * 84, slip[:-2])
    ]
    clock.offset += SLIP_LIFE
    answers.append(fill(browser, shown, "/me/code/on", code=app_code(secret)))
    # Back to the beginning, as after a long while: nothing was switched on.
    assert {answer.location for answer in answers} == {"/me/code"}
    assert house.browser().submit("/in", "/in", **AGAIN).location == "/"


def test_two_pages_at_once_leave_one_secret(house: TestHouse) -> None:
    browser = account(house, "alice").browser()
    pages = [browser.submit("/me/code", "/me/code", **AGAIN) for _ in range(2)]
    first, second = (secret_on(page) for page in pages)
    assert fill(browser, pages[0], "/me/code/on", code=app_code(first)).status == 303
    assert fill(browser, pages[1], "/me/code/on", code=app_code(second)).status == 303
    clock.offset += 90
    other = house.browser()
    other.submit("/in", "/in", **AGAIN)
    assert other.submit("/in/code", "/in/code", code=app_code(second)).status == 422
    assert other.submit("/in/code", "/in/code", code=app_code(first)).status == 303


def test_a_new_passphrase_keeps_the_second_step(house: TestHouse) -> None:
    alice = account(house, "alice")
    second_step(alice)
    browser = alice.browser()
    assert browser.submit("/me/pass", "/me/pass", **AGAIN, new_pass=OTHER).status == 303
    assert "/me/code/off" in browser.get("/me/code").text
    other = house.browser()
    assert other.submit("/in", "/in", name="alice", **{"pass": OTHER}).location == "/in/code"


def test_a_recovery_code_replaces_both_and_switches_it_off(house: TestHouse) -> None:
    alice = account(house, "alice")
    second_step(alice)
    browser = house.browser()
    assert "it is off from now on" in browser.get("/back").text
    fields = {"code": alice.codes[0], "name": "alice", "pass": OTHER}
    assert browser.submit("/back", "/back", **fields).location == "/me?back=1"
    assert house.browser().submit("/in", "/in", name="alice", **{"pass": OTHER}).location == "/"
    assert browser.get("/me/code").form("/me/code")


def test_switching_off_takes_a_recovery_code_once(house: TestHouse) -> None:
    alice, bob = account(house, "alice"), account(house, "bob", OTHER)
    second_step(alice)
    browser = alice.browser()
    for code in ("", "000000", bob.codes[0], "0" * 20):
        assert browser.submit("/me/code", "/me/code/off", **AGAIN, code=code).status == 422
    clock.offset += 60
    assert browser.submit("/me/code", "/me/code/off", **AGAIN, code=alice.codes[5].upper()).status == 303
    assert house.browser().submit("/in", "/in", **AGAIN).location == "/"
    fields = {"code": alice.codes[5], "name": "alice", "pass": OTHER}
    assert house.browser().submit("/back", "/back", **fields).status == 422
    fields["code"] = bob.codes[0]
    assert house.browser().submit("/back", "/back", **fields).location == "/me?back=1"


def test_switching_on_ends_other_sign_ins(house: TestHouse) -> None:
    alice = account(house, "alice")
    other = house.browser()
    other.submit("/in", "/in", **AGAIN)
    second_step(alice)
    assert other.get("/me").status == 404
    assert alice.viewer.is_member


def test_the_dump_does_not_show_who_has_a_second_step(house: TestHouse) -> None:
    alice, bob = account(house, "alice"), account(house, "bob", OTHER)
    second_step(alice)
    rows = house.database.connection().execute("SELECT id, vault, wrap, prefs FROM account").fetchall()
    sizes = {tuple(len(bytes(value)) for value in row) for row in rows}
    assert len(rows) == 2
    assert len(sizes) == 1
    assert bob.viewer.is_member


def label_of(alice: Person, language: str) -> str:
    flows.alter_preferences(alice.house.site, alice.cookie, language=language)
    return alice.browser(language).submit("/me/code", "/me/code", **AGAIN).text


@pytest.mark.parametrize(("language", "label"), [("ar", "ملاحظات"), ("en", "Notes")])
def test_the_entry_in_the_app_has_a_neutral_name(house: TestHouse, language: str, label: str) -> None:
    house.change(name={"ar": "اسم البيت", "en": "Name of the house"})
    text = label_of(account(house, "alice"), language)
    assert f"<bdi>{label}</bdi>" in text
    assert totp.address(bytes(20), label).count("issuer") == 0


def test_a_right_passphrase_without_its_code_is_counted_as_often_as_a_wrong_one(
    house: TestHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time of an answer says which of the two it was."""
    alice = person(house, "Alice")
    second_step(alice)
    asked: list[str] = []

    def heard(name: str) -> Callable[..., Any]:
        kept = getattr(Limits, name)

        def hears(limits: Limits, *given: Any) -> Any:
            asked.append(name)
            return kept(limits, *given)

        return hears

    for name in ("_count", "_over"):
        monkeypatch.setattr(Limits, name, heard(name))
    each = []
    for passphrase in (PASSPHRASE, OTHER):
        asked.clear()
        with pytest.raises(Refused):
            flows.sign_in(house.site, "alice", passphrase, narrow=True)
        each.append(list(asked))
    assert each[0] == each[1] != []
