"""A real Chromium with an authenticator of its own: a passkey made, used, and never the only way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from mashrabiya.kernel import clock
from mashrabiya.people.tests.factories import PASSPHRASE, account, app_code, second_step
from mashrabiya.platform.languages.catalogue import ROOT
from mashrabiya.platform.web.assets import Assets
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served

LIMIT = 8 * 1024
DEVICE = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": False,
    "automaticPresenceSimulation": True,
}


@contextmanager
def window(chromium: Browser, address: str, *, language: str = "en", script: bool = True) -> Iterator[Page]:
    # A passkey belongs to a name: browsers make none for a bare number.
    base = address.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=base, locale=language, java_script_enabled=script)
    yield context.new_page()
    context.close()


def give_passphrase(page: Page, action: str) -> None:
    form = page.locator(f"form[action='{action}']")
    form.locator("input[name=name]").fill("alice")
    form.locator("input[name=pass]").fill(PASSPHRASE)
    form.locator("button.main").click()


def sign_in(page: Page, secret: bytes) -> None:
    page.goto("/in")
    give_passphrase(page, "/in")
    page.fill("input[name=code]", app_code(secret))
    page.click("form[action='/in/code'] button.main")
    page.wait_for_url("**/")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_passkey_is_made_and_opens_the_second_step(
    house: TestHouse, chromium: Browser, language: str
) -> None:
    secret = second_step(account(house, "alice"))
    with served(house) as address, window(chromium, address, language=language) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        said: list[str] = []
        page.on("console", lambda line: said.append(line.text))
        sign_in(page, secret)
        page.goto("/me/keys")
        give_passphrase(page, "/me/keys")
        with page.expect_navigation():
            page.click("form[action='/me/keys/new'] button")
        expect(page.locator("form[action='/me/keys/drop']")).to_be_visible()
        page.goto("/me/in")
        page.click("form[action='/me/end'] button")
        page.goto("/in")
        give_passphrase(page, "/in")
        with page.expect_navigation():
            page.click("form[data-passkey=get] button")
        page.wait_for_url("**/")
        assert page.goto("/me").status == 200  # type: ignore[union-attr]
        assert not [line for line in said if "Content Security" in line or "TrustedScript" in line]


@pytest.mark.browser
def test_without_its_device_the_page_says_so_and_the_code_works(house: TestHouse, chromium: Browser) -> None:
    alice = account(house, "alice")
    secret = second_step(alice)
    with served(house) as address, window(chromium, address) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        name = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
        sign_in(page, secret)
        page.goto("/me/keys")
        give_passphrase(page, "/me/keys")
        with page.expect_navigation():
            page.click("form[action='/me/keys/new'] button")
        device.send("WebAuthn.clearCredentials", {"authenticatorId": name})
        page.goto("/me/in")
        page.click("form[action='/me/end'] button")
        clock.offset += 120
        page.goto("/in")
        give_passphrase(page, "/in")
        page.click("form[data-passkey=get] button")
        expect(page.locator("form[data-passkey=get] .wrong")).to_be_visible()
        page.fill("input[name=code]", app_code(secret))
        page.click("form[action='/in/code'] button.main")
        page.wait_for_url("**/")


@pytest.mark.browser
def test_without_a_script_there_is_the_code(house: TestHouse, chromium: Browser) -> None:
    secret = second_step(account(house, "alice"))
    with served(house) as address, window(chromium, address, script=False) as page:
        sign_in(page, secret)
        page.goto("/me/keys")
        give_passphrase(page, "/me/keys")
        expect(page.locator("form[data-passkey]")).to_be_hidden()
        # Browsers show it; the driver's way of switching scripts off does not make this one.
        assert "A passkey needs JavaScript." in page.content()


def test_the_script_is_small() -> None:
    assets = Assets(ROOT)
    asset = assets.find(assets.address("passkey.js"))
    assert asset is not None
    assert len(asset.gzipped) <= LIMIT
