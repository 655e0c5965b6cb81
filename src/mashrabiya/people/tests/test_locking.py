"""The number that a session asks for: T13 as far as there is no second account, and the pages."""

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from mashrabiya.kernel import clock
from mashrabiya.people import flows, queries
from mashrabiya.people.flows.locking import Place
from mashrabiya.people.queries.idle import IDLE_SECONDS, MISSES
from mashrabiya.people.rules.pins import check_pin
from mashrabiya.people.sealed import lock
from mashrabiya.people.sealed.core import PLAIN, ROW
from mashrabiya.people.sealed.vault import Vault
from mashrabiya.people.tests.factories import PASSPHRASE, Person, person
from mashrabiya.platform.crypto import Unopenable, pin_hash
from mashrabiya.platform.db import Database
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

PIN, WRONG = "4071", "9182"


def with_pin(house: TestHouse, name: str = "Alice") -> Person:
    """Somebody with a persona, whose sessions can be locked."""
    made = person(house, name)
    who = flows.unlock(house.site, made.name, PASSPHRASE)
    made.cookie = flows.set_pin(house.site, who, PIN, 10, place=Place(0, own=False)).text
    return made


def locked(house: TestHouse) -> Browser:
    """Her browser, after she pressed the button."""
    browser = with_pin(house).browser()
    assert browser.submit("/me", "/me/lock/now").status == 303
    return browser


def sizes(house: TestHouse) -> list[int]:
    found = house.database.connection().execute("SELECT blob FROM session").fetchall()
    return [len(row[0]) for row in found]


def is_number_page(page: Page) -> bool:
    return 'action="/u"' in page.text


# --- bytes ---------------------------------------------------------------------


def test_a_box_opens_for_its_owner_alone() -> None:
    mine, other = lock.pin_key(PIN, b"s" * 16), lock.pin_key(WRONG, b"s" * 16)
    box = lock.seal_box(lock._public(mine), b"content")
    assert lock.open_box(mine, box) == b"content"
    with pytest.raises(Unopenable):
        lock.open_box(other, box)
    with pytest.raises(Unopenable):
        lock.open_box(mine, bytes(32) + box[32:])


def test_t13_a_row_is_as_long_with_a_second_account_as_without() -> None:
    assert lock.LOCKED_ROW == 1068
    assert len(lock.Lock.new(PIN).rest) == len(lock.rest_of(Vault(seed=b""))) == PLAIN - 448
    decoy = lock.seal_box(lock._public(lock.pin_key(WRONG, b"s" * 16)), bytes(448))
    assert len(decoy) == len(lock.Lock.new(PIN).dbox) == lock.DBOX


def test_the_place_of_a_second_account_looks_like_one() -> None:
    # A public key has a bit that is always clear; bytes of chance have it set in half of all cases.
    assert not any(lock.Lock.new(PIN).dbox[31] & 0x80 for _ in range(12))


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "", "1234", "9876", "0000", "٤٠٧١"])
def test_a_number_that_anybody_would_try_first_is_refused(pin: str) -> None:
    assert check_pin(pin)


@pytest.mark.parametrize("pin", ["4071", "90817263"])
def test_other_numbers_are_taken(pin: str) -> None:
    assert check_pin(pin) is None


# --- locking ---------------------------------------------------------------------


def test_the_row_of_a_locked_session_holds_nothing_that_its_cookie_alone_opens(house: TestHouse) -> None:
    alice = with_pin(house)
    assert sizes(house) == [ROW]
    work = alice.viewer.work
    cookie = flows.lock(house.site, alice.cookie)
    assert sizes(house) == [lock.LOCKED_ROW]
    with house.database.read() as db:
        found = queries.find_locked(db, house.keys.of("sess"), cookie.text)
        assert queries.find_core(db, house.keys.of("sess"), cookie.text) is None
    assert found is not None
    assert work is not None
    assert work.secret not in found[1].inner


def test_locking_changes_the_cookie_so_that_the_browser_forgets_its_pages(house: TestHouse) -> None:
    alice = with_pin(house)
    browser = alice.browser()
    browser.submit("/me", "/me/lock/now")
    assert browser.cookies["__Host-v"] != alice.cookie
    assert is_number_page(browser.get("/me"))
    assert alice.browser().get("/me").status == 404


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_locked_session_meets_the_same_wordless_page_everywhere(house: TestHouse, language: str) -> None:
    browser = locked(house)
    browser.language = language
    real, made_up, public = (browser.get(path) for path in ("/me", "/no/such/place", "/h"))
    same = {re.sub(r'name="back"|value="[^"]*"', "", page.text) for page in (real, made_up, public)}
    assert len(same) == 1
    assert {real.status, made_up.status, public.status} == {200}
    assert house.site.house.name_in(language) not in real.text
    assert "Alice" not in real.text
    assert "<title>…</title>" in real.text


@pytest.mark.parametrize("typed", [PIN, "٤٠٧١", " ۴۰۷۱ "])
def test_the_right_number_opens_where_she_was_in_any_digits(house: TestHouse, typed: str) -> None:
    browser = locked(house)
    page = browser.get("/me/p")
    opened = browser.post("/u", {**page.form("/u").fields, "pin": typed})
    assert (opened.status, opened.location) == (303, "/me/p")
    assert browser.follow(opened).status == 200


def test_t13_five_misses_delete_the_session(house: TestHouse) -> None:
    browser = locked(house)
    for left in range(MISSES - 1, 0, -1):
        page = browser.submit("/me", "/u", pin=WRONG)
        assert page.status == 422
        assert f"{left} attempt" in page.text
    page = browser.submit("/me", "/u", pin=WRONG)
    assert 'action="/u"' not in page.text
    assert "The passphrase signs in again." in page.text
    assert sizes(house) == []
    assert "__Host-v" not in browser.cookies


def test_after_five_misses_the_right_number_is_too_late(house: TestHouse) -> None:
    browser = locked(house)
    cookie = browser.cookies["__Host-v"]
    for _ in range(MISSES):
        browser.post("/u", {"pin": WRONG})
    browser.cookies["__Host-v"] = cookie
    assert browser.post("/u", {"pin": PIN}).location == "/"
    assert browser.get("/me").status == 404


def test_the_fifth_try_may_be_the_right_one_and_misses_are_forgotten(house: TestHouse) -> None:
    browser = locked(house)
    for _ in range(2):
        for _ in range(MISSES - 1):
            browser.post("/u", {"pin": WRONG})
        assert browser.post("/u", {"pin": PIN}).status == 303
        browser.submit("/me", "/me/lock/now")
    assert is_number_page(browser.get("/me"))


def test_t13_right_and_wrong_cost_the_same(house: TestHouse) -> None:
    alice = with_pin(house)
    cookie = flows.lock(house.site, alice.cookie).text
    seen = []
    for pin in (WRONG, PIN):
        house.database.trace, before = [], pin_hash.calls
        flows.open_with_pin(house.site, cookie, pin)
        seen.append((tuple(house.database.trace), pin_hash.calls - before))
        house.database.trace = None
    assert seen[0] == seen[1]
    assert seen[0][1] == 1


def test_both_boxes_are_tried_whichever_opens(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = with_pin(house)
    cookie = flows.lock(house.site, alice.cookie).text
    tried: list[int] = []
    real = lock.open_box

    def noted(key: X25519PrivateKey, box: bytes) -> bytes:
        tried.append(len(box))
        return real(key, box)

    monkeypatch.setattr(lock, "open_box", noted)
    for pin in (WRONG, PIN):
        flows.open_with_pin(house.site, cookie, pin)
    assert tried == [lock.BOX, lock.DBOX] * 2


def test_without_a_script_a_session_locks_after_half_an_hour(house: TestHouse) -> None:
    alice = with_pin(house)
    browser = alice.browser()
    assert not is_number_page(browser.get("/me"))
    clock.offset = IDLE_SECONDS - 5
    assert not is_number_page(browser.get("/me"))
    clock.offset += IDLE_SECONDS + 5
    assert is_number_page(browser.get("/me"))
    assert sizes(house) == [lock.LOCKED_ROW]
    assert browser.submit("/me", "/u", pin=PIN).status == 303
    assert not is_number_page(browser.get("/me"))


def test_after_a_restart_the_hour_of_the_last_use_decides(house: TestHouse) -> None:
    alice = with_pin(house)
    alice.browser().get("/me")
    house.site.rooms["idle"] = queries.idle.Idle()
    clock.offset = clock.HOUR
    assert is_number_page(alice.browser().get("/me"))


def test_a_session_without_a_number_never_locks(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    clock.offset = clock.HOUR
    assert browser.get("/me").status == 200
    assert browser.post("/me/lock/now").status == 403


def test_what_was_sent_to_a_locked_session_waits_behind_the_number(house: TestHouse) -> None:
    browser = with_pin(house).browser()
    sheet = browser.get("/me/notes/new").form("/me/notes")
    clock.offset = IDLE_SECONDS + 5
    asked = browser.post("/me/notes", {**sheet.fields, "text": "long and careful words"})
    assert is_number_page(asked)
    assert "careful" not in asked.text
    missed = browser.post("/u", {**asked.form("/u").fields, "pin": WRONG})
    back = browser.post("/u", {**missed.form("/u").fields, "pin": PIN})
    assert back.form("/me/notes").fields["text"].strip() == "long and careful words"
    assert browser.post("/me/notes", back.form("/me/notes").fields).status == 303


def test_what_the_script_brings_along_waits_there_too(house: TestHouse) -> None:
    browser = with_pin(house).browser()
    token = browser.get("/me").form("/me/lock/now").fields
    words = {"kept_path": "/me/notes", "kept_text": "half a sentence"}
    asked = browser.post("/me/lock/now", {**token, **words})
    assert "half a sentence" not in asked.text
    back = browser.post("/u", {**asked.form("/u").fields, "pin": PIN})
    assert back.form("/me/notes").fields["text"].strip() == "half a sentence"


def test_leaving_and_freezing_work_while_locked(house: TestHouse) -> None:
    browser = locked(house)
    assert 'action="/s"' in browser.get("/s").text
    assert browser.post("/x").location == "/g"
    assert sizes(house) == []


def test_a_locked_session_ends_like_any_other(house: TestHouse) -> None:
    browser = locked(house)
    clock.offset = 3 * clock.HOUR
    assert browser.get("/me").status == 404


def test_locking_on_both_databases(database_url: str, tmp_path: Path) -> None:
    house = TestHouse(tmp_path, Database(database_url))
    alice = with_pin(house)
    cookie = flows.lock(house.site, alice.cookie).text
    assert flows.open_with_pin(house.site, cookie, WRONG) == MISSES - 1
    assert flows.open_with_pin(house.site, cookie, PIN) is None
    alice.cookie = cookie
    assert alice.viewer.lock_minutes == 10
    flows.lock_idle(house.site, cookie)
    assert [flows.open_with_pin(house.site, cookie, WRONG) for _ in range(MISSES)] == [4, 3, 2, 1, 0]
    assert sizes(house) == []
    house.close()


def test_t4_locking_and_opening_touch_no_account_row(house: TestHouse) -> None:
    alice = with_pin(house)
    before = house.database.connection().execute("SELECT * FROM account").fetchall()
    cookie = flows.lock(house.site, alice.cookie).text
    flows.open_with_pin(house.site, cookie, WRONG)
    flows.open_with_pin(house.site, cookie, PIN)
    assert house.database.connection().execute("SELECT * FROM account").fetchall() == before
