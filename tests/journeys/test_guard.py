"""The check before posting, and pictures, as they are met in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.platform.media.tests import samples
from mashrabiya.testing.house import TestHouse
from tests.journeys.conftest import NewPage

pytestmark = pytest.mark.browser

NUMBER = "079 555 0142"


def at_a_thread(house: TestHouse, new_page: NewPage, language: str, *, javascript: bool) -> tuple[Page, str]:
    """Alice's window, signed in, and the thread she will answer in."""
    alice = house.person("Alice", language=language)
    thread = ask(house, alice, open_place(house, alice)).address
    page = new_page(language, javascript=javascript)
    ((name, value),) = alice.browser.cookies.items()
    page.context.add_cookies(
        [{"name": name, "value": value, "domain": "127.0.0.1", "path": "/", "secure": True}]
    )
    return page, thread


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_number_is_marked_and_taken_out(
    house: TestHouse, address: str, new_page: NewPage, language: str, javascript: bool
) -> None:
    page, thread = at_a_thread(house, new_page, language, javascript=javascript)
    page.goto(thread)
    page.fill("#body", f"Call me: {NUMBER} any evening")
    page.click("#write button.main")
    assert page.inner_text("#guard mark") == NUMBER
    page.click("#guard button[value=remove]")
    assert page.input_value("#body") == "Call me: any evening"
    page.click("#write button.main")
    assert page.inner_text("#n2 .body").strip() == "Call me: any evening"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_picture_from_a_phone_is_brought_and_seen(
    house: TestHouse, address: str, new_page: NewPage, javascript: bool
) -> None:
    page, thread = at_a_thread(house, new_page, "ar", javascript=javascript)
    page.goto(thread)
    page.fill("#body", "النعناع")
    page.click("summary:has-text('إضافة صورة')")
    photo: FilePayload = {"name": "IMG_2026.jpg", "mimeType": "image/jpeg", "buffer": samples.laden("JPEG")}
    page.set_input_files("#picture-1", photo)
    page.fill("#alt-1", "نعناع على الشرفة")
    page.click("#write button.main")
    picture = page.locator("#n2 .pics img")
    assert picture.get_attribute("alt") == "نعناع على الشرفة"
    picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 100
    page.click("#n2 .pics a")
    assert page.url.endswith(".large")
