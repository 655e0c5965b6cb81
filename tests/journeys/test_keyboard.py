"""From the landing page to an answer and out again, without a mouse and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.testing.house import TestHouse

from . import steps
from .conftest import NewPage
from .hands import Hands

pytestmark = pytest.mark.browser

WORDS = {
    "ar": ("سؤال قصير", "كيف كان اليوم؟", "مساء الخير."),
    "en": ("A short one", "How was it?", "Good evening."),
}


@pytest.mark.parametrize("language", list(WORDS))
def test_everything_is_done_by_the_keyboard(house: TestHouse, new_page: NewPage, language: str) -> None:
    title, body, reply = WORDS[language]
    mona = house.person("Mona")
    cid = open_place(house, mona)
    hands = Hands(new_page(language, javascript=False))
    page = hands.page
    _sign_up(hands)
    _make_persona(hands)
    hands.press(f"a[href='/c/{show_id(cid)}']")
    hands.press("form[action$='/in'] button")
    hands.press(f"a[href='/c/{show_id(cid)}/t']")
    hands.write("#title", title)
    hands.write("#body", body)
    hands.press("form.compose button.main")
    thread = page.url.split("?")[0]
    answer(house.database, mona.viewer, read_id(thread.rsplit("/", 1)[1], ID_SIZE))
    page.goto(thread)
    _answer_one_reply(hands, reply)
    hands.press("#n3 a[href*='/e/']")
    hands.write("#body", " +1")
    hands.press("form.compose button.main")
    expect(page.locator("#n3 .body")).to_contain_text(f"{reply} +1")
    assert hands.wrong == []
    _leave(hands, thread)


def _sign_up(hands: Hands) -> None:
    page = hands.page
    page.goto("/")
    hands.step()
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    hands.press("a[href='/join']")
    box = page.locator("input[name=name]").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844, "the first field stands in the first screen"
    hands.write("input[name=name]", "keys and letters")
    hands.write("input[name=pass]", steps.PASSPHRASE)
    hands.tick("input[name=age][value=over]")
    hands.press("form[action='/join'] button.main")
    # The ticket asks for two minutes; the test moves the clock instead of waiting.
    clock.offset += 130
    hands.press("form[action='/join'] button.main")
    codes = [
        re.sub(r"[^0-9a-z]", "", text.lower()) for text in page.locator("ol.codes code").all_inner_texts()
    ]
    asked = (
        page.locator("label[for=f-last]").inner_text().translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    )
    hands.write("input[name=last]", codes[int(re.sub(r"[^0-9]", "", asked)) - 1][-4:])
    hands.tick("input[name=kept]")
    hands.press("form[action='/join/check'] button.main")


def _make_persona(hands: Hands) -> None:
    hands.write("input[name=name]", "Ink")
    hands.press("form[action='/me/p/new'] button.main")
    # The list of names opens and closes, and leads on to the next place.
    hands.to("details.as > summary")
    hands.page.keyboard.press("Space")
    hands.to("details.as a[href='/me/p/new']")


def _answer_one_reply(hands: Hands, words: str) -> None:
    """By what stands behind More: the reply is quoted, and answered."""
    hands.to("#n2 details.acts > summary")
    hands.page.keyboard.press("Enter")
    hands.press("#n2 [data-write=quote]")
    hands.write("#body", words)
    hands.press("form.compose button.main")
    expect(hands.page.locator("#n3 blockquote")).to_be_visible()


def _leave(hands: Hands, thread: str) -> None:
    page = hands.page
    page.goto(thread)
    hands.step()
    assert page.evaluate("document.activeElement.className") == "skip"
    hands.to("form[action='/x'] button")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.startswith("http://127"))
    assert "__Host-v" not in {cookie["name"] for cookie in page.context.cookies()}
