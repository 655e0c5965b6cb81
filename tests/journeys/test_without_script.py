"""T15: what protects works with JavaScript off: reporting, the second look, the lock, freezing from elsewhere, coming back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask
from mashrabiya.kernel import clock
from mashrabiya.testing.house import Person, TestHouse

from . import steps
from .conftest import NewPage
from .test_accessible import sign_in

BODY = "textarea[name=body]"
PIN = "407183"


@dataclass(slots=True)
class Hers:
    """Alice at her browser without a script, with a thread of hers that Bob reads too."""

    page: Page
    alice: Person
    bob: Person
    thread: str

    def fill(self, form: str, **typed: str) -> None:
        for name, text in typed.items():
            self.page.fill(f"form[action='{form}'] input[name={name}]", text)

    def again(self, form: str, **typed: str) -> None:
        """What dangerous steps ask for once more, and a code from the paper."""
        self.fill(form, name="alice", code=self.alice.codes[0], **{"pass": self.alice.passphrase}, **typed)


@pytest.fixture(params=["ar", "en"])
def hers(request: pytest.FixtureRequest, house: TestHouse, new_page: NewPage) -> Iterator[Hers]:
    alice, bob = (house.person(name, language=request.param) for name in ("alice", "bob"))
    thread = ask(house, alice, open_place(house, alice, bob)).address
    page = new_page(request.param, javascript=False)
    sign_in(page, alice)
    yield Hers(page, alice, bob, thread)
    clock.offset = 0.0


def test_a_report_arrives_and_its_author_reads_what_became_of_it(hers: Hers, new_page: NewPage) -> None:
    bob = new_page("en", javascript=False)
    sign_in(bob, hers.bob)
    report = f"/r{hers.thread}/1"
    bob.goto(report)
    bob.check("input[name=reason] >> nth=0", force=True)
    bob.fill("textarea[name=note]", "Look at this.")
    steps.send(bob, report)
    bob.goto("/me/r")
    expect(bob.locator("main")).to_contain_text("Look at this.")


def test_before_a_number_is_posted_she_is_asked_and_her_words_stay(hers: Hers) -> None:
    hers.page.goto(hers.thread)
    words = "Call ٠٧٩ ١٢٣ ٤٥٦٧, please"
    hers.page.fill(BODY, words)
    steps.send(hers.page, hers.thread)
    expect(hers.page.locator(BODY)).to_have_value(words)
    steps.send(hers.page, hers.thread)
    expect(hers.page.locator("article.reply")).to_contain_text("٤٥٦٧")


def test_the_lock_closes_and_opens(hers: Hers) -> None:
    hers.page.goto("/me/lock")
    hers.again("/me/lock", pin=PIN, new_pin=PIN)
    steps.send(hers.page, "/me/lock")
    hers.page.goto("/me")
    steps.send(hers.page, "/me/lock/now")
    hers.page.goto(hers.thread)
    expect(hers.page.locator("main")).not_to_contain_text("alice")
    hers.fill("/u", pin=PIN)
    steps.send(hers.page, "/u")
    hers.page.goto(hers.thread)
    expect(hers.page.locator("main")).to_contain_text("alice")


def test_frozen_from_another_device_and_back_after_its_days(hers: Hers, new_page: NewPage) -> None:
    hers.page.goto("/me/freeze")
    hers.again("/me/freeze")
    steps.send(hers.page, "/me/freeze")
    code = hers.page.locator("p.fl code").inner_text()
    elsewhere = new_page("en", javascript=False)
    elsewhere.goto("/s")
    elsewhere.fill("input[name=code]", code)
    steps.send(elsewhere, "/s")
    assert hers.page.goto("/me").status == 404  # type: ignore[union-attr]
    clock.offset += 4 * clock.DAY
    hers.page.goto("/s/back")
    hers.again("/s/back")
    steps.send(hers.page, "/s/back")
    assert hers.page.goto("/me").status == 200  # type: ignore[union-attr]
