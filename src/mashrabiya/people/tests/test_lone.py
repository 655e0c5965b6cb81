"""Passkeys that open an account by themselves: an authenticator in Python answers as a browser's would."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people import flows
from mashrabiya.people.flows import freezing, lone
from mashrabiya.people.sealed import passkey
from mashrabiya.people.sealed.passkey import to_text
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, account, app_code, fill, second_step
from mashrabiya.people.tests.lone_owner import Device, Owner, challenge_on
from mashrabiya.people.tests.test_case import CASE, close_to
from mashrabiya.people.tests.test_freezing import code_of
from mashrabiya.people.tests.test_passkeys import AGAIN, Authenticator, fields_of
from mashrabiya.testing.house import TestHouse

WRONG = "No account opens with this passkey."


@pytest.fixture
def owner(house: TestHouse) -> Owner:
    return Owner(house)


def test_added_used_and_taken_away(owner: Owner) -> None:
    assert not owner.comes_in()
    assert '<p class="mt5">1 passkey</p>' in owner.add().text
    assert owner.comes_in()
    dropped = fill(owner.browser, owner.settings(), "/me/key/drop")
    assert "No passkey yet." in dropped.text
    assert owner.rows() == []
    assert not owner.comes_in()


def test_the_row_is_of_fixed_size_and_names_nobody(owner: Owner) -> None:
    owner.add()
    owner.add(Device(id=secrets.token_bytes(64)))
    rows = owner.rows()
    assert {(len(tag), len(pub), len(blob)) for tag, pub, blob in rows} == {(16, 61, 76)}
    everything = b"".join(part for row in rows for part in row)
    assert owner.alice.viewer.account not in everything
    assert owner.device.id not in everything


def test_it_stands_for_the_second_step_too_and_only_whoever_has_that_adds_one(owner: Owner) -> None:
    secret = second_step(owner.alice)
    assert owner.settings().status == 422
    assert owner.settings(code="000000").status == 422
    page = owner.settings(code=app_code(secret))
    answer = owner.device.make(challenge_on(page, "/me/key/new"))
    assert fill(owner.browser, page, "/me/key/new", **owner.device.words(answer)).status == 200
    browser, _ = owner.come()
    assert browser.get("/me/keys").status == 200, "the session knows that the second step is on"


def test_a_slip_of_the_second_step_adds_none(owner: Owner) -> None:
    second_step(owner.alice)
    slip = owner.browser.submit("/me/keys", "/me/keys", **AGAIN).form("/me/keys/new").fields["slip"]
    token = owner.browser.get("/me/key").form("/me/key").fields["_f"]
    for action in ("/me/key/new", "/me/key/drop"):
        assert owner.browser.post(action, {"_f": token, "slip": slip}).status in {303, 403}
    assert owner.rows() == []


def test_new_codes_leave_it_working_and_a_kept_passphrase_does(owner: Owner) -> None:
    owner.add()
    site = owner.house.site
    flows.replace_codes(site, flows.unlock(site, "alice", PASSPHRASE))
    assert owner.comes_in()
    who = flows.unlock(site, "alice", PASSPHRASE)
    flows.change_passphrase(site, who, "alice", OTHER, keep_keys=True)
    assert owner.comes_in()


def test_a_recovery_code_takes_it_away(owner: Owner) -> None:
    owner.add()
    flows.recover(owner.house.site, owner.alice.codes[0], "new", OTHER)
    assert not owner.comes_in()
    assert owner.rows() == []


def test_deleting_the_account_deletes_the_row(owner: Owner) -> None:
    owner.add()
    flows.delete_account(owner.house.site, flows.unlock(owner.house.site, "alice", PASSPHRASE), remove=())
    assert owner.rows() == []
    assert not owner.comes_in()


def test_freezing_stops_it_and_coming_back_takes_it_away(owner: Owner) -> None:
    owner.add()
    freezing.freeze(owner.house.site, code_of(owner.house, owner.alice))
    assert not owner.comes_in()
    clock.offset = 4 * clock.DAY
    freezing.come_back(owner.house.site, "alice", PASSPHRASE, owner.alice.codes[0])
    assert not owner.comes_in()
    assert owner.rows() == []


def test_t1_unknown_frozen_taken_away_and_wrong_are_one_answer_after_the_same_work(owner: Owner) -> None:
    owner.add()
    stranger, borrowed = Device(), replace(Device(), id=owner.device.id)
    no_secret = replace(owner.device, secret=secrets.token_bytes(32))
    unverified = replace(owner.device, flags=0x01)
    seen = [answered(owner, device) for device in (stranger, borrowed, no_secret, unverified)]
    freezing.freeze(owner.house.site, code_of(owner.house, owner.alice))
    seen.append(answered(owner, owner.device))
    assert all(one == seen[0] for one in seen)
    assert seen[0][0] == 422
    assert WRONG in str(seen[0][1])
    assert len(seen[0][3]) == 2


def answered(owner: Owner, device: Device) -> tuple[int, str, object, list[str]]:
    database, browser = owner.house.database, owner.house.browser()
    page = browser.get("/in")
    sheet, answer = page.form("/in").fields, device.sign(challenge_on(page, "/in"))
    owner.house.site.held.refresh()
    database.trace = []
    answer_page = browser.post("/in", {**sheet, **device.words(answer)})
    trace, database.trace = database.trace, None
    headers = [pair for pair in answer_page.headers if pair[0] != "content-length"]
    return answer_page.status, re.sub(r'value="[^"]*"', "", answer_page.text), headers, trace


def test_somebody_whom_the_house_is_closed_to_meets_her_case(owner: Owner) -> None:
    owner.add()
    owner.alice.add("Alice")
    close_to(owner.alice)
    browser, page = owner.come()
    assert (page.status, show_id(CASE) in page.text) == (403, True)
    assert browser.cookies == {}


def test_an_answer_is_good_once_and_for_five_minutes(owner: Owner) -> None:
    owner.add()
    browser = owner.house.browser()
    page = browser.get("/in")
    words = owner.device.words(owner.device.sign(challenge_on(page, "/in")))
    assert fill(browser, page, "/in", **words).status == 303
    other = owner.house.browser()
    assert fill(other, other.get("/in"), "/in", **words).status == 422
    late = owner.device.words(owner.device.sign(challenge_on(other.get("/in"), "/in")))
    clock.offset += 301
    assert fill(other, other.get("/in"), "/in", **late).status == 422


def test_a_challenge_of_an_account_or_of_nobody_is_not_taken(owner: Owner) -> None:
    owner.add()
    key, site = owner.house.keys.of("sess"), owner.house.site
    for asked in (
        passkey.challenge(key, owner.alice.viewer.account, clock.now()),
        to_text(secrets.token_bytes(32)),
        "",
    ):
        browser = owner.house.browser()
        words = owner.device.words(owner.device.sign(asked))
        assert fill(browser, browser.get("/in"), "/in", **words).status == 422
    page = owner.settings()
    made = Device().make(lone.challenge(site))
    assert fill(owner.browser, page, "/me/key/new", **Device().words(made)).status == 422


@pytest.mark.parametrize("bad", ["x", "\u0000", "٣" * 9000, "e30", to_text(b"[]"), to_text(b'{"type":1}')])
def test_bad_input_is_only_wrong(owner: Owner, bad: str) -> None:
    owner.add()
    browser = owner.house.browser()
    page = browser.get("/in")
    good = owner.device.words(owner.device.sign(challenge_on(page, "/in")))
    for name in good:
        answer = fill(browser, browser.get("/in"), "/in", **{**good, name: bad}, name="typed here")
        assert answer.status == 422, name
        assert "typed here" in answer.text
    settings = owner.settings()
    made = Device().words(Device().make(challenge_on(settings, "/me/key/new")))
    for name in ("client", "authenticator", "prf"):
        assert fill(owner.browser, settings, "/me/key/new", **{**made, name: bad}).status == 422, name
    assert len(owner.rows()) == 1


def test_a_key_that_asked_for_nothing_or_gave_no_secret_is_not_taken(owner: Owner) -> None:
    for device in (
        Device(flags=0x01),
        Device(secret=b""),
        Device(secret=bytes(31)),
        Device(secret=bytes(33)),
    ):
        assert owner.add(device).status == 422
    assert owner.rows() == []


def test_three_at_most_and_none_twice(owner: Owner) -> None:
    assert owner.add().status == 200
    assert owner.add().status == 422
    assert [owner.add(Device()).status for _ in range(2)] == [200, 200]
    assert "/me/key/new" not in owner.settings().text
    assert owner.comes_in()


def test_another_cannot_take_over_a_name_that_is_kept(owner: Owner) -> None:
    owner.add()
    mallory = account(owner.house, "mallory", OTHER)
    browser = mallory.browser()
    page = browser.submit("/me/key", "/me/key", name="mallory", **{"pass": OTHER})
    hers = replace(Device(), id=owner.device.id)
    answer = hers.make(challenge_on(page, "/me/key/new"))
    assert fill(browser, page, "/me/key/new", **hers.words(answer)).status == 422
    assert "No passkey yet." in browser.submit("/me/key", "/me/key", name="mallory", **{"pass": OTHER}).text
    assert owner.comes_in()


def test_the_longest_keys_still_fit_beside_those_of_the_second_step(owner: Owner) -> None:
    for _ in range(3):
        assert owner.add(Device(id=secrets.token_bytes(passkey.LONGEST_ID))).status == 200
    secret = second_step(owner.alice)
    for _ in range(3):
        page = owner.browser.submit("/me/keys", "/me/keys", **AGAIN)
        asked = page.text.split('data-challenge="')[1].split('"')[0]
        made = Authenticator(id=secrets.token_bytes(passkey.LONGEST_ID)).make(asked)
        assert fill(owner.browser, page, "/me/keys/new", **fields_of(made)).status == 200
    assert owner.browser.submit("/me/k", "/me/k", **AGAIN).status == 200
    assert app_code(secret)


def test_the_session_is_one_of_the_open_sign_ins(owner: Owner) -> None:
    owner.add()
    phone, _ = owner.come(device=None)
    assert owner.browser.submit("/me/in", "/me/in/others").status == 303
    assert phone.get("/me").status == 404


def test_an_own_device_stays_signed_in(owner: Owner) -> None:
    owner.add()
    _, page = owner.come(own="")
    assert "max-age" not in page.header("set-cookie").lower()
    browser = owner.house.browser()
    opened = browser.get("/in")
    words = owner.device.words(owner.device.sign(challenge_on(opened, "/in")))
    kept = fill(browser, opened, "/in", **words, device="own")
    assert "max-age" in kept.header("set-cookie").lower()


def test_words_typed_before_come_along(owner: Owner) -> None:
    owner.add()
    browser = owner.house.browser()
    page = browser.post("/me/notes", {"text": "half a note"})
    words = owner.device.words(owner.device.sign(challenge_on(browser.get("/in"), "/in")))
    kept = {
        "kept_path": "/me/notes",
        "kept_text": "half a note",
        "_f": browser.get("/in").form("/in").fields["_f"],
    }
    assert "half a note" in page.text
    assert "half a note" in browser.post("/in", {**kept, **words}).text


def test_at_the_onion_nothing_of_it_is_offered(owner: Owner) -> None:
    onion = f"{'a' * 55}d.onion"
    owner.house.change(sites=(onion,))
    page = owner.house.browser().get("/in", host=onion)
    assert page.status == 200
    assert "data-passkey" not in page.text
    assert "passkey" not in page.text


@pytest.mark.parametrize(("language", "warns"), [("ar", "من يفتح الجهاز"), ("en", "Whoever can unlock")])
def test_the_page_warns_before_anything_is_made(owner: Owner, language: str, warns: str) -> None:
    browser = owner.alice.browser(language)
    assert warns in browser.get(f"/me/key?lang={language}").text
    wrong = browser.submit("/me/key", "/me/key", name="alice", **{"pass": "x"})
    assert (wrong.status, "data-passkey" in wrong.text) == (422, False)


def test_who_is_not_signed_in_finds_no_such_page(house: TestHouse) -> None:
    assert house.browser().get("/me/key").status == 404


def test_what_the_device_alone_knows_is_written_on_no_page(owner: Owner) -> None:
    page = owner.settings()
    words = owner.device.words(owner.device.make(challenge_on(page, "/me/key/new")))
    sheet = page.form("/me/key/new").fields | words
    nobody = owner.house.browser()
    assert nobody.post("/me/key/new", sheet).status == 200, "the session ended meanwhile"
    for answer in (
        nobody.post("/me/key/new", sheet),
        nobody.post("/in", {**words, "_f": "old"}),
        owner.browser.post("/me/key/new", {**sheet, "_f": "old"}),
    ):
        assert [name for name, said in words.items() if said and said in answer.text] == []
        assert sheet["challenge"] not in answer.text
