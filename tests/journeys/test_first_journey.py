"""T15, T27: someone signs up without e-mail, asks, another answers, and she leaves: all in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Error, Page, expect

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.testing.house import TestHouse

from . import steps
from .conftest import NewPage
from .test_accessible import sign_in

WAYS = [("ar", True), ("ar", False), ("en", True), ("en", False)]
WORDS = {
    "ar": ("سألتني صديقتي مباشرة", "لم أكذب ولم أقل نعم.", "حدث معي ما يشبه هذا."),
    "en": ("My friend asked me outright", "I did not lie and did not say yes.", "It happened to me too."),
}


@pytest.fixture
def place(house: TestHouse) -> str:
    """A community that Mona runs."""
    viewer = replace(house.person("mona").viewer, roles=frozenset({HOST}))
    with house.database.write() as uow:
        new = NewCommunity(name="Garden", about="Plants and tea", audience=Audience.SIGNED_IN)
        cid = communities.found(uow, viewer, new)
    return f"/c/{show_id(cid)}"


def watch(page: Page, complaints: list[str]) -> Page:
    """Gather what the browser complains of: policy violations, errors, requests to other hosts."""
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on(
        "request",
        lambda r: None if "127.0.0.1" in r.url else complaints.append(f"asked {r.url}"),
    )
    return page


@pytest.mark.parametrize(("language", "javascript"), WAYS)
def test_sign_up_ask_be_answered_and_leave(
    house: TestHouse, new_page: NewPage, place: str, language: str, javascript: bool
) -> None:
    complaints: list[str] = []
    title, body, answer = WORDS[language]
    alice = watch(new_page(language, javascript=javascript), complaints)
    steps.sign_up(alice, "alice of the test", javascript=javascript)
    steps.make_persona(alice, "Summer Cloud")
    steps.make_persona(alice, "Ink")
    steps.join(alice, place)
    thread = steps.open_thread(alice, place, title, body, unnamed=True)
    expect(alice.locator("main")).not_to_contain_text("Summer Cloud")

    bob = watch(new_page(language, javascript=javascript), complaints)
    steps.sign_up(bob, "bob of the test", javascript=javascript)
    steps.make_persona(bob, "Wave")
    steps.join(bob, place)
    steps.reply(bob, thread, answer)

    alice.goto(thread)
    expect(alice.locator("article.reply")).to_contain_text(answer)
    expect(alice.locator("article.reply")).to_contain_text("Wave")
    _edit_and_delete(alice, thread, body)
    assert complaints == []
    _leave(alice, thread, title)


def _edit_and_delete(page: Page, thread: str, body: str) -> None:
    path = re.sub(r"^https?://[^/]+", "", thread)
    page.locator(f"a[href^='{path}/e/']").first.click()
    page.fill("textarea[name=body]", f"{body} +1")
    steps.send(page, re.sub(r"^https?://[^/]+", "", page.url))
    expect(page.locator("main")).to_contain_text(f"{body} +1")
    page.locator(f"a[href^='{path}/d/']").first.click()
    steps.send(page, re.sub(r"^https?://[^/]+", "", page.url))
    expect(page.locator("main")).not_to_contain_text(body)


def _leave(page: Page, thread: str, title: str) -> None:
    """Quick exit by its button; going back shows nothing of the house."""
    page.goto(thread)
    page.locator("form[action='/x'] button").click()
    page.wait_for_url(lambda url: not url.startswith("http://127"))
    assert "__Host-v" not in {cookie["name"] for cookie in page.context.cookies()}
    for _ in range(3):
        page.go_back(wait_until="commit")
        shown = _shown(page)
        assert title not in shown
        assert "Ink" not in shown


def _shown(page: Page) -> str:
    """What stands on the page once it stands still: the page that was left leads elsewhere by itself."""
    for _ in range(100):
        try:
            page.wait_for_load_state()
            page.wait_for_timeout(300)
            return page.content()
        except Error:
            continue
    raise AssertionError("the page never stood still")


def test_shift_three_times_leaves(house: TestHouse, new_page: NewPage, place: str) -> None:
    page = new_page("en")
    page.goto("/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(lambda url: not url.startswith("http://127"))


@pytest.mark.parametrize("typed", ["ABC", "مُحَمَّد؟", "Why?! Yes."])
def test_typing_never_leaves(new_page: NewPage, typed: str) -> None:
    page = new_page("en")
    page.goto("/in")
    page.focus("input[name=name]")
    for letter in typed:
        page.keyboard.down("Shift")
        page.keyboard.insert_text(letter) if not letter.isascii() else page.keyboard.press(letter)
        page.keyboard.up("Shift")
    page.wait_for_timeout(300)
    assert page.url.endswith("/in")


def test_every_title_is_harmless(house: TestHouse, new_page: NewPage, place: str) -> None:
    alice = house.person("alice")
    page = new_page("en")
    page.goto("/")
    sign_in(page, alice)
    steps.join(page, place)
    thread = steps.open_thread(page, place, "A very telling title", "Words", unnamed=False)
    for path in ("/", "/c", place, thread, "/me", "/me/p", "/t", "/k", "/h", "/nowhere"):
        page.goto(path)
        assert "telling" not in page.title()
        assert "Garden" not in page.title()
