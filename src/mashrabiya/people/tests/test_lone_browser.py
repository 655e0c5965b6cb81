"""A real Chromium with an authenticator of its own: a passkey that opens the account by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from mashrabiya.people import flows
from mashrabiya.people.flows import freezing
from mashrabiya.people.tests.factories import OTHER, PASSPHRASE, account
from mashrabiya.people.tests.test_passkey_browser import DEVICE, give_passphrase, window
from mashrabiya.testing.house import TestHouse
from mashrabiya.testing.served import served

pytestmark = pytest.mark.browser
PHONE = {
    **DEVICE,
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "hasPrf": True,
}
BOX = "[data-passkey][data-alone]"


def with_device(page: Page, **changes: object) -> tuple[CDPSession, str]:
    """A device in reach of this window."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    name = device.send("WebAuthn.addVirtualAuthenticator", {"options": {**PHONE, **changes}})
    return device, str(name["authenticatorId"])


def sign_in(page: Page) -> None:
    page.goto("/in")
    give_passphrase(page, "/in")
    page.wait_for_url("**/")


def add_key(page: Page) -> None:
    page.goto("/me/key")
    give_passphrase(page, "/me/key")
    page.click(f"{BOX} button")


def end(page: Page) -> None:
    page.goto("/me/in")
    page.click("form[action='/me/end'] button")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_made_used_and_refused_once_everything_is_frozen(
    house: TestHouse, chromium: Browser, language: str
) -> None:
    alice = account(house, "alice")
    with served(house) as address, window(chromium, address, language=language) as page:
        said: list[str] = []
        page.on("console", lambda line: said.append(line.text))
        with_device(page)
        sign_in(page)
        add_key(page)
        expect(page.locator("form[action='/me/key/drop']")).to_be_visible()
        who = flows.unlock(house.site, "alice", PASSPHRASE)
        flows.change_passphrase(house.site, who, "alice", OTHER, keep_keys=True)
        page.context.clear_cookies()
        page.goto("/in")
        page.click(f"{BOX} button")
        page.wait_for_url("**/")
        assert page.goto("/me").status == 200  # type: ignore[union-attr]
        alice.passphrase = OTHER
        alice.sign_in()
        freezing.freeze(house.site, _freeze_code(house))
        page.goto("/in")
        page.click(f"{BOX} button")
        expect(page.locator("[role=alert]").first).to_be_visible()
        assert page.goto("/me").status == 404  # type: ignore[union-attr]
        assert not [line for line in said if "Content Security" in line or "TrustedScript" in line]


def _freeze_code(house: TestHouse) -> str:
    who = flows.unlock(house.site, "alice", OTHER)
    return freezing.add_code(house.site, who, freezing.Wish())


def test_a_device_that_gives_no_secret_makes_none(house: TestHouse, chromium: Browser) -> None:
    account(house, "alice")
    with served(house) as address, window(chromium, address) as page:
        with_device(page, hasPrf=False)
        sign_in(page)
        add_key(page)
        expect(page.locator(f"{BOX} [data-cannot]")).to_contain_text("Name and passphrase work as before")
        expect(page.locator(f"{BOX} [data-failed]")).to_be_hidden()
    assert house.database.connection().execute("SELECT count(*) FROM passkey").fetchone()[0] == 0


def test_without_a_passkey_name_and_passphrase_stand_as_they_were(
    house: TestHouse, chromium: Browser
) -> None:
    account(house, "alice")
    with served(house) as address, window(chromium, address) as page:
        with_device(page)
        page.goto("/in")
        page.fill("input[name=name]", "alice")
        page.click(f"{BOX} button")
        expect(page.locator(f"{BOX} [data-failed]")).to_be_visible()
        expect(page.locator(f"{BOX} [data-cannot]")).to_be_hidden()
        page.fill("input[name=pass]", PASSPHRASE)
        page.click("form[action='/in'] button.main")
        page.wait_for_url("**/")


def test_a_browser_that_says_it_cannot_shows_no_button(house: TestHouse, chromium: Browser) -> None:
    with served(house) as address, window(chromium, address) as page:
        page.add_init_script(
            "PublicKeyCredential.getClientCapabilities = async () => ({ 'extension:prf': false });"
        )
        page.goto("/in")
        expect(page.locator("form[action='/in'] button.main")).to_be_visible()
        expect(page.locator(BOX)).to_be_hidden()


@pytest.mark.parametrize("says", [True, False])
def test_a_browser_that_does_not_say_what_it_can_is_asked_to_try(
    house: TestHouse, chromium: Browser, says: bool
) -> None:
    told = "async () => ({})" if says else "undefined"
    with served(house) as address, window(chromium, address) as page:
        page.add_init_script(f"PublicKeyCredential.getClientCapabilities = {told};")
        page.goto("/in")
        expect(page.locator(f"{BOX} button")).to_be_visible()
        expect(page.locator(f"{BOX} [data-unsure]")).to_be_visible(visible=not says)


def test_without_a_script_there_is_no_button(house: TestHouse, chromium: Browser) -> None:
    account(house, "alice")
    with served(house) as address, window(chromium, address, script=False) as page:
        page.goto("/in")
        expect(page.locator(BOX)).to_be_hidden()
        sign_in(page)
        page.goto("/me/key")
        give_passphrase(page, "/me/key")
        expect(page.locator(BOX)).to_be_hidden()
