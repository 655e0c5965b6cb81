"""Sessions for programs."""

import json

from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, account, person
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse


def ask(browser: Browser, name: str, passphrase: str, **headers: str) -> Page:
    body = json.dumps({"sign_in_name": name, "passphrase": passphrase}).encode()
    return browser.send("/api/session", body, content_type="application/json", **headers)


def test_a_session_for_a_program(house: TestHouse) -> None:
    alice = person(house, "Alice")
    answer = ask(house.browser(), alice.name, PASSPHRASE)
    assert answer.status == 200
    session = json.loads(answer.body)
    assert [one["name"] for one in session["personas"]] == ["Alice"]
    assert not answer.header("set-cookie")


def test_wrong_and_unknown_are_the_same(house: TestHouse) -> None:
    account(house, "alice")
    wrong, unknown = ask(house.browser(), "alice", OTHER), ask(house.browser(), "nobody", OTHER)
    assert (wrong.status, wrong.body, wrong.headers) == (unknown.status, unknown.body, unknown.headers)
    assert wrong.status == 403


def test_what_is_no_question_is_refused(house: TestHouse) -> None:
    for body in (b"", b"{", b"[]", b'{"sign_in_name": 1, "passphrase": 2}'):
        assert house.browser().send("/api/session", body).status == 422


def test_guessing_is_slowed(house: TestHouse) -> None:
    account(house, "alice")
    for _ in range(10):
        ask(house.browser(), "alice", OTHER)
    assert ask(house.browser(), "alice", PASSPHRASE).status == 429


def test_a_token_opens_no_page_and_a_cookie_no_json(house: TestHouse) -> None:
    alice = person(house, "Alice")
    token = json.loads(ask(house.browser(), alice.name, PASSPHRASE).body)["token"]
    assert house.browser().get("/me", authorization=f"Bearer {token}").status == 404
    stranger = house.browser()
    stranger.cookies["__Host-v"] = token
    assert stranger.get("/me").status == 404
    assert alice.browser().send("/api/session", b"", method="DELETE").status == 401


def test_ending_the_session(house: TestHouse) -> None:
    alice = person(house, "Alice")
    token = json.loads(ask(house.browser(), alice.name, PASSPHRASE).body)["token"]
    bearer = {"authorization": f"Bearer {token}"}
    assert house.browser().send("/api/session", b"", method="DELETE", **bearer).status == 204
    assert house.browser().send("/api/session", b"", method="DELETE", **bearer).status == 401
    assert alice.browser().get("/me").status == 200
