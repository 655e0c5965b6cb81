"""What is found, by whom, and from when on; and what is not found any more."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.discussions.tests.talk import edit
from mashrabiya.kernel.ids import read_id
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.people.flows.reaching import block
from mashrabiya.search import commands
from mashrabiya.search.queries import asked, finding
from mashrabiya.search.tables import INDEXED, PENDING, POSTING
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

_ROW = re.compile(r'<li class="row">(.*?)</li>', re.DOTALL)
_PASSAGE = re.compile(r'<p dir="auto"[^>]*>(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    return Scene(house)


def rows(browser: Browser, words: str, **fields: str) -> list[str]:
    """The threads and replies that she finds, as the page has them."""
    asked = browser.post("/q", {"q": words, **fields})
    assert asked.status == 303
    page = browser.get(asked.location)
    assert page.status == 200
    found = _ROW.findall(page.text.replace("&#x2f;", "/"))
    return [row for row in found if 'href="/t/' in row]


def look(browser: Browser, words: str, **fields: str) -> list[str]:
    """The passages of what she finds; nothing in place of one that is covered."""
    said = [_PASSAGE.search(row) for row in rows(browser, words, **fields)]
    return [" ".join(unescape(_TAG.sub("", one[1])).split()) if one else "" for one in said]


def number(scene: Scene) -> None:
    """What was written is in the postings, as after six hours."""
    scene.tell()
    commands.number_ripe(scene.house.database, all_of_them=True)


def left(scene: Scene) -> tuple[int, int]:
    """How many rows and words lie in the index."""
    ask = scene.house.database.connection().execute
    rows, new, words = (
        ask(f"SELECT count(*) FROM {table.name}").fetchone()[0] for table in (INDEXED, PENDING, POSTING)
    )
    return rows + new, words


def test_a_journey_from_writing_to_finding_to_deleting(scene: Scene) -> None:
    before = left(scene)
    scene.say(scene.alice, "The kettle sings at dawn.")
    scene.tell()
    assert look(scene.bob.browser, "kettles") == ["The kettle sings at dawn."]
    number(scene)
    assert look(scene.bob.browser, "singing kettle") == ["The kettle sings at dawn."]
    assert look(scene.bob.browser, "teapot") == []
    edit(scene, scene.alice, body="The samovar sings at dusk.")
    scene.tell()
    assert look(scene.bob.browser, "kettle") == []
    assert look(scene.bob.browser, "samovar") == ["The samovar sings at dusk."]
    number(scene)
    _delete(scene)
    assert look(scene.bob.browser, "samovar") == [], "gone at once, before any fact is told"
    scene.tell()
    assert left(scene)[0] == before[0]


def _delete(scene: Scene) -> None:
    page = scene.alice.browser.get(f"{scene.thread}?n=99").text.replace("&#x2f;", "/")
    address = re.findall(r'href="(/t/\w+/d/\w+)"', page)[-1]
    assert scene.alice.browser.submit(address, address).status == 303


def test_nothing_of_a_word_stays_when_its_last_post_goes(scene: Scene) -> None:
    number(scene)
    before = left(scene)
    scene.say(scene.alice, "Zanzibar quagmire hullabaloo")
    number(scene)
    assert left(scene)[1] == before[1] + 3
    _delete(scene)
    scene.tell()
    assert left(scene) == before


def test_arabic_is_found_in_other_spellings(scene: Scene) -> None:
    scene.say(scene.alice, "أخبرتُ والدتي عن الإفصاحِ في المدرسة ٢٠٢٤")
    number(scene)
    for words in ("افصاح", "والافصاح", "إفصاحي", "مدرسه", "للمدرسة", "2024", "المدرســـة"):
        assert len(look(scene.bob.browser, words)) == 1, words


def test_a_phrase_and_what_is_left_out(scene: Scene) -> None:
    for said in ("coming out at work", "out of work, coming home", "coming out to my aunt"):
        scene.say(scene.alice, said)
    number(scene)
    assert set(look(scene.bob.browser, '"coming out"')) == {"coming out at work", "coming out to my aunt"}
    assert look(scene.bob.browser, "“coming out” -aunt") == ["coming out at work"]
    assert set(look(scene.bob.browser, "coming -aunt")) == {"coming out at work", "out of work, coming home"}


def test_what_holds_every_word_comes_first(scene: Scene) -> None:
    for said in ("violet lamp", "violet", "lamp", "a violet and then a lamp"):
        scene.say(scene.alice, said)
    number(scene)
    found = look(scene.bob.browser, "violet lamp")
    assert set(found[:2]) == {"violet lamp", "a violet and then a lamp"}
    assert len(found) == 4


@pytest.mark.parametrize("numbered", [False, True])
def test_nobody_finds_what_she_may_not_read(house: TestHouse, numbered: bool) -> None:
    scene = Scene(house, Audience.MEMBERS)
    scene.say(scene.alice, "Only among members: marigold.")
    scene.tell()
    if numbered:
        number(scene)
    assert look(scene.bob.browser, "marigold") == ["Only among members: marigold."]
    assert look(scene.charlie.browser, "marigold") == []
    assert look(house.browser(), "marigold") == []
    page = _unsealed(scene.charlie.browser.get("/q?q=marigold").text)
    nothing = _unsealed(scene.charlie.browser.get("/q?q=nasturtium").text)
    assert page.replace("marigold", "nasturtium") == nothing, "as if it were not there"


def _unsealed(text: str) -> str:
    """Without what is sealed anew each time: all of it is equally long."""
    return re.sub(r"k=[\w-]{1390,1410}", "k=", text)


def test_what_is_closed_to_her_moves_nothing_that_she_finds(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though enough posts hold every word, she may open none of them: she finds what holds some, as without them."""
    for module in (asked, finding):
        monkeypatch.setattr(module, "ENOUGH", 2)
    for said in ("violet lamp", "violet lamp again", "only a lamp"):
        scene.say(scene.alice, said)
    number(scene)
    assert len(look(scene.bob.browser, "violet lamp")) == 2
    hide = scene.house.database.connection().execute
    hide("UPDATE post SET state = 3 WHERE body LIKE 'violet%'")
    if scene.house.database.dialect == "sqlite":
        scene.house.database.connection().commit()
    assert look(scene.bob.browser, "violet lamp") == ["only a lamp"]


def test_whom_she_keeps_away_she_does_not_find(scene: Scene) -> None:
    scene.say(scene.mallory, "Thistle by name.")
    scene.say(scene.mallory, "Thistle unnamed.", unnamed="1")
    number(scene)
    assert len(look(scene.alice.browser, "thistle")) == 2
    block(scene.house.site, scene.alice.viewer, scene.mallory.viewer.pid, shared=False)
    assert look(scene.alice.browser, "thistle") == ["Thistle unnamed."], (
        "a block says nothing of what is unnamed"
    )


def test_an_unnamed_post_is_found_without_a_name(scene: Scene) -> None:
    scene.say(scene.alice, "Foxglove, and I am somebody.", unnamed="1")
    scene.say(scene.alice, "Foxglove, says Alice.")
    number(scene)
    found = rows(scene.bob.browser, "foxglove")
    assert len(found) == 2
    assert sum("Alice Noor" in row for row in found) == 1


def test_content_notes_cover_and_leave_out(scene: Scene) -> None:
    scene.say(scene.alice, "Hemlock in the hedge.", note_1="1", tick_note_1="1", notes="1")
    number(scene)
    assert len(rows(scene.bob.browser, "hemlock")) == 1


def test_filters_narrow(scene: Scene) -> None:
    scene.say(scene.alice, "Lavender, I lived through it.", kind="2")
    scene.say(scene.alice, "Lavender, take it slowly.", kind="3")
    number(scene)
    assert look(scene.bob.browser, "lavender", d="2") == ["Lavender, I lived through it."]
    assert len(look(scene.bob.browser, "lavender", l="en")) == 2
    assert look(scene.bob.browser, "lavender", l="ar") == []
    assert len(look(scene.bob.browser, "lavender", w="7")) == 2
    assert look(scene.bob.browser, "lavender", h="1") == []
    cid = scene.place.removeprefix("/c/")
    assert len(look(scene.bob.browser, "lavender", c=cid)) == 2
    assert read_id(cid, 16)
    assert look(scene.bob.browser, "lavender", c="0" * len(cid)) == []


def test_the_index_can_be_made_anew(scene: Scene) -> None:
    scene.say(scene.alice, "Rosemary for remembrance.")
    scene.tell()
    assert commands.rebuild(scene.house.database) == 3
    assert look(scene.bob.browser, "rosemary") == ["Rosemary for remembrance."]
    number(scene)
    assert commands.rebuild(scene.house.database) == 3
    number(scene)
    assert look(scene.bob.browser, "rosemary") == ["Rosemary for remembrance."]
    assert commands.sweep(scene.house.database) == 0


def test_a_page_says_nothing_of_the_words_outside_itself(scene: Scene) -> None:
    asked = scene.bob.browser.post("/q", {"q": "marjoram"})
    assert "marjoram" not in asked.location
    page = scene.bob.browser.get(asked.location)
    assert "<title>" in page.text
    title = page.text[page.text.index("<title>") : page.text.index("</title>")]
    assert "marjoram" not in title
    long = scene.bob.browser.post("/q", {"q": "marjoram " * 20, "d": "2"})
    assert len(long.location) == len(asked.location)


@pytest.mark.parametrize(
    "words",
    ["", "   ", '"', '""', "-", "--", "- -", '-"', "*", "AND OR NOT", "a" * 5000, "'; DROP TABLE post; --", "%_%", "«»",
     "\u202e\u200f", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "كتاب book книга 書籍 ბიბლიოთეკა", "NEAR(a b)", "a:b^2", "\x00", "-a -b"],
)  # fmt: skip
def test_any_words_get_an_answer(scene: Scene, words: str) -> None:
    asked = scene.bob.browser.post("/q", {"q": words})
    assert asked.status == 303
    assert scene.bob.browser.get(asked.location).status == 200


@pytest.mark.parametrize(
    "address", ["/q?k=x", "/q?k=" + "A" * 1400, "/q?p=0", "/q?p=99&q=x", "/q?p=-1", "/q?q=" + "x" * 900]
)
def test_any_address_gets_an_answer(scene: Scene, address: str) -> None:
    assert scene.bob.browser.get(address).status == 200
