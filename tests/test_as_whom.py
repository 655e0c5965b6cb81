"""Wherever somebody is about to write, it stands beside the form under which name; and two names never meet in a thread."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.kernel.ids import show_id
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


def test_switching_leads_back_to_where_she_was_about_to_write(house: TestHouse) -> None:
    several = Several(house)
    for path in (several.path, f"/c/{show_id(several.cid)}/t"):
        chooser = re.findall(r'href="(/me/p\?back=[^"]+)"', several.text(path))[0]
        back = several.alice.browser.submit(chooser, "/me/p/switch")
        assert (back.status, back.location) == (303, path)
    several.alice.as_persona(1)
    assert "<b><bdi>Ink</bdi></b>" in several.text(several.path)


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/x", "/nowhere", "", "/t/\r\nx: y"]
)
def test_switching_leads_nowhere_else(house: TestHouse, back: str) -> None:
    several = Several(house)
    assert several.alice.browser.submit("/me/p", "/me/p/switch", back=back).location == "/me/p"
    shown = several.alice.browser.get(f"/me/p?{urlencode({'back': back})}").text
    assert 'name="back"' not in shown


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
