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


def test_bytes_that_are_no_text_and_nests_without_end_are_refused(house: TestHouse) -> None:
    nest = b"[" * 50_000 + b"]" * 50_000
    for body in (b'{"sign_in_name": "\xff", "passphrase": "x"}', b'{"more": ' + nest + b"}"):
        answer = house.browser().send("/api/session", body)
        assert (answer.status, answer.body) == (422, b'{"error":"invalid"}')


def test_a_name_without_end_is_only_wrong(house: TestHouse) -> None:
    account(house, "alice")
    assert ask(house.browser(), "a" * 70_000, OTHER).status == 403


def test_a_token_and_a_cookie_do_not_stand_in_for_each_other(house: TestHouse) -> None:
    alice = person(house, "Alice")
    token = json.loads(ask(house.browser(), alice.name, PASSPHRASE).body)["token"]
    assert house.browser().get("/api/home", authorization=f"Bearer {token}").status == 200
    for shown in (alice.cookie, "m" + alice.cookie, token[1:]):
        assert house.browser().get("/api/home", authorization=f"Bearer {shown}").status == 401
    for shown in (token, token[1:], token[1:] + "=", alice.cookie + "x"):
        browser = house.browser()
        browser.cookies["__Host-v"] = shown
        assert browser.get("/me").status == 404


def test_programs_of_a_crowded_network_wait_and_its_people_do_not(house: TestHouse) -> None:
    account(house, "alice")
    mallory = house.browser()
    mallory.address = "203.0.113.5"
    answers = [ask(mallory, f"guess {number}", OTHER).status for number in range(22)]
    assert answers.count(403) == 20
    assert answers[-1] == 429
    neighbour = house.browser()
    neighbour.address = "203.0.113.77"
    page = neighbour.submit("/in", "/in", name="alice", **{"pass": PASSPHRASE})
    assert page.status == 200
    assert "work" in page.form("/in").fields
