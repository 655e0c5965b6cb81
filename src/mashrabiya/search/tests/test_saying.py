"""What is found though it is said in another language, in Latin letters, or as it is heard; and what is offered."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.communities.types import Audience
from mashrabiya.library.terms.tests.shelved import fill
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.search.tests.test_finding import look, number, rows
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

_OFFERED = re.compile(r'<a href="(/q\?k=[^"]+)"><bdi>([^<]*)</bdi></a>')


@pytest.fixture
def scene(house: TestHouse) -> Scene:
    scene = Scene(house)
    fill(house)
    return scene


def offered(browser: Browser, words: str) -> dict[str, str]:
    """What may have been meant, with the address that leads to it."""
    page = browser.get(browser.post("/q", {"q": words}).location).text.replace("&#x2f;", "/")
    return {unescape(said): unescape(address) for address, said in _OFFERED.findall(page)}


def test_the_word_of_one_language_finds_that_of_the_other(scene: Scene) -> None:
    scene.say(scene.alice, "Coming out at work went well.")
    scene.say(scene.alice, "قررت الإفصاح في العمل.")
    scene.say(scene.alice, "He came in when the cat was out.")
    for numbered in (False, True):
        if numbered:
            number(scene)
        else:
            scene.tell()
        assert look(scene.bob.browser, "الإفصاح") == [
            "قررت الإفصاح في العمل.",
            "Coming out at work went well.",
        ]
        assert look(scene.bob.browser, "coming out")[:2] == [
            "Coming out at work went well.",
            "قررت الإفصاح في العمل.",
        ]
    marked = rows(scene.bob.browser, "الإفصاح")
    assert "<mark>Coming</mark> <mark>out</mark> at work" in marked[1]
    assert "<mark>الإفصاح</mark>" in marked[0]


def test_arabic_in_latin_letters(scene: Scene) -> None:
    scene.say(scene.alice, "قررت الإفصاح في العمل.")
    scene.say(scene.alice, "أنا مثلية وأعيش هنا.")
    number(scene)
    assert look(scene.bob.browser, "ifsa7") == ["قررت الإفصاح في العمل."]
    assert look(scene.bob.browser, "mithliya") == ["أنا مثلية وأعيش هنا."]
    assert look(scene.bob.browser, "kettle") == []


def test_what_is_written_as_it_is_heard_stands_behind(scene: Scene) -> None:
    scene.say(scene.alice, "أتذكر طعم الثلج")
    scene.say(scene.alice, "التلج في الشارع")
    number(scene)
    assert look(scene.bob.browser, "التلج") == ["التلج في الشارع", "أتذكر طعم الثلج"]
    assert look(scene.bob.browser, "الثلج") == ["أتذكر طعم الثلج", "التلج في الشارع"]
    for n in range(5):
        scene.say(scene.alice, f"التلج رقم {n} هنا")
    number(scene)
    assert len(look(scene.bob.browser, "التلج")) == 6, (
        "where enough is found as it was asked for, nothing more is"
    )


def test_another_language_of_latin_letters(scene: Scene) -> None:
    scene.say(scene.alice, "Les réfugiées ont des droits dans la ville, et je suis ici.")
    number(scene)
    for words in ("réfugiés", "droit", "je ne sais pas quels sont mes droits dans les villes"):
        assert len(look(scene.bob.browser, words)) == 1, words


@pytest.mark.parametrize("audience", [Audience.MEMBERS])
def test_nobody_finds_or_is_offered_more_by_other_words(house: TestHouse, audience: Audience) -> None:
    scene = Scene(house, audience)
    fill(house)
    scene.say(scene.alice, "قررت الإفصاح في العمل.")
    number(scene)
    for words in ("coming out", "ifsa7", "الافصاخ", "legdm"):
        page = scene.charlie.browser.get("/q?q=" + words).text
        assert "قررت" not in page
    before = offered(scene.charlie.browser, "الافصاخ")
    assert list(before) == list(offered(house.browser(), "الافصاخ")) == ["الإفصاح"]


def test_what_may_have_been_meant_is_offered(scene: Scene) -> None:
    scene.say(scene.alice, "أنا مثلية وأعيش هنا. Zanzibar hullabaloo")
    number(scene)
    found = offered(scene.bob.browser, "legdm")
    assert list(found) == ["مثلية"]
    page = scene.bob.browser.get(found["مثلية"])
    assert page.status == 200
    assert "legdm" not in found["مثلية"]
    assert "أعيش" in page.text
    assert "coming out" in offered(scene.bob.browser, "comign out")
    assert offered(scene.bob.browser, "hullabalo") == {}, "no word of a post is offered"
    assert offered(scene.bob.browser, "مثلية") == {}
    assert offered(scene.bob.browser, "faggoy") == {}, "nor a word to avoid"


@pytest.mark.parametrize(
    "words",
    ["ifsa7 " * 40, "coming out " * 30, "مثلية " * 60, "q1w2e3r4t5y6 " * 25, "ق" * 300, "a3" * 150, "«coming out» -الإفصاح",
     " ".join(f"{a}{b}3" for a in "bdfgk" for b in "aeiou"), "3 7 5 2 9", "-ifsa7", "كيف", "how what why", "ifsa7/الإفصاح/déjà"],
)  # fmt: skip
def test_odd_questions_are_answered(scene: Scene, words: str) -> None:
    assert scene.bob.browser.get(scene.bob.browser.post("/q", {"q": words}).location).status == 200


def test_in_the_neutral_look_what_is_offered_lies_closed(scene: Scene) -> None:
    scene.bob.browser.submit("/me", "/me/look", discreet="1")
    page = scene.bob.browser.get(scene.bob.browser.post("/q", {"q": "legdm"}).location).text
    closed = re.findall(r'<details class="note my4" name="note">(.*?)</details>', page, re.DOTALL)
    assert sum("مثلية" in part for part in closed) == 1
    assert page.count("مثلية") == 1
