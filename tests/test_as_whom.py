"""Wherever somebody is about to write, it stands beside the form under which name; and two names never meet in a thread."""

from __future__ import annotations

import re

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.web import tokens
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

WORDS = {
    "en": ("Writing as", "Unnamed", "Run by: <bdi>Ink</bdi>", "Persona: <bdi>Ink</bdi>", "does not hold who sent it"),
    "ar": ("الكتابة باسم", "دون اسم", "الإدارة باسم: <bdi>Ink</bdi>", "الاسم المستعار: <bdi>Ink</bdi>", "لا يُحفظ مع البلاغ من أرسله"),
}  # fmt: skip


class Several:
    """Alice, who is also Ink, belongs by both names where Bob asked; she speaks there as Ink and unnamed."""

    def __init__(self, house: TestHouse, language: str = "en", *, neutral: bool = False) -> None:
        self.house = house
        self.bob, self.alice = house.person("Bob"), house.person("Alice", language=language)
        self.cid = open_place(house, self.bob, self.alice)
        self.tid = begin(house.database, self.bob.viewer, self.cid).tid
        self.path = f"/t/{show_id(self.tid)}"
        self.alice.new_persona("Ink")
        with house.database.write() as uow:
            communities.join(uow, self.alice.viewer, self.cid)
        if neutral:
            self.alice.browser.submit("/me", "/me/look", discreet="1")
            assert " data-discreet" in self.text("/me")

    def text(self, path: str) -> str:
        page = self.alice.browser.get(path)
        assert page.status == 200, path
        return page.text.replace("&#x2f;", "/")

    def posts(self) -> list[str]:
        """What stands in the thread, for whoever reads it."""
        return re.findall(r'class="body"[^>]*>(.*?)</div>', self.text(f"{self.path}?n=99"), re.DOTALL)

    def own(self, act: str) -> str:
        """Where she changes or takes back the last thing she wrote."""
        return str(re.findall(rf'href="(/t/\w+/{act}/\w+)"', self.text(f"{self.path}?n=99"))[-1])


@pytest.mark.parametrize("neutral", [False, True])
@pytest.mark.parametrize("language", WORDS)
def test_every_form_says_as_whom(house: TestHouse, language: str, neutral: bool) -> None:
    several = Several(house, language, neutral=neutral)
    writing, unnamed, run_by, whose, held = WORDS[language]
    named = re.compile(rf"<small>{writing}</small>\s*<b><bdi>Ink</bdi></b>")
    for path in (several.path, f"/c/{show_id(several.cid)}/t"):
        assert named.search(several.text(path)), path
    answer(house.database, several.alice.viewer, several.tid)
    for act in "ed":
        assert named.search(several.text(several.own(act))), act
    answer(house.database, several.alice.viewer, several.tid, unnamed=True)
    for act in "ed":
        text = several.text(several.own(act))
        assert re.search(rf'<span class="av non" aria-hidden="true"></span>\s*<b>{unnamed}</b>', text), act
        assert not named.search(text)
    house.change(open=True)
    assert run_by in several.text("/c/new")
    assert whose in several.text("/me/notes")
    assert held in several.text(f"/r{several.path}/1")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "You have already written here as: <bdi>Ink</bdi>. The reply can carry that name, or none."),
        ("ar", "سبقت لك الكتابة هنا باسم: <bdi>Ink</bdi>. يمكن الردّ بذلك الاسم، أو دون اسم."),
    ],
)
@pytest.mark.parametrize("neutral", [False, True])
def test_another_name_is_told_which_spoke_and_nobody_else_is(
    house: TestHouse, language: str, words: str, neutral: bool
) -> None:
    several = Several(house, language, neutral=neutral)
    answer(house.database, several.alice.viewer, several.tid)
    others = several.bob.browser.get(several.path).text
    several.alice.as_persona(0)
    assert words in several.text(several.path)
    refused = several.alice.browser.submit(several.path, several.path, body="Kept words.", unnamed="")
    assert (refused.status, words in refused.text, "Kept words." in refused.text) == (422, True, True)
    now = several.bob.browser.get(several.path).text
    assert re.sub(r'name="_[fs]" value="[^"]*', "", now) == re.sub(r'name="_[fs]" value="[^"]*', "", others)


TYPED = {
    "reply": {
        "body": 'Two lines,\nkept "as typed" & <whole>.',
        "kind": "2",
        "note_loss": "1",
        "alt_1": "A door",
    },
    "thread": {"title": "A title", "body": "Two lines,\nkept.", "lang": "en", "want_1": "1"},
}


def typed_in(page: Page, action: str, fields: dict[str, str]) -> dict[str, str]:
    """Those of the fields that stand in the form now; a browser leaves out the first line's end of a text."""
    shown = page.form(action).fields
    return {name: shown[name].removeprefix("\n") for name in fields if name in shown}


@pytest.mark.parametrize("neutral", [False, True])
@pytest.mark.parametrize("what", TYPED)
def test_another_name_in_the_middle_of_writing_loses_no_word(
    house: TestHouse, what: str, neutral: bool
) -> None:
    several, words = Several(house, neutral=neutral), TYPED[what]
    path = several.path if what == "reply" else f"/c/{show_id(several.cid)}/t"
    browser = several.alice.browser
    assert 'name="whom"' in several.text(path)
    asked = browser.submit(path, path, **words, whom="1")
    assert asked.status == 200
    names = asked.form(f"{path}#write")
    assert {name: names.fields[name] for name in words} == words
    turned = browser.post(path, {**names.fields, "voice": "0"})
    assert turned.status == 200
    assert several.alice.viewer.slot == 0
    assert re.search(r"<small>Writing as</small>\s*<b><bdi>Alice</bdi></b>", turned.text)
    kept = typed_in(turned, path, {"title": "", "body": ""})
    assert kept == {name: words[name] for name in ("title", "body") if name in words}
    assert not any("kept" in body for body in several.posts()), "nothing is posted by it"
    sent = browser.post(path, {**turned.form(path).fields, **words})
    assert sent.status == 303


def test_whoever_stays_with_her_name_loses_nothing_either(house: TestHouse) -> None:
    several = Several(house)
    browser, path = several.alice.browser, several.path
    fields = browser.submit(path, path, body="Kept.", whom="1").form(f"{path}#write").fields
    stays = browser.post(path, {**fields, "voice": "1"})
    assert typed_in(stays, path, {"body": ""}) == {"body": "Kept."}
    assert several.alice.viewer.slot == 1


def test_nobody_writes_on_as_somebody_who_is_not_hers(house: TestHouse) -> None:
    several = Several(house)
    browser, path = several.alice.browser, several.path
    fields = browser.submit(path, path, body="Kept.", whom="1").form(f"{path}#write").fields
    assert browser.post(path, {**fields, "voice": "7"}).status == 404
    assert several.alice.viewer.slot == 1
    assert browser.post(path, {**fields, "_f": "", "voice": "0"}).status == 403
    assert several.alice.viewer.slot == 1


def test_the_choice_is_asked_of_nobody_who_may_not_read_there(house: TestHouse) -> None:
    several, charlie = Several(house), house.person("Charlie")
    token = charlie.viewer
    fields = {"_f": tokens.make(house.keys, token, "/t/{tid:str}"), "body": "Kept.", "voice": "0"}
    answer = charlie.browser.post(several.path, fields)
    assert "Ink" not in answer.text


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/x", "/nowhere", "", "/t/\r\nx: y"]
)
def test_switching_leads_nowhere_else(house: TestHouse, back: str) -> None:
    several = Several(house)
    assert several.alice.browser.submit("/me/p", "/me/p/switch", back=back).location == "/me/p"


@pytest.mark.parametrize(
    ("language", "after_named", "after_unnamed"),
    [
        ("en", "You have already written here with a name.", "You have already written here unnamed."),
        ("ar", "سبقت لك الكتابة هنا باسم.", "سبقت لك الكتابة هنا دون اسم."),
    ],
)
def test_who_would_be_both_in_one_thread_is_warned(
    house: TestHouse, language: str, after_named: str, after_unnamed: str
) -> None:
    several = Several(house, language)
    assert after_named not in several.text(several.path)
    assert after_unnamed not in several.text(several.path)
    answer(house.database, several.alice.viewer, several.tid, unnamed=True)
    assert after_unnamed in several.text(several.path)
    several.alice.as_persona(0)
    assert after_unnamed in several.text(several.path)
    answer(house.database, several.alice.viewer, several.tid)
    assert after_named in several.text(several.path)


def test_she_is_warned_also_where_nobody_writes_unnamed_any_more(house: TestHouse) -> None:
    several = Several(house)
    answer(house.database, several.alice.viewer, several.tid, unnamed=True)
    with house.database.write() as uow:
        uow._connection.execute("UPDATE thread SET answers = 1")
    text = several.text(several.path)
    assert 'name="unnamed"' not in text
    assert "You have already written here unnamed." in text


def test_a_person_who_wrote_by_neither_is_warned_of_nothing(house: TestHouse) -> None:
    several = Several(house)
    answer(house.database, several.alice.viewer, several.tid)
    answer(house.database, several.alice.viewer, several.tid, unnamed=True)
    reader: Person = several.bob
    assert "already written here" not in reader.browser.get(f"/c/{show_id(several.cid)}/t").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "This name does not belong here: <bdi>Ink</bdi>"),
        ("ar", "ليس هذا الاسم من الأعضاء هنا: <bdi>Ink</bdi>"),
    ],
)
def test_a_name_from_outside_is_told_that_it_writes_unnamed_and_may_change(
    house: TestHouse, language: str, words: str
) -> None:
    bob, alice = house.person("Bob"), house.person("Alice", language=language)
    cid = open_place(house, bob, alice)
    alice.new_persona("Ink")
    page = alice.browser.get(f"/c/{show_id(cid)}/t")
    assert words in page.text
    assert 'name="whom"' in page.text
    alice.as_persona(0)
    assert words[:20] not in alice.browser.get(f"/c/{show_id(cid)}/t").text


def test_whoever_chose_a_picture_before_is_told_to_choose_it_again(house: TestHouse) -> None:
    several = Several(house)
    browser, path = several.alice.browser, several.path
    fields = {**browser.get(path).form(path).fields, "body": "Kept.", "alt_1": "A door", "whom": "1"}
    asked = browser.upload(path, fields, {"picture_1": b"\xff\xd8 not looked at", "picture_2": b""})
    assert asked.status == 200
    assert "chosen again" in asked.text
    assert asked.form(f"{path}#write").fields["alt_1"] == "A door"
