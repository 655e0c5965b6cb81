"""What a person does, step by step, with her own hands: the same for every language and browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from mashrabiya.kernel import clock
from mashrabiya.testing.chromium import PATIENCE_MS

PASSPHRASE = "quiet lantern river almond window"


def send(page: Page, action: str) -> None:
    """Press the button of the form that goes to ``action``, and wait for what comes."""
    buttons = page.locator(
        f"form[action='{action}'] button:not([type=button], [name=preview], [name=keep_draft])"
    )
    with page.expect_navigation():
        buttons.last.click()


def sign_up(page: Page, name: str, *, javascript: bool) -> list[str]:
    """Make an account; the codes that were shown."""
    page.goto("/join")
    _fill_sign_up(page, name)
    if javascript:
        expect(page.locator("form[action='/join'] button.main")).to_be_enabled(timeout=3 * PATIENCE_MS)
    send(page, "/join")
    if not javascript:
        # The ticket asks for two minutes; the test moves the clock instead of waiting.
        clock.offset += 130
        page.fill("input[name=pass]", PASSPHRASE)
        send(page, "/join")
    shown = [text.strip() for text in page.locator("ol.codes li").all_inner_texts()]
    codes = [re.sub(r"[^0-9a-z]", "", code.lower()) for code in shown]
    assert len(codes) == 8
    confirm_codes(page, codes)
    return codes


def _fill_sign_up(page: Page, name: str) -> None:
    page.fill("input[name=name]", name)
    page.fill("input[name=pass]", PASSPHRASE)
    page.check("input[name=age][value=over]")


def confirm_codes(page: Page, codes: list[str]) -> None:
    """Type the last four letters of the code that is asked for."""
    label = page.locator("label[for=f-last]").inner_text()
    number = int(re.sub(r"[^0-9]", "", label.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))))
    page.fill("input[name=last]", codes[number - 1][-4:])
    page.check("input[name=kept]")
    send(page, "/join/check")


def make_persona(page: Page, name: str) -> None:
    """The name that others see."""
    page.goto("/me/p/new")
    page.fill("input[name=name]", name)
    send(page, "/me/p/new")


def join(page: Page, place: str) -> None:
    page.goto(place)
    send(page, f"{place}/in")


def open_thread(page: Page, place: str, title: str, body: str, *, unnamed: bool) -> str:
    """Begin a thread; its address."""
    page.goto(f"{place}/t")
    page.fill("input[name=title]", title)
    page.fill("textarea[name=body]", body)
    if unnamed:
        page.check("input[name=unnamed]")
    send(page, f"{place}/t")
    assert re.search(r"/t/[0-9a-z]{26}$", page.url), page.url
    return page.url.split("?")[0]


def reply(page: Page, thread: str, body: str) -> None:
    page.goto(thread)
    page.fill("textarea[name=body]", body)
    send(page, re.sub(r"^https?://[^/]+", "", thread))
