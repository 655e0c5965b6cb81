"""Words that have broken other software, through every door that takes words: the Big List of Naughty Strings.

Each is either taken, and then stands there again letter by letter, or refused in a
sentence with what was typed back in the form. It is never our own failure. A share
of them is in the ordinary suite, all of them in --full.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from base64 import b64decode
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from mashrabiya.people.rules.names import tidy
from mashrabiya.people.tests.factories import person
from mashrabiya.people.types import Grant
from mashrabiya.platform.markdown.text import harmless
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

LIST = Path(__file__).with_name("strings.base64.json")
EVERY = 1 if os.environ.get("MASHRABIYA_FULL") == "1" else 12
LISTED = [b64decode(word).decode("utf-8", "replace").rstrip("\n") for word in json.loads(LIST.read_text())]
STRINGS = [*LISTED[::EVERY], "\x00", "\x1b[31m", "a" * 100_000, "ـ" * 500, "\u0601" * 90]


@pytest.fixture
def mona(house: TestHouse) -> Browser:
    """Whoever may do everything, as often as it takes."""
    house.site.rooms["limits"].on = False
    return person(house, "Mona", grant=Grant.HOST).browser()


def send(browser: Browser, page: str, action: str, **typed: str) -> Page:
    """Fill the form and send it; whatever comes back is ours to answer for, and says what it is."""
    answer = browser.submit(page, action, **typed)
    assert answer.status in {200, 303, 413, 422}, (answer.status, typed)
    if answer.status == 422:
        assert re.search(r'role="(?:alert|status)"|class="wrong|aria-invalid', answer.text), typed
    return answer


def typed_again(answer: Page, action: str, name: str) -> str:
    """What stands in the field now."""
    return answer.form(action).fields[name].removeprefix("\n")


def one_line(text: str) -> str:
    return " ".join(harmless(unicodedata.normalize("NFC", text)).split())


def lines(text: str) -> str:
    """Line ends as a browser and then the house make them; a sign that nobody types is gone."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def test_as_title_and_body_of_a_thread(mona: Browser) -> None:
    place = mona.submit(
        "/c/new", "/c/new", name="Night kitchen", about="Recipes.", agreements="Be kind."
    ).location
    place = place if place.startswith("/c/") else re.findall(r"/c/[0-9a-z]{26}", mona.get("/c").text)[0]
    taken = 0
    for word in STRINGS:
        answer = send(mona, f"{place}/t", f"{place}/t", title=word, body=word)
        if answer.status == 422:
            assert lines(typed_again(answer, f"{place}/t", "body")) == lines(word)
        elif answer.status == 303:
            thread = mona.get(answer.location)
            heading = re.search(r"<h1[^>]*>(.*?)</h1>", thread.text, re.DOTALL)
            assert heading
            assert one_line(unescape(re.sub("<[^>]+>", "", heading[1]))) == one_line(word)
            edit = re.search(r"/t/[0-9a-z]{26}/e/[0-9a-z]+", unescape(thread.text))
            assert edit
            kept = mona.get(edit[0]).form(edit[0]).fields["body"]
            assert lines(kept).strip() == lines(harmless(word)).strip()
            taken += 1
    assert taken > len(STRINGS) / 2


def test_as_name_of_a_persona(mona: Browser) -> None:
    taken = 0
    for word in STRINGS:
        answer = send(mona, "/me/p/edit", "/me/p/name", name=word)
        if answer.status == 303:
            shown = mona.get("/me/p/edit").form("/me/p/name").fields["name"]
            assert shown == tidy(word)
            taken += 1
    assert taken


def test_as_words_about_a_persona(mona: Browser) -> None:
    taken = 0
    for word in STRINGS:
        answer = send(mona, "/me/p/edit", "/me/p/edit", about=word, pronouns=word)
        if answer.status == 303:
            about = mona.get("/me/p/edit").form("/me/p/edit").fields["about"]
            assert lines(about).strip() == lines(harmless(word)).strip()
            taken += 1
    assert taken


def test_as_words_of_a_community(mona: Browser) -> None:
    taken = 0
    for word in STRINGS:
        answer = send(mona, "/c/new", "/c/new", name=word, about=word, agreements=word)
        if answer.status == 303:
            assert mona.follow(answer).status == 200
            taken += 1
    assert taken
    assert mona.get("/c").status == 200


def test_as_sign_in_name_and_passphrase(house: TestHouse) -> None:
    house.site.rooms["limits"].on = False
    stranger = house.browser()
    for word in STRINGS:
        answer = send(stranger, "/in", "/in", name=word, **{"pass": word})
        assert answer.status in {413, 422}
        assert send(stranger, "/back", "/back", code=word, name=word, **{"pass": word}).status in {413, 422}


def test_in_an_address(mona: Browser) -> None:
    for word in STRINGS:
        asked = quote(word[:2000].encode("utf-8", "replace"))
        for path in (f"/t?after={asked}", f"/c?q={asked}", f"/q?q={asked}", f"/t/{asked}", f"/p/{asked}"):
            assert mona.get(path).status in {200, 303, 404}


def test_as_json(house: TestHouse) -> None:
    house.site.rooms["limits"].on = False
    for word in STRINGS:
        body = json.dumps({"sign_in_name": word, "passphrase": word}).encode()
        assert house.browser().send("/api/session", body).status in {403, 413, 422}
