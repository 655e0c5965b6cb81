"""A sign that nobody types, and that one of the databases keeps in no text, comes in by no way."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.types import Act
from mashrabiya.people.tests.factories import person
from mashrabiya.people.types import Grant
from mashrabiya.platform.web.ask import Form
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

ZERO, TURNS = "words\x00and", "\x02\u202e\u2066"


@pytest.fixture
def mona(house: TestHouse) -> Browser:
    return person(house, "Mona", grant=Grant.HOST | Grant.CARE).browser()


def test_no_field_holds_it() -> None:
    form = Form.read(f"{quote(chr(0))}name={quote(ZERO)}&name=x".encode())
    assert form.raw("name") == "wordsand"
    assert form.all("name") == ["wordsand", "x"]
    assert form.typed == {"name": "wordsand"}
    assert Form({"name": [ZERO]}).raw("name") == "wordsand"


@pytest.mark.parametrize("path", ["/p/%00", "/t/%00", "/c/%00", "/join/%00", "/m/%00", "/%00", "/api/t/%00"])
def test_no_address_holds_it(house: TestHouse, mona: Browser, path: str) -> None:
    for browser in (house.browser(), mona):
        assert browser.get(path).status == 404
        assert browser.get(path.replace("%00", "%00x")).status == 404


@pytest.mark.parametrize("name", ["after", "only", "in", "q", "k", "n", "kind", "back", "next", "lang"])
def test_no_query_holds_it(house: TestHouse, mona: Browser, name: str) -> None:
    for browser in (house.browser(), mona):
        for path in ("/t", "/c", "/me/p", "/in", "/care", "/me", "/p/x", "/api/t"):
            assert browser.get(f"{path}?{name}=a%00b").status < 500, path


@pytest.mark.parametrize("act", ["hide", "keep"])
def test_no_reason_holds_it(house: TestHouse, act: str) -> None:
    scene = Scene(house)
    scene.report("bob", scene.thread(), note=ZERO + TURNS)
    path = scene.case().path
    words = {"act": str(int(Act[act.upper()])), "words": ZERO + TURNS}
    assert not set(TURNS) & set(scene["mona"].browser.get(path).text)
    assert scene["mona"].browser.submit(path, path, **words).status == 303
    desk = scene["mona"].browser.get(scene.desk).text
    assert "wordsand" in desk
    assert not set(TURNS) & set(desk)
