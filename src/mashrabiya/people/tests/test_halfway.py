"""Between passphrase and session: the second step, asked for and worth nothing twice."""

import json
import re

import pytest

from mashrabiya.kernel import clock
from mashrabiya.people import flows
from mashrabiya.people.sealed.pending import PENDING_LIFE
from mashrabiya.people.tests.factories import (
    OTHER,
    PASSPHRASE,
    account,
    app_code,
    fill,
    person,
    second_step,
)
from mashrabiya.people.tests.test_second import secret_on
from mashrabiya.platform.crypto import sign_in_hash
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

AGAIN = {"name": "alice", "pass": PASSPHRASE}
WRONG = {"en": "the passphrase or the code is not right", "ar": "خطأ في اسم الدخول أو عبارة المرور أو الرمز"}


def test_no_secret_lies_open_in_the_form_or_the_cookie(house: TestHouse) -> None:
    alice = account(house, "alice")
    who = flows.unlock(house.site, "alice", PASSPHRASE)
    shown = alice.browser().submit("/me/code", "/me/code", **AGAIN)
    assert who.vault_key.hex() not in shown.text
    second_step(alice)
    browser = half_in(house)
    assert who.vault_key.hex() not in browser.cookies["__Host-v"]
    assert "Max-Age=300" in house.browser().submit("/in", "/in", **AGAIN).header("set-cookie")


def half_in(house: TestHouse) -> Browser:
    """A browser that has given the passphrase, and no code yet."""
    browser = house.browser()
    assert browser.submit("/in", "/in", **AGAIN).location == "/in/code"
    return browser


def prove(browser: Browser, code: str) -> Page:
    return browser.submit("/in/code", "/in/code", code=code)


def test_a_code_is_good_once(house: TestHouse) -> None:
    secret = second_step(account(house, "alice"))
    code = app_code(secret)
    assert prove(half_in(house), code).status == 303
    assert prove(half_in(house), code).status == 422
    clock.offset += 30
    assert prove(half_in(house), app_code(secret)).status == 303


def test_the_code_that_switched_it_on_is_used(house: TestHouse) -> None:
    alice = account(house, "alice")
    browser = alice.browser()
    shown = browser.submit("/me/code", "/me/code", **AGAIN)
    code = app_code(secret_on(shown))
    assert fill(browser, shown, "/me/code/on", code=code).status == 303
    assert prove(half_in(house), code).status == 422


@pytest.mark.parametrize("code", ["", "000000", "abc", "٠" * 60, "12345"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_wrong_code_says_what_a_wrong_passphrase_says(house: TestHouse, code: str, language: str) -> None:
    second_step(account(house, "alice"))
    browser = house.browser(language)
    browser.submit("/in", "/in", **AGAIN)
    wrong = prove(browser, code)
    other = house.browser(language).submit("/in", "/in", name="alice", **{"pass": OTHER})
    assert wrong.status == other.status == 422
    assert WRONG[language] in wrong.text
    assert WRONG[language] in other.text


def test_wrong_codes_of_every_kind_are_the_same_work(house: TestHouse) -> None:
    secret = second_step(account(house, "alice"))
    used = app_code(secret)
    assert prove(half_in(house), used).status == 303
    seen = []
    for code in ("", "000000", "words", used):
        browser = half_in(house)
        fields = browser.get("/in/code").form("/in/code").fields
        house.site.held.refresh()
        house.database.trace, before = [], sign_in_hash.calls
        answer = browser.post("/in/code", {**fields, "code": code})
        trace, house.database.trace = house.database.trace, None
        masked = re.sub(r'value="[^"]*"', "", answer.text)
        seen.append((answer.status, masked, trace, sign_in_hash.calls - before))
    assert all(one == seen[0] for one in seen)


def test_guessing_codes_is_slowed_and_locks_nobody_out(house: TestHouse) -> None:
    secret = second_step(account(house, "alice"))
    browser = half_in(house)
    for _ in range(10):
        assert prove(browser, "000000").status == 422
    assert prove(browser, app_code(secret)).status == 429
    clock.offset += 31
    assert prove(browser, app_code(secret)).status == 303


def test_half_a_sign_in_opens_nothing_and_ends_soon(house: TestHouse) -> None:
    secret = second_step(account(house, "alice"))
    browser = half_in(house)
    for path in ("/me", "/me/code", "/me/in"):
        assert browser.get(path).status == 404
    fields = browser.get("/in/code").form("/in/code").fields
    clock.offset += PENDING_LIFE
    assert browser.get("/in/code").location == "/in"
    assert browser.post("/in/code", {**fields, "code": app_code(secret)}).status == 422
    assert browser.get("/me").status == 404


def test_quick_exit_ends_half_a_sign_in(house: TestHouse) -> None:
    second_step(account(house, "alice"))
    browser = half_in(house)
    browser.post("/x")
    assert "__Host-v" not in browser.cookies


def test_another_passphrase_ends_half_a_sign_in(house: TestHouse) -> None:
    secret = second_step(account(house, "alice"))
    browser = half_in(house)
    fields = browser.get("/in/code").form("/in/code").fields
    flows.change_passphrase(house.site, flows.unlock(house.site, "alice", PASSPHRASE), "alice", OTHER)
    assert browser.post("/in/code", {**fields, "code": app_code(secret)}).status == 422


def test_made_up_cookies_are_no_half_sign_in(house: TestHouse) -> None:
    for shown in ("", "x", "A" * 43, "A" * 130, "é" * 130, "=" * 130):
        browser = house.browser()
        browser.cookies["__Host-v"] = shown
        assert browser.get("/in/code").location == "/in"


def test_typed_words_outlive_the_second_step(house: TestHouse) -> None:
    alice = person(house, "Alice")
    secret = second_step(alice)
    browser = house.browser()
    page = browser.get("/in")
    kept = {"kept_path": "/me/p/edit", "kept_about": "What I wrote for an hour"}
    asked = browser.post("/in", {**page.form("/in").fields, **AGAIN, **kept})
    assert asked.form("/in/code").fields["kept_about"] == "What I wrote for an hour"
    wrong = fill(browser, asked, "/in/code", code="000000")
    resumed = fill(browser, wrong, "/in/code", code=app_code(secret))
    assert "What I wrote for an hour" in resumed.text
    assert fill(browser, resumed, "/me/p/edit").status == 303


def begin_by_program(house: TestHouse, passphrase: str, **more: str) -> Page:
    body = json.dumps({"sign_in_name": "alice", "passphrase": passphrase, **more}).encode()
    return house.browser().send("/api/session", body, content_type="application/json")


def test_a_program_sends_the_code_with_the_passphrase(house: TestHouse) -> None:
    secret = second_step(account(house, "alice"))
    missing, wrong = begin_by_program(house, PASSPHRASE), begin_by_program(house, PASSPHRASE, code="000000")
    other = begin_by_program(house, OTHER)
    assert (missing.status, missing.body, missing.headers) == (other.status, other.body, other.headers)
    assert (wrong.status, wrong.body, wrong.headers) == (other.status, other.body, other.headers)
    assert begin_by_program(house, PASSPHRASE, code=app_code(secret)).status == 200


def test_several_processes_take_a_code_once(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    from mashrabiya.people.commands.once import taken_once
    from mashrabiya.platform.proof_of_work import Spent, spent

    secret = second_step(account(house, "alice"))
    monkeypatch.setattr(spent, "shared", taken_once(house.database))
    code = app_code(secret)
    assert prove(half_in(house), code).status == 303
    # Another process remembers nothing of it but what the shared table says.
    monkeypatch.setattr(spent, "_until", Spent()._until)
    assert prove(half_in(house), code).status == 422


def test_old_codes_go_when_new_ones_come_with_a_second_step_on(house: TestHouse) -> None:
    alice = account(house, "alice")
    secret = second_step(alice)
    flows.replace_codes(house.site, flows.unlock(house.site, "alice", PASSPHRASE))
    assert prove(half_in(house), app_code(secret)).status == 303
