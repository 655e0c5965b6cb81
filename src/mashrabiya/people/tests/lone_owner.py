"""Alice with a device whose passkeys open an account by themselves, as a browser would speak of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from mashrabiya.people.sealed.passkey import Answer, to_text
from mashrabiya.people.tests.factories import Person, account, fill
from mashrabiya.people.tests.test_passkeys import AGAIN, Authenticator, fields_of
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

VERIFIED = 0x05


@dataclass
class Device(Authenticator):
    """One that asks for a finger, and knows a secret for each of its keys."""

    flags: int = VERIFIED
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def words(self, answer: Answer) -> dict[str, str]:
        return {**fields_of(answer), "prf": to_text(self.secret)}


def challenge_on(page: Page, action: str) -> str:
    return page.form(action).fields["challenge"]


class Owner:
    """Alice, her browser, and one device."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.alice: Person = account(house, "alice")
        self.browser: Browser = self.alice.browser()
        self.device = Device()

    def settings(self, **more: str) -> Page:
        return self.browser.submit("/me/key", "/me/key", **AGAIN, **more)

    def add(self, device: Device | None = None) -> Page:
        page, device = self.settings(), device or self.device
        answer = device.make(challenge_on(page, "/me/key/new"))
        return fill(self.browser, page, "/me/key/new", **device.words(answer))

    def come(self, device: Device | None = None, **more: str) -> tuple[Browser, Page]:
        """Somebody at the sign-in page with a device."""
        browser, device = self.house.browser(), device or self.device
        page = browser.get("/in")
        answer = device.sign(challenge_on(page, "/in"))
        return browser, fill(browser, page, "/in", **device.words(answer), **more)

    def comes_in(self, device: Device | None = None) -> bool:
        browser, page = self.come(device)
        assert (page.status == 303) == (browser.get("/me").status == 200)
        return page.status == 303

    def rows(self) -> list[tuple[bytes, bytes, bytes]]:
        found = self.house.database.connection().execute("SELECT tag, pub, blob FROM passkey").fetchall()
        return [(bytes(tag), bytes(pub), bytes(blob)) for tag, pub, blob in found]
