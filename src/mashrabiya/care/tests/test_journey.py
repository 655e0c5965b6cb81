"""From the report to the undo, as people without JavaScript go through it."""

from __future__ import annotations

import pytest

from mashrabiya.care.tests.factories import WORDS, Scene, report_path
from mashrabiya.care.types import Act
from mashrabiya.discussions.tests.factories import BODY, TITLE
from mashrabiya.testing.house import TestHouse


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_is_read_decided_and_undone(house: TestHouse, language: str) -> None:
    scene = Scene(house, language=language)
    thread = scene.thread()
    placed = scene.reply("alice", thread.tid)
    assert report_path(placed) in scene.page("bob", placed)
    sent = scene.report("bob", placed, note="That is my school.")
    assert "/h" in scene["bob"].browser.follow(sent).text
    mona = scene["mona"].browser
    desk = mona.get(scene.desk).text
    assert "Near the old school." in desk
    case = scene.case().path
    assert "That is my school." in mona.get(case).text
    assert mona.submit(case, case, act=str(int(Act.HIDE)), words=WORDS).location == scene.desk
    assert "Near the old school." not in scene.page("bob", placed)
    assert "Near the old school." not in scene.page("mona", placed)
    listed = mona.get(scene.desk)
    assert WORDS in listed.text
    undoing = next(form for form in listed.forms if form.action.startswith("/care/u/"))
    assert mona.post(undoing.action, undoing.fields).location == scene.desk
    assert "Near the old school." in scene.page("bob", placed)


def test_a_hidden_opening_vanishes_with_its_title_and_comes_back(house: TestHouse) -> None:
    scene = Scene(house)
    thread = scene.thread()
    scene.reply("bob", thread.tid, "Morning sun is enough.")
    before = [
        scene[who].browser.get(path).text for who in ("bob", "charlie") for path in ("/t", thread.address)
    ]
    scene.report("bob", thread)
    decision = scene.decide(Act.HIDE)
    for who in ("bob", "charlie", "mona"):
        for path in ("/", "/t", thread.address, scene.desk.removesuffix("/care")):
            text = scene[who].browser.get(path).text
            assert TITLE not in text, (who, path)
            assert "Is it the water" not in text, (who, path)
    assert "Morning sun is enough." in scene.page("bob", thread)
    scene.undo(decision)
    after = [
        scene[who].browser.get(path).text for who in ("bob", "charlie") for path in ("/t", thread.address)
    ]
    assert [_plain(text) for text in after] == [_plain(text) for text in before]
    assert BODY.splitlines()[-1] in after[1]


def _plain(text: str) -> str:
    import re

    return re.sub(r'value="[0-9a-f.]{32,}"', "", text)
