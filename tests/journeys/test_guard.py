"""The check before posting, as it is met in a browser."""

from __future__ import annotations

import pytest

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.testing.house import TestHouse
from tests.journeys.conftest import NewPage

pytestmark = pytest.mark.browser

NUMBER = "079 555 0142"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_number_is_marked_and_taken_out(
    house: TestHouse, address: str, new_page: NewPage, language: str, javascript: bool
) -> None:
    alice = house.person("Alice", language=language)
    thread = ask(house, alice, open_place(house, alice)).address
    page = new_page(language, javascript=javascript)
    (cookie,) = alice.browser.cookies.items()
    page.context.add_cookies(
        [{"name": cookie[0], "value": cookie[1], "domain": "127.0.0.1", "path": "/", "secure": True}]
    )
    page.goto(thread)
    page.fill("#body", f"Call me: {NUMBER} any evening")
    page.click("#write button.main")
    assert page.inner_text("#guard mark") == NUMBER
    page.click("#guard button[value=remove]")
    assert page.input_value("#body") == "Call me: any evening"
    page.click("#write button.main")
    assert page.inner_text("#n2 .body").strip() == "Call me: any evening"
