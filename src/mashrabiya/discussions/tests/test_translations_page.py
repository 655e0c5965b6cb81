"""Translations as people meet them: asked for, written, read side by side, reported, taken away, and by programs."""

from __future__ import annotations

import re

import msgspec
import pytest

from mashrabiya.care.types import Act
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.test_api import Program
from mashrabiya.discussions.tests.test_pages import new_thread
from mashrabiya.discussions.tests.translating import BODY, IN_ENGLISH, REPLY, TITLE
from mashrabiya.kernel.ids import show_id
from mashrabiya.testing.house import Person, TestHouse


class Told:
    """Alice asks in Arabic and Bob answers so; Charlie reads English, and Dalia runs the place."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.alice, self.bob = house.person("Alice", language="ar"), house.person("Bob", language="ar")
        self.charlie, self.dalia = house.person("Charlie"), house.person("Dalia")
        self.cid = open_place(house, self.dalia, self.alice, self.bob, self.charlie)
        self.thread = new_thread(self.alice, self.cid, title=TITLE, body=BODY).location
        assert self.bob.browser.submit(self.thread, self.thread, body=REPLY).status == 303

    def translate(self, who: Person, number: int = 2, **fields: str) -> str:
        address = f"{self.thread}/x/{number}/w"
        made = who.browser.submit(address, address, **{"body": IN_ENGLISH, "lang": "en", **fields})
        assert made.status == 303, re.findall(r'(?:class="wrong"[^>]*|role="alert")>([^<]+)', made.text)
        return made.location

    def asked(self, who: Person) -> int:
        """How many statements the thread's page takes."""
        who.browser.get(self.thread)
        self.house.database.trace = []
        who.browser.get(self.thread)
        asked, self.house.database.trace = self.house.database.trace, None
        return len(asked)


@pytest.fixture
def told(house: TestHouse) -> Told:
    return Told(house)


def test_asked_for_written_and_read_side_by_side(told: Told) -> None:
    charlie, thread = told.charlie.browser, told.thread
    page = charlie.get(thread)
    assert "Ask for a translation into" in page.text
    assert 'class="side"' not in page.text
    assert "طلب ترجمة إلى" not in told.alice.browser.get(thread).text
    wished = charlie.submit(f"{thread}/x/2", f"{thread}/x/2", into="en")
    assert (wished.status, wished.location) == (303, f"{thread}/x/2")
    hub = charlie.get(f"{thread}/x/2").text
    assert "1 person asked for it." in hub
    assert "Take the request back" in hub
    wanted = told.alice.browser.get(f"/c/{show_id(told.cid)}/x").text
    assert "ترجمات مطلوبة" in wanted
    assert "طلبها شخص واحد." in wanted
    assert f"/c/{show_id(told.cid)}/x" in told.alice.browser.get(f"/c/{show_id(told.cid)}").text
    before = told.asked(told.charlie)
    place = told.translate(told.dalia)
    assert place == f"{thread}/x/2#n-128"
    assert told.asked(told.charlie) <= max(before + 1, 6)
    text = charlie.get(thread).text
    (side,) = re.findall(r'<div class="side" id="n-128">.*?</div></div></div>', text, re.DOTALL)
    assert re.findall(r'<div lang="(\w+)" dir="(\w+)"', side) == [("en", "ltr"), ("ar", "rtl")]
    assert side.index(IN_ENGLISH) < side.index(REPLY)
    assert "Translation: <bdi>Dalia</bdi>" in re.sub(r"\s+", " ", side)
    assert "Original: <bdi>العربية</bdi>" in side
    # Who reads the original reads it as ever, and a quiet line says that it can be read otherwise.
    arabic = told.alice.browser.get(thread).text
    assert 'class="side"' not in arabic
    assert "متاح أيضًا بلغة أخرى: <bdi>English</bdi>" in arabic
    assert IN_ENGLISH not in arabic
    assert IN_ENGLISH in told.alice.browser.get(place.partition("#")[0]).text
    assert told.alice.browser.get(f"/c/{show_id(told.cid)}/x").text.count("<li ") == 0


def test_what_is_wrong_comes_back_with_all_that_was_typed(told: Told) -> None:
    address, charlie = f"{told.thread}/x/1/w", told.charlie.browser
    form = charlie.get(address)
    assert form.form(address).fields["lang"] == "en"
    for fields, said in (
        ({"title": "", "body": "Mine goes yellow."}, "title"),
        ({"title": "Mint?", "body": "x" * 20_001}, "too long"),
        ({"title": "Mint?", "body": "نعناعي يصفرّ من الماء"}, "not those of the language"),
        ({"title": "Mint?", "body": "Mine.", "lang": "ar"}, "The original is in this language."),
    ):
        back = charlie.submit(address, address, **fields)
        assert (back.status, said in back.text) == (422, True), said
        sent = back.form(address).fields
        assert {name: sent[name].strip() for name in ("title", "body")} == {
            name: fields[name] for name in ("title", "body")
        }
    shown = charlie.submit(address, address, title="Mint?", body="*Mine* goes yellow.", preview="1")
    assert "<em>Mine</em>" in shown.text
    assert told.house.browser().get(address).status in {303, 404}
    # What leads to a person is shown once before it stands there.
    asked = charlie.submit(
        address, address, title="Mint?", body="Write to me: rana@example.org, it goes yellow."
    )
    assert (asked.status, 'id="guard"' in asked.text) == (422, True)


def test_a_translation_is_reported_hidden_and_shown_again_like_a_post(told: Told) -> None:
    told.translate(told.charlie)
    report, decide = f"/r{told.thread}/-128", f"{told.thread}/c/-128"
    page = told.bob.browser.get(report)
    assert (page.status, IN_ENGLISH in page.text) == (200, True)
    assert told.bob.browser.submit(report, report, reason="2").status == 303
    # What was said of it comes first for whoever decides.
    case = told.dalia.browser.get(decide).location
    desk = told.dalia.browser.get(case)
    assert "The original: number <bdi>2</bdi>" in desk.text
    hidden = told.dalia.browser.submit(case, case, act=str(int(Act.HIDE)), words="It says something else.")
    assert hidden.status == 303, re.findall(r'class="wrong"[^>]*>([^<]+)', hidden.text)
    for who in (told.bob, told.alice, told.dalia):
        assert IN_ENGLISH not in who.browser.get(f"{told.thread}/x/2").text
    assert IN_ENGLISH in told.charlie.browser.get(f"{told.thread}/y/-128").text
    list_of_it = hidden.location
    (undo,) = set(re.findall(r"/care/u/\w+", told.dalia.browser.get(list_of_it).text))
    assert told.dalia.browser.submit(list_of_it, undo).status == 303
    assert IN_ENGLISH in told.bob.browser.get(f"{told.thread}/x/2").text


def test_its_author_edits_and_deletes_it_by_the_doors_of_a_post(told: Told) -> None:
    told.translate(told.charlie)
    hub = told.charlie.browser.get(f"{told.thread}/x/2").text
    (edit,) = set(re.findall(rf'href="({told.thread}/e/\w+)"', hub))
    form = told.charlie.browser.get(edit)
    assert 'name="picture_1"' not in form.text
    assert 'name="alone"' not in form.text
    changed = told.charlie.browser.submit(edit, edit, body="Morning sun suffices, then shade.")
    assert changed.location == f"{told.thread}/x/2#n-128"
    (delete,) = re.findall(rf'href="({told.thread}/d/\w+)"', hub)
    assert told.charlie.browser.submit(delete, delete).location == f"{told.thread}/x/2#n-128"
    assert "No translation yet." in told.charlie.browser.get(f"{told.thread}/x/2").text
    # She may write another in its place: so nobody uses up the room for them alone.
    assert told.translate(told.charlie) == f"{told.thread}/x/2#n-128"


def test_whoever_wrote_the_post_says_so_on_its_page_and_when_writing(told: Told) -> None:
    told.translate(told.charlie, 1, title="Which mint grows in shade?", body="Mine goes yellow.")
    page, own = f"{told.thread}/x/1", f"{told.thread}/x/1/o"
    assert told.thread + "/x/1" in told.alice.browser.get(told.thread).text
    assert told.alice.browser.submit(page, own, alone="1").status == 303
    assert "Mine goes yellow" not in told.charlie.browser.get(told.thread).text
    assert "whoever wrote it wishes none" in told.charlie.browser.get(page).text
    assert told.charlie.browser.get(f"{page}/w").location == page
    assert told.alice.browser.submit(page, own, alone="0").status == 303
    assert "Mine goes yellow" in told.charlie.browser.get(told.thread).text
    (drop,) = re.findall(r'name="drop" value="(\w+)"', told.alice.browser.get(page).text)
    assert 'name="drop"' not in told.bob.browser.get(page).text
    assert told.alice.browser.submit(page, own, drop=drop).status == 303
    assert "Mine goes yellow" not in told.charlie.browser.get(page).text
    alone = told.bob.browser.submit(told.thread, told.thread, body="وأنا كذلك.", alone="1")
    number = re.findall(r"n=(\d+)", alone.location)[0]
    assert told.charlie.browser.get(f"{told.thread}/x/{number}/w").location == f"{told.thread}/x/{number}"


def test_whom_a_reader_keeps_away_stands_beside_no_post(told: Told) -> None:
    told.translate(told.charlie)
    erin = told.house.person("Erin")
    assert IN_ENGLISH in erin.browser.get(told.thread).text
    away = f"{told.thread}/m/-128"
    assert erin.browser.submit(away, away, act="block").status == 303
    assert IN_ENGLISH not in erin.browser.get(told.thread).text
    assert "Charlie" not in re.sub(r"<title>.*?</title>", "", erin.browser.get(told.thread).text)


def test_programs_read_and_write_them(told: Told) -> None:
    program = Program(told.house, told.charlie)
    path = f"/api{told.thread}/x/2"
    made = program.send(path, {"body": IN_ENGLISH, "lang": "en"})
    assert (made.status, msgspec.json.decode(made.body)["n"]) == (201, -128)
    assert program.send(path, {"body": "Again.", "lang": "en"}).status == 422
    page = program.read(f"/api{told.thread}")
    (one,) = page["posts"][1]["translations"]
    assert (one["lang"], one["name"], one["changed"], IN_ENGLISH in one["html"]) == (
        "en",
        "Charlie",
        False,
        True,
    )
    assert page["posts"][0]["translations"] == []
    assert [row["n"] for row in program.read(path)["translations"]] == [-128]
