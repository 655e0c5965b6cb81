"""Pages as a browser without JavaScript walks them."""

import re

import pytest

from mashrabiya.kernel import clock
from mashrabiya.people.commands import issue_invitation, set_guard
from mashrabiya.people.queries.guards import SITE
from mashrabiya.people.tests.factories import PASSPHRASE, account, person
from mashrabiya.people.types import Grant
from mashrabiya.platform import proof_of_work
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

OTHER = "seven grey herons cross the canal"
CODE = re.compile(r'<code dir="ltr">([0-9a-z-]{23})</code>')


def fill(browser: Browser, page: Page, action: str, **fields: str) -> Page:
    """Send a page's form as it stands, with some fields filled."""
    return browser.post(action, {**page.form(action).fields, **fields})


def join(house: TestHouse, browser: Browser, **fields: str) -> Page:
    page = browser.get("/join")
    clock.offset += proof_of_work.TICKET_WAIT
    return fill(browser, page, "/join", **{"name": "alice", "pass": PASSPHRASE, "age": "over", **fields})


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_nothing_to_a_persona(house: TestHouse, language: str) -> None:
    browser = house.browser(language)
    codes_page = join(house, browser)
    codes = CODE.findall(codes_page.text)
    assert len(set(codes)) == 8
    number = int(re.search(r"<bdi>(\d+)</bdi></label>", codes_page.text)[1])
    checked = fill(browser, codes_page, "/join/check", last=codes[number - 1][-4:].upper(), kept="1")
    begin = browser.follow(checked)
    made = fill(browser, begin, "/me/p/new", name="غيمة صيف", pronouns="هي", about="أحبّ المطر")
    assert made.location == "/me/p/edit"
    assert "غيمة صيف" in browser.get("/me/p").text


def test_the_check_wants_the_right_letters_and_the_tick(house: TestHouse) -> None:
    browser = house.browser()
    page = join(house, browser)
    assert fill(browser, page, "/join/check", last="zzzz", kept="1").status == 422
    codes = CODE.findall(page.text)
    number = int(re.search(r"<bdi>(\d+)</bdi></label>", page.text)[1])
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
    spent = {**fresh, "work": sheet["work"], "nonce": sheet["nonce"], "name": "b", "pass": OTHER, "age": "over"}
    assert not CODE.findall(again.post("/join", spent).text)


def test_a_form_that_cannot_be_taken_comes_back_filled(house: TestHouse) -> None:
    page = join(house, house.browser(), **{"pass": "password1234", "age": ""})
    assert page.status == 422
    assert page.form("/join").fields["name"] == "alice"
    assert "easy to guess" in page.text and "age group is missing" in page.text


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
    assert cookie.startswith("__Host-v=") and "Max-Age" not in cookie
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
    [("/c", "/c"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/nowhere", "/"), ("/x", "/")],
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
    with house.database.write() as uow:
        set_guard(uow, SITE, mallory.viewer.pid, days=30, case=b"\x01\x02")
    house.site.held.refresh()
    page = house.browser().submit("/in", "/in", name=mallory.name, **{"pass": PASSPHRASE})
    assert page.status == 403 and "0102" in page.text
    assert mallory.browser().get("/me").status == 404


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
    assert "What I wrote for an hour" in resumed.text and "Alice" in resumed.text
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
    assert "http-equiv=\"refresh\"" in gone.text and "Mashrabiya" not in gone.text


def test_quick_exit_is_not_for_other_sites(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    assert browser.post("/x", **{"origin": "https://evil.example"}).status == 404
    assert browser.get("/me").status == 200


def test_coming_back_with_a_code(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = house.browser("ar")
    code = alice.codes[2].upper().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    fields = {"code": " ".join(code), "name": "new", "pass": OTHER}
    assert browser.submit("/back", "/back", **fields).location == "/me"
    assert "Alice" in browser.get("/me").text
    again = house.browser().submit("/back", "/back", **fields)
    assert again.status == 422 and again.form("/back").fields["name"] == "new"


def test_settings_speak_to_her_as_she_likes(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    chosen = {"language": "ar", "address": "f", "digits": "latn", "dark": "d"}
    sheet = browser.get("/me").form("/me").fields
    sheet.pop("shift")
    assert browser.post("/me", {**sheet, **chosen}).status == 303
    viewer = alice.viewer
    assert (viewer.tongue.language, viewer.tongue.address, viewer.tongue.digits) == ("ar", "f", "latn")
    assert (viewer.dark, viewer.shift_exit) == ("d", False)
    alice.sign_in()
    assert alice.viewer.tongue.address == "f"


def test_switching_gives_another_session(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    browser = alice.browser()
    before = browser.cookies["__Host-v"]
    page = browser.submit("/me/p", "/me/p/switch")
    assert page.status == 303 and browser.cookies["__Host-v"] != before
    old = house.browser()
    old.cookies["__Host-v"] = before
    assert old.get("/me").status == 404


def test_nobody_switches_to_a_slot_that_is_empty(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    sheet = alice.browser().get("/me/p").form("/me/p/switch").fields
    assert alice.browser().post("/me/p/switch", {**sheet, "slot": "9"}).status == 404


def test_renaming_leaves_the_old_address(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser, pub = alice.browser(), alice.viewer.face.pub
    assert browser.get(f"/p/{pub}").status == 200
    browser.submit("/me/p/edit", "/me/p/name", name="Zahra")
    assert browser.get(f"/p/{pub}").status == 404
    assert "Zahra" in browser.get(f"/p/{alice.viewer.face.pub}").text


def test_another_picture(house: TestHouse) -> None:
    alice = person(house, "Alice")
    seed = alice.viewer.face.seed
    alice.browser().submit("/me/p/edit", "/me/p/tile")
    assert alice.viewer.face.seed != seed


def test_a_deleted_persona_gives_way_to_another(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    browser = alice.browser()
    browser.submit("/me/p/delete", "/me/p/delete")
    assert "Zahra" not in browser.get("/me/p").text
    assert "Alice" in browser.get("/me/p").text


def test_a_strangers_page_a_closed_and_a_missing_one_are_the_same(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    pub = alice.viewer.face.pub
    house.database.trace = []
    hidden = bob.browser().get(f"/p/{pub}")
    first, house.database.trace = house.database.trace, []
    missing = bob.browser().get("/p/0000000000")
    assert first == house.database.trace
    house.database.trace = None
    assert (hidden.status, hidden.body, hidden.headers) == (missing.status, missing.body, missing.headers)
    house.site.rooms["acquainted"] = lambda db, viewer, pid: True
    assert bob.browser().get(f"/p/{pub}").status == 200
    alice.browser().submit("/me/p/edit", "/me/p/edit", seen="nobody")
    assert bob.browser().get(f"/p/{pub}").status == 404


def test_new_codes_and_a_new_passphrase_ask_for_the_old_one(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    wrong = browser.submit("/me/k", "/me/k", name="alice", **{"pass": OTHER})
    assert wrong.status == 422 and not CODE.findall(wrong.text)
    assert len(CODE.findall(browser.submit("/me/k", "/me/k", name="alice", **{"pass": PASSPHRASE}).text)) == 8
    fields = {"name": "alice", "pass": PASSPHRASE, "new_pass": "password1234"}
    assert "easy to guess" in browser.submit("/me/pass", "/me/pass", **fields).text
    assert browser.submit("/me/pass", "/me/pass", **{**fields, "new_pass": OTHER}).status == 303
    assert "Alice" in browser.get("/me").text


def test_signing_out_everywhere(house: TestHouse) -> None:
    alice = person(house, "Alice")
    other = house.browser()
    other.submit("/in", "/in", name=alice.name, **{"pass": PASSPHRASE})
    alice.browser().submit("/me", "/me/end")
    assert other.get("/me").status == 404


def test_deleting_the_account(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    page = browser.submit("/me/delete", "/me/delete", name="alice", **{"pass": PASSPHRASE})
    assert page.status == 200 and "Nothing here can bring it back" in page.text
    assert browser.get("/me").status == 404


def test_a_member_without_a_persona_is_led_to_make_one(house: TestHouse) -> None:
    page = account(house, "alice").browser().get("/me/p/edit")
    assert page.location == "/me/p/new"
