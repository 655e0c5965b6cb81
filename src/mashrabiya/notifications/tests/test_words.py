"""Every sentence of every notice, in both languages, under both looks: none names a person, and none says why she is told."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.notifications.tests.scene import Scene, plain
from mashrabiya.notifications.types import Centre, Sort, Told, Waiting
from mashrabiya.people import flows
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import TestHouse

LOOKS = [("ar", False), ("ar", True), ("en", False), ("en", True)]
COUNTS = (1, 2, 3, 10, 11, 99, 100)
TID, CID = b"t" * 16, b"c" * 16


def told(sort: Sort, count: int = 1, **also: bool) -> Told:
    return Told(TID, sort, "مطبخ الليل", "ar", CID, "Kitchen", 20_000, 2, count, True, **also)


EVERY = [
    *(told(sort, n) for n in COUNTS for sort in (Sort.REPLIES, Sort.MINE, Sort.HELPED)),
    told(Sort.POLLS),
    told(Sort.REPLIES, many=True),
    told(Sort.MINE, opening=True),
]
WAITS = [
    Waiting(f"notice.{key}", "/c", "Kitchen", 2)
    for key in ("asking", "offered", "answered", "again", "concerned")
]


@pytest.mark.parametrize(("language", "discreet"), LOOKS)
def test_each_sentence_is_there_and_is_the_same_for_replies_however_she_is_in_the_thread(
    language: str, *, discreet: bool
) -> None:
    tongue = Tongue.of(language, discreet=discreet)
    texts = catalogue(language)

    def said(one: Told) -> str:
        return (
            texts.count(one.key, tongue, one.count)
            if one.is_counted or one.key == "notice.helped"
            else texts.text(one.key, tongue)
        )

    sentences = {one.key: said(one) for one in EVERY}
    assert set(sentences) == {"notice.replies", "notice.helped", "notice.poll", "notice.many", "notice.named"}
    assert all(sentence.endswith(":") for sentence in sentences.values()), (
        "what is put in stands after a colon"
    )
    for n in COUNTS:
        assert said(told(Sort.REPLIES, n)) == said(told(Sort.MINE, n))
    # Arabic has six forms, and says one and two in words.
    forms = {said(told(Sort.REPLIES, n)) for n in COUNTS}
    assert len(forms) == len(COUNTS)
    whole = " ".join([*sentences.values(), *(texts.text(one.key, tongue) for one in WAITS[1:3])])
    assert not re.search(r"unnamed|anonym|مجهول|دون اسم|\byou\b", whole, re.IGNORECASE)
    if discreet:
        assert not re.search(r"repl(y|ies)|thread|community|ردّ|ردود|موضوع|مجتمع", said(told(Sort.REPLIES, 3)))


def test_the_pages_in_every_way_of_speaking(house: TestHouse) -> None:
    scene = Scene(house)
    scene.say(scene.alice, "It is the water.")
    scene.tell()
    for language, discreet in LOOKS:
        _pages(scene, language, discreet=discreet)


def _pages(scene: Scene, language: str, *, discreet: bool) -> None:
    house = scene.house
    flows.alter_preferences(
        house.site, scene.bob.browser.cookies[SESSION], language=language, discreet=discreet
    )
    tongue = Tongue.of(language, discreet=discreet)
    tab = catalogue(language).text("nav.notices", tongue)
    for path in ("/b", "/b/d", "/b/s"):
        page = scene.bob.browser.get(path)
        assert page.status == 200
        assert f"<span>{tab}</span>" in unescape(page.text)
        title = re.search(r"<title>(.*?)</title>", page.text)
        assert title is not None
        assert tab not in title[1]
        assert "Night kitchen" not in title[1]
    shown = scene.bob.browser.get("/b").text
    sentence = catalogue(language).count("notice.replies", tongue, 1)
    assert f"{sentence} Bob asks" in plain(shown)
    rows = Centre(
        [told(Sort.POLLS), *EVERY], further=20, elsewhere=2, places=((CID, "Kitchen"), (TID, "Room")), news=3
    )
    html = house.site.templates.render(
        "notifications/notices.html",
        tongue,
        {
            "viewer": scene.bob.viewer, "house": house.site.house, "site_name": "", "path": "/b", "asked": "", "tabs": [],
            "csrf": lambda _path: "", "new_submission": str, "dark_media": "all", "found": rows, "waits": WAITS,
            "only": True, "sort": "mine", "sorts": [(sort.code, sort.key) for sort in Sort], "within": "", "places": [("7", "Kitchen"), ("8", "Room")],
            "kept": 30,
        },
    )  # fmt: skip
    text = plain(html)
    for one in EVERY:
        assert one.title in text
    elsewhere = catalogue(language).count("notice.elsewhere", tongue, 2)
    assert (elsewhere in text) is not discreet
    assert "notice." not in text
