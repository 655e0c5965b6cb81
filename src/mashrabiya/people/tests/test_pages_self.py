"""What she may change about herself, as a browser without JavaScript walks it."""

import pytest

from mashrabiya.kernel.content import Note
from mashrabiya.people import flows
from mashrabiya.people.flows.locking import Place
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, Person, account, person, second_step
from mashrabiya.people.tests.test_pages import CODE
from mashrabiya.platform.web import moved
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse


def test_settings_speak_to_her_as_she_likes(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    chosen = {"language": "ar", "address": "f", "digits": "latn", "dark": "d"}
    sheet = browser.get("/me").form("/me").fields
    assert browser.post("/me", {**sheet, **chosen}).status == 303
    leaving = browser.get("/me").form("/me/exit").fields
    leaving.pop("shift")
    assert browser.post("/me/exit", leaving).status == 303
    viewer = alice.viewer
    assert (viewer.tongue.language, viewer.tongue.address, viewer.tongue.digits) == ("ar", "f", "latn")
    assert (viewer.dark, viewer.shift_exit) == ("d", False)
    alice.sign_in()
    assert alice.viewer.tongue.address == "f"


def test_a_language_chosen_before_does_not_stand_in_the_way_of_a_saved_one(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    assert "Settings" in browser.get("/me?lang=en").text
    sheet = browser.get("/me").form("/me").fields
    browser.post("/me", {**sheet, "language": "ar"})
    assert "الإعدادات" in browser.get("/me").text


def test_her_own_device_stays_so_when_the_passphrase_changes(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.sign_in(own=True)
    fields = {"name": "alice", "pass": PASSPHRASE, "new_pass": OTHER}
    answer = alice.browser().submit("/me/pass", "/me/pass", **fields)
    assert "Max-Age=1209600" in answer.header("set-cookie")


def test_what_is_said_of_backups_follows_the_house(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    house.change(backup_days=7)
    assert "backup copies are deleted within 7 days" in browser.get("/me/delete").text
    assert "leaves our backup copies within 7 days" in browser.get("/me/p/edit").text


GROUPS = {
    "en": ("How the site speaks", "What I read", "My notes", "My personas", "Signing in", "Leaving"),
    "ar": ("كيف يتكلّم الموقع", "ما أقرؤه", "ملاحظاتي", "أسمائي المستعارة", "الدخول", "المغادرة"),
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_settings_stand_in_groups(house: TestHouse, language: str) -> None:
    browser = speaking(person(house, "Alice"), language)
    text = browser.get("/me").text
    places = [text.index(f"<h2>{group}</h2>") for group in GROUPS[language]]
    assert places == sorted(places)


STANDS = {
    "en": ("Off: the passphrase alone", "On: after the passphrase", "Off. When on", "after 10 minutes", "No other is."),
    "ar": ("متوقّفة: تكفي", "تعمل: بعد عبارة المرور", "متوقّف. حين", "بعد ١٠ دقائق", "ولا دخول غيره."),
}  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
def test_settings_say_how_each_way_of_signing_in_stands(house: TestHouse, language: str) -> None:
    alice = person(house, "Alice")
    no_code, code, no_lock, lock, alone = STANDS[language]
    text = speaking(alice, language).get("/me").text
    assert all(word in text for word in (no_code, no_lock, alone))
    assert not any(word in text for word in (code, lock))
    who = flows.unlock(house.site, alice.name, alice.passphrase)
    alice.cookie = flows.set_pin(house.site, who, "4071", 10, place=Place(0, own=False)).text
    second_step(alice)
    text = speaking(alice, language).get("/me").text
    assert all(word in text for word in (code, lock))
    assert not any(word in text for word in (no_code, no_lock))


def test_settings_cost_few_statements(house: TestHouse) -> None:
    browser = person(house, "Alice").browser()
    house.site.held.refresh()
    house.database.trace = []
    browser.get("/me")
    assert len(house.database.trace) <= 6
    house.database.trace = None


def test_a_persona_more_than_there_may_be_is_refused_in_words(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    browser.submit("/me/p/new", "/me/p/new", name="Ink")
    for path in ("/me/p", "/me/p/new"):
        text = browser.get(path).text
        assert "No more names can be added now." in text
        assert "0 more" not in text


def speaking(who: Person, language: str) -> Browser:
    """Her browser, in a language that she chose in her settings."""
    flows.alter_preferences(who.house.site, who.cookie, language=language)
    return who.browser(language)


def test_content_notes_fold_show_or_hide_as_she_chooses(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    sheet = browser.get("/me/content").form("/me/content").fields
    assert {value for name, value in sheet.items() if name.startswith("note_")} == {"fold"}
    assert len(sheet) == len(Note) + 1
    chosen = {**sheet, "note_hate": "hide", "note_loss": "show", "note_body": "mallory"}
    assert browser.post("/me/content", chosen).status == 303
    assert (alice.viewer.notes_shown, alice.viewer.notes_hidden) == (Note.LOSS, Note.HATE)
    again = browser.get("/me/content").form("/me/content").fields
    assert (again["note_hate"], again["note_loss"], again["note_body"]) == ("hide", "show", "fold")
    settings = browser.get("/me").form("/me").fields
    browser.post("/me", {**settings, "address": "m"})
    alice.sign_in()
    assert (alice.viewer.notes_shown, alice.viewer.notes_hidden) == (Note.LOSS, Note.HATE)


@pytest.mark.parametrize(("language", "label"), [("ar", "كلام كراهية منقول"), ("en", "quoted hate")])
def test_the_kinds_of_content_note_have_names(house: TestHouse, language: str, label: str) -> None:
    assert label in speaking(person(house, "Alice"), language).get("/me/content").text


def test_switching_gives_another_session(house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    # The seconds in which an old cookie leads to the new one are over at once.
    monkeypatch.setattr(moved, "SECONDS", 0.0)
    alice = person(house, "Alice")
    alice.add("Zahra")
    browser = alice.browser()
    before = browser.cookies["__Host-v"]
    page = browser.submit("/me/p", "/me/p/switch")
    assert page.status == 303
    assert browser.cookies["__Host-v"] != before
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
    browser, pub = alice.browser(), alice.face.pub
    assert "those who share a community with this name" in browser.get(f"/p/{pub}").text
    browser.submit("/me/p/edit", "/me/p/name", name="Zahra")
    assert browser.get(f"/p/{pub}").status == 404
    assert "Zahra" in browser.get(f"/p/{alice.face.pub}").text


def test_another_picture(house: TestHouse) -> None:
    alice = person(house, "Alice")
    seed = alice.face.seed
    alice.browser().submit("/me/p/edit", "/me/p/tile")
    assert alice.face.seed != seed


def test_a_deleted_persona_gives_way_to_another(house: TestHouse) -> None:
    alice = person(house, "Alice")
    alice.add("Zahra")
    browser = alice.browser()
    again = {"name": "alice", "pass": OTHER}
    assert browser.submit("/me/p/delete", "/me/p/delete", **again).status == 422
    assert "Zahra" in browser.get("/me/p").text
    again["pass"] = PASSPHRASE
    assert browser.submit("/me/p/delete", "/me/p/delete", **again).location == "/me/p"
    assert "Zahra" not in browser.get("/me/p").text
    assert "Alice" in browser.get("/me/p").text


def test_a_strangers_page_a_closed_and_a_missing_one_are_the_same(house: TestHouse) -> None:
    alice, bob = person(house, "Alice"), person(house, "Bob")
    pub = alice.face.pub
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
    assert "opens for nobody else" in alice.browser().get(f"/p/{pub}").text


def test_new_codes_and_a_new_passphrase_ask_for_the_old_one(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    wrong = browser.submit("/me/k", "/me/k", name="alice", **{"pass": OTHER})
    assert wrong.status == 422
    assert not CODE.findall(wrong.text)
    assert len(CODE.findall(browser.submit("/me/k", "/me/k", name="alice", **{"pass": PASSPHRASE}).text)) == 8
    fields = {"name": "alice", "pass": PASSPHRASE, "new_pass": "password1234"}
    assert "easy to guess" in browser.submit("/me/pass", "/me/pass", **fields).text
    assert browser.submit("/me/pass", "/me/pass", **{**fields, "new_pass": OTHER}).status == 303
    assert "Alice" in browser.get("/me").text


def test_deleting_the_account(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    page = browser.submit("/me/delete", "/me/delete", name="alice", **{"pass": PASSPHRASE})
    assert page.status == 200
    assert "Nothing here can bring it back" in page.text
    assert browser.get("/me").status == 404


def test_a_member_without_a_persona_is_led_to_make_one(house: TestHouse) -> None:
    page = account(house, "alice").browser().get("/me/p/edit")
    assert page.location == "/me/p/new"


def test_what_turns_or_hides_letters_is_left_out_of_a_persona(house: TestHouse) -> None:
    alice = person(house, "Alice")
    browser = alice.browser()
    words = {"pronouns": "s\u202ehe\x00", "about": "I li\x00ke\u2066 rain"}
    assert browser.submit("/me/p/edit", "/me/p/edit", **words).status == 303
    text = browser.get("/me/p/edit").text
    assert 'value="she"' in text
    assert "I like rain" in text
