"""A crowd at the door costs little: nothing that takes long is done for whoever brings neither work nor a ticket."""

from __future__ import annotations

import pytest

from mashrabiya.kernel import clock
from mashrabiya.people.rules import passphrases
from mashrabiya.people.tests.factories import PASSPHRASE, fill
from mashrabiya.platform import proof_of_work
from mashrabiya.platform.crypto import sign_in_hash
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse

GUESSED = "sunshine2024!"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every passphrase that is judged as whoever guesses would."""
    seen: list[str] = []
    judge = passphrases._zxcvbn_score

    def watched(passphrase: str, known: tuple[str, ...]) -> int:
        seen.append(passphrase)
        return judge(passphrase, known)

    monkeypatch.setattr(passphrases, "_zxcvbn_score", watched)
    return seen


def attempt(house: TestHouse, passphrase: str = PASSPHRASE, **fields: str) -> Page:
    browser = house.browser()
    given = {"name": "raider", "pass": passphrase, "age": "over", **fields}
    return fill(browser, browser.get("/join"), "/join", **given)


def test_without_work_nothing_is_judged_or_hashed(house: TestHouse, judged: list[str]) -> None:
    before = sign_in_hash.calls
    for nonce in ("", "0" * 16, "not a number"):
        assert attempt(house, nonce=nonce).status == 200
    assert judged == []
    assert sign_in_hash.calls == before


def test_a_made_up_invitation_is_the_plain_404_before_anything_is_judged(
    house: TestHouse, judged: list[str]
) -> None:
    before = sign_in_hash.calls
    assert attempt(house, invitation="0123456789abcdef").status == 404
    assert judged == []
    assert sign_in_hash.calls == before


def test_whoever_did_the_work_is_told_what_is_wrong_and_has_not_spent_it(
    house: TestHouse, judged: list[str]
) -> None:
    browser = house.browser()
    sheet = browser.get("/join").form("/join").fields
    clock.offset += 121
    told = browser.post("/join", {**sheet, "name": "alice", "pass": GUESSED, "age": "over"})
    assert told.status == 422
    assert judged == [GUESSED]
    again = {**told.form("/join").fields, "pass": PASSPHRASE, "age": "over"}
    assert again["ticket"] == sheet["ticket"]
    assert "recovery" in browser.post("/join", again).text.lower()
    assert judged == [GUESSED, PASSPHRASE], "once each"


def test_one_ticket_has_few_passphrases_judged(house: TestHouse, judged: list[str]) -> None:
    browser = house.browser()
    sheet = browser.get("/join").form("/join").fields
    clock.offset += 121
    form = {**sheet, "name": "alice", "pass": GUESSED, "age": "over"}
    statuses = [browser.post("/join", form).status for _ in range(proof_of_work.TRIES + 3)]
    assert statuses == [422] * proof_of_work.TRIES + [200] * 3
    assert len(judged) == proof_of_work.TRIES


def test_what_is_plainly_too_easy_is_said_at_once(house: TestHouse, judged: list[str]) -> None:
    for easy in ("short", "a" * 20, "السلام عليكم ورحمة الله وبركاته"):
        assert attempt(house, easy).status == 422
    assert judged == []


def test_a_passphrase_that_is_easy_to_guess_is_told_once_the_wait_is_over(house: TestHouse) -> None:
    browser = house.browser()
    early = fill(
        browser, browser.get("/join"), "/join", name="alice", **{"pass": "password1234", "age": "over"}
    )
    assert "easy to guess" not in early.text  # judging costs: first what a crowd does not have
    clock.offset += 120
    page = browser.post("/join", early.form("/join").fields)
    assert page.status == 422
    assert "easy to guess" in page.text
    assert page.form("/join").fields["name"] == "alice"
