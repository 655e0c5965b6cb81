"""The same strings in the library: as an experience, as what is wrong with a guide, as a draft and an answer at its desk."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from mashrabiya.library.desk import queries as desk
from mashrabiya.library.desk.tests.scene import Scene
from mashrabiya.library.stories.tests.steps import NEW, SAID
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.testing.house import TestHouse

from .test_naughty import STRINGS, lines, send, typed_again


def test_as_an_experience(house: TestHouse) -> None:
    house.site.rooms["limits"].on = False
    alice = house.person("Alice").browser
    taken = 0
    for word in STRINGS:
        answer = send(alice, NEW, NEW, **{**SAID, "question": "", "was": word, "done": "", "came": ""})
        if answer.status == 422:
            assert lines(typed_again(answer, NEW, "was")) == lines(word)
        elif answer.status == 303:
            found = re.search(
                r'<div class="lines"[^>]*>(.*?)</div>', alice.get(answer.location).text, re.DOTALL
            )
            assert found
            kept = harmless(unicodedata.normalize("NFC", lines(word))).strip()
            assert unescape(found[1]).split() == kept.split()
            taken += 1
    assert taken > len(STRINGS) / 2


def test_at_the_desk(house: TestHouse) -> None:
    house.site.rooms["limits"].on = False
    scene = Scene(house)
    alice, page, wrong = scene.alice.browser, f"{scene.at}/w/en", f"/y/{scene.shown}/x"
    taken = 0
    for word in STRINGS:
        if send(alice, page, page, text=word).status == 303 and harmless(word).strip():
            with house.database.read() as db:
                kept = desk.find_edition(db, scene.volume.draft("en"))
            assert kept is not None
            assert kept.text.split() == harmless(lines(word)).split()
            taken += 1
        assert alice.get(f"{scene.at}/x/en").status == 200
        send(house.browser(), wrong, wrong, what="1", step="0", text=word)
    assert taken > len(STRINGS) / 2
    assert alice.get("/y/d").status == 200
    assert scene.rows("guide_wrong")
