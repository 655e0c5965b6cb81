"""Pages as a browser without JavaScript walks them."""

import re

import pytest

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.people.commands import issue_invitation
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, account, fill, join, person
from mashrabiya.people.tests.test_case import CASE, close_to
from mashrabiya.people.types import Grant
from mashrabiya.platform import proof_of_work
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import TestHouse

CODE = re.compile(r'<code dir="ltr">([0-9a-z-]{23})</code>')


def asked_number(page: Page) -> int:
    """Which code the check asks for."""
    found = re.search(r"<bdi>(\d+)</bdi></label>", page.text)
    assert found
    return int(found[1])


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_nothing_to_a_persona(house: TestHouse, language: str) -> None:
    browser = house.browser(language)
    codes_page = join(house, browser)
    codes = CODE.findall(codes_page.text)
    assert len(set(codes)) == 8
    number = asked_number(codes_page)
    checked = fill(browser, codes_page, "/join/check", last=codes[number - 1][-4:].upper(), kept="1")
    begin = browser.follow(checked)
    made = fill(browser, begin, "/me/p/new", name="غيمة صيف", pronouns="هي", about="أحبّ المطر")
    assert made.location == "/", "her first evening begins at home"
    assert 'href="/f"' in browser.follow(made).text
    assert "غيمة صيف" in browser.get("/me/p").text
    assert browser.submit("/me/p/new", "/me/p/new", name="Ink").location == "/me/p/edit"


LOSS = {
    "ar": ("إن ضاعت مع عبارة المرور، لا طريق للعودة.", "لا يستطيع أحد فتح هذا الحساب من جديد"),
    "en": (
        "If they are lost with the passphrase, there is no way back.",
        "nobody can open this account again",
    ),
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_cannot_be_recovered_is_said_twice_and_in_the_open(house: TestHouse, language: str) -> None:
    browser, (first, second) = house.browser(language), LOSS[language]
    open_to_all = re.sub(r"<details.*?</details>", "", browser.get("/join").text, flags=re.DOTALL)
    assert first in open_to_all
    assert open_to_all.index('name="name"') < open_to_all.index(first)
    assert second in join(house, browser).text


def test_the_check_wants_the_right_letters_and_the_tick(house: TestHouse) -> None:
    browser = house.browser()
    page = join(house, browser)
    assert fill(browser, page, "/join/check", last="zzzz", kept="1").status == 422
    codes = CODE.findall(page.text)
    number = asked_number(page)
    again = fill(browser, page, "/join/check", last=codes[number - 1][-4:])
    assert again.status == 422
    assert not CODE.findall(again.text)


def test_without_javascript_a_wait_and_nothing_typed_is_lost(house: TestHouse) -> None:
    browser = house.browser()
    first = browser.get("/join")
    early = fill(browser, first, "/join", name="alice", **{"pass": PASSPHRASE, "age": "over"})
    assert early.status == 200
    fields = early.form("/join").fields
    assert (fields["name"], fields["pass"]) == ("alice", PASSPHRASE)
    assert fields["ticket"] == first.form("/join").fields["ticket"]
    clock.offset += 120
    assert CODE.findall(browser.post("/join", fields).text)


def test_with_javascript_no_wait(house: TestHouse) -> None:
    browser = house.browser()
    sheet = browser.get("/join").form("/join").fields
    sheet |= {"nonce": proof_of_work.solve(sheet["work"]), "name": "alice", "pass": PASSPHRASE, "age": "over"}
    assert CODE.findall(browser.post("/join", sheet).text)
    again = house.browser()
    fresh = again.get("/join").form("/join").fields
    spent = {
        **fresh,
        "work": sheet["work"],
        "nonce": sheet["nonce"],
        "name": "b",
        "pass": OTHER,
        "age": "over",
    }
    assert not CODE.findall(again.post("/join", spent).text)


def test_a_form_that_cannot_be_taken_comes_back_filled(house: TestHouse) -> None:
    page = join(house, house.browser(), **{"pass": "password1234", "age": ""})
    assert page.status == 422
    assert page.form("/join").fields["name"] == "alice"
    assert "age group is missing" in page.text


def test_adults_only_sends_nobody_to_a_form_that_lies(house: TestHouse) -> None:
    page = join(house, house.browser(), age="under")
    assert page.status == 422
    assert "Help now" in page.text


def test_a_house_by_invitation_opens_with_the_code(house: TestHouse) -> None:
    house.change(entry="invitation")
    browser = house.browser()
    assert "needs an invitation" in browser.get("/join").text
    with house.database.write() as uow:
        code = issue_invitation(uow, house.keys, grant=Grant.HOST)
    brought = browser.post("/join/to", {"code": code.upper()})
    page = browser.follow(brought)
    fields = {"name": "mona", "pass": PASSPHRASE, "age": "over"}
    assert CODE.findall(fill(browser, page, "/join", **fields).text)
    assert house.browser().get(brought.location).status == 404


def test_a_used_invitation_is_a_page_that_is_not_there(house: TestHouse) -> None:
    missing = house.browser().get("/nowhere")
    used = house.browser().get("/join/0123456789abcdef")
    assert (used.status, used.body) == (missing.status, missing.body)


def test_a_house_with_a_question_wants_its_answer(house: TestHouse) -> None:
    house.change(entry="question", question={"en": "What falls in winter?"}, answers=("rain", "مطر"))
    assert "What falls" in join(house, house.browser(), answer="snow").text
    assert CODE.findall(join(house, house.browser(), answer=" RAIN ").text)


def test_a_closed_house_says_so(house: TestHouse) -> None:
    house.change(entry="closed")
    assert "No new accounts" in house.browser().get("/join").text


def test_signing_in_and_out(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = house.browser()
    page = browser.submit("/in", "/in", name=alice.name, **{"pass": PASSPHRASE})
    assert (page.status, page.location) == (303, "/")
    cookie = page.header("set-cookie")
    assert cookie.startswith("__Host-v=")
    assert "Max-Age" not in cookie
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert "Alice" in browser.get("/me").text
    browser.submit("/me", "/me/out")
    assert browser.get("/me").status == 404


def test_her_own_device_keeps_the_cookie(house: TestHouse) -> None:
    alice = account(house, "alice")
    page = house.browser().submit("/in", "/in", name=alice.name, device="own", **{"pass": PASSPHRASE})
    assert "Max-Age=1209600" in page.header("set-cookie")


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/c", "/c"),
        ("/t/0zen4ptk", "/t/0zen4ptk"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/nowhere", "/"),
        ("/x", "/"),
        ("/p/\\evil.example", "/"),
        ("/t/a\r\nSet-Cookie: b=c", "/"),
        ("/t/\u2028", "/"),
        ("/t/é", "/"),
    ],
)
def test_next_is_a_page_of_this_house(house: TestHouse, wanted: str, goes: str) -> None:
    alice = account(house, "alice")
    page = house.browser().submit("/in", "/in", name=alice.name, next=wanted, **{"pass": PASSPHRASE})
    assert page.location == goes


def test_wrong_unknown_and_locked_are_the_same_bytes(house: TestHouse) -> None:
    account(house, "alice")
    pages = [
        house.browser().submit("/in", "/in", name=name, **{"pass": OTHER}) for name in ("alice", "nobody")
    ]
    masked = [re.sub(rb'value="[^"]*"', b"", page.body) for page in pages]
    assert masked[0] == masked[1]
    assert pages[0].status == pages[1].status == 422


def test_a_guessed_name_is_slowed_and_not_locked(house: TestHouse) -> None:
    alice = account(house, "alice")
    browser = house.browser()
    for _ in range(10):
        browser.submit("/in", "/in", name="alice", **{"pass": OTHER})
    slowed = browser.submit("/in", "/in", name="alice", **{"pass": PASSPHRASE})
    assert slowed.status == 429
    clock.offset += 30
    assert browser.submit("/in", "/in", name="alice", **{"pass": alice.passphrase}).status == 303


def test_the_excluded_see_their_case(house: TestHouse) -> None:
    mallory = person(house, "Mallory")
    close_to(mallory)
    page = house.browser().submit("/in", "/in", name=mallory.name, **{"pass": PASSPHRASE})
    assert page.status == 403
    assert show_id(CASE) in page.text


def test_words_typed_before_the_session_ended_come_back(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    browser.cookies.clear()
    page = browser.get("/in")
    fields = {
        **page.form("/in").fields,
        "name": alice.name,
        "pass": PASSPHRASE,
        "kept_path": "/me/p/edit",
        "kept_about": "What I wrote for an hour",
    }
    resumed = browser.post("/in", fields)
    assert "What I wrote for an hour" in resumed.text
    assert "Alice" in resumed.text
    assert fill(browser, resumed, "/me/p/edit").status == 303
    assert "What I wrote for an hour" in browser.get("/me/p/edit").text


def test_kept_words_go_nowhere_but_into_this_house(house: TestHouse) -> None:
    alice = person(house, "Alice")
    page = house.browser().get("/in")
    fields = {**page.form("/in").fields, "name": alice.name, "pass": PASSPHRASE, "kept_body": "x"}
    for path in ("https://evil.example/", "//evil.example", "/x", "/nowhere"):
        browser = house.browser()
        assert browser.post("/in", {**fields, "kept_path": path}).status == 303


def test_quick_exit_with_and_without_a_session(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    for _ in range(2):
        page = browser.post("/x")
        assert (page.status, page.location) == (303, "/g")
        assert page.header("clear-site-data") == '"cookies", "storage"'
        assert page.header("cache-control") == "no-store"
    stale = house.browser()
    stale.cookies["__Host-v"] = alice.cookie
    assert stale.get("/me").status == 404
    gone = browser.get("/g")
    assert 'http-equiv="refresh"' in gone.text
    assert "Mashrabiya" not in gone.text


def test_quick_exit_is_not_for_other_sites(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    assert browser.post("/x", origin="https://evil.example").status == 404
    assert browser.get("/me").status == 200


def test_coming_back_with_a_code(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = house.browser("ar")
    code = alice.codes[2].upper().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    fields = {"code": " ".join(code), "name": "new", "pass": OTHER}
    assert browser.submit("/back", "/back", **fields).location == "/me?back=1"
    assert "Alice" in browser.get("/me").text
    again = house.browser().submit("/back", "/back", **fields)
    assert again.status == 422
    assert again.form("/back").fields["name"] == "new"


@pytest.mark.parametrize("size", [70_000, 200_000])
def test_a_name_or_code_without_end_is_only_wrong(house: TestHouse, size: int) -> None:
    browser = house.browser()
    assert browser.submit("/in", "/in", name="a" * size, **{"pass": OTHER}).status == 422
    pair = {"name": "alice", "pass": PASSPHRASE}
    assert browser.submit("/back", "/back", code="a" * size, **pair).status == 422


def test_a_passphrase_never_comes_back_in_the_open(house: TestHouse) -> None:
    alice = person(house, "Alice")
    secrets = {"pass": PASSPHRASE, "new_pass": OTHER, "name": "hidden-name", "new_name": "hidden-new"}
    for browser in (alice.browser(), house.browser()):
        for path in ("/me/pass", "/me/delete", "/made/up", "/in"):
            text = browser.post(path, {**secrets, "body": "her words"}).text
            assert "her words" in text
            assert not any(secret in text for secret in secrets.values())


def test_a_persona_sent_back_keeps_its_name(house: TestHouse) -> None:
    assert "Quiet Fern" in house.browser().post("/me/p/new", {"name": "Quiet Fern"}).text
