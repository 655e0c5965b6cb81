"""Passkeys beside the code: an authenticator in Python answers as a browser's would."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from mashrabiya.kernel import clock
from mashrabiya.people.sealed import passkey
from mashrabiya.people.sealed.passkey import Answer, Passkey, Place, Unfit, to_text
from mashrabiya.people.tests.factories import PASSPHRASE, Person, account, app_code, fill, second_step
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

HOST = "localhost"
ORIGIN = "https://localhost"
# Elsewhere than on this machine a browser signs by https alone.
FAR, FAR_ORIGIN = "house.example", "https://house.example"
AGAIN = {"name": "alice", "pass": PASSPHRASE}


@dataclass
class Authenticator:
    """One key in one device."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    host: str = HOST
    origin: str = ORIGIN
    flags: int = 0x01

    def client(self, kind: str, challenge: str, **more: object) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, **more}).encode()

    def head(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + bytes(4)

    def make(self, challenge: str, **more: object) -> Answer:
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        cose = bytes.fromhex("a5010203262001215820") + x + bytes.fromhex("225820") + y
        data = self.head(self.flags | 0x40) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        return Answer(to_text(self.client("webauthn.create", challenge, **more)), to_text(data))

    def sign(self, challenge: str, **more: object) -> Answer:
        client, data = self.client("webauthn.get", challenge, **more), self.head(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return Answer(to_text(client), to_text(data), to_text(self.id), to_text(signature))


def fields_of(answer: Answer) -> dict[str, str]:
    return {
        "client": answer.client,
        "authenticator": answer.authenticator,
        "credential": answer.id,
        "signature": answer.signature,
    }


def challenge_on(page: Page) -> str:
    return page.text.split('data-challenge="')[1].split('"')[0]


def kept(device: Authenticator) -> Passkey:
    return passkey.made(Place(device.host), device.make("AAAA"))


def test_a_key_is_kept_in_few_bytes_and_proves_itself() -> None:
    device = Authenticator()
    made = kept(device)
    assert Passkey.unpack(made.pack()) == made
    assert len(made.pack()) == passkey.POINT + len(device.id)
    passkey.prove(Place(HOST), device.sign("AAAA"), [kept(Authenticator()), made])


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://house.example"},
        {"origin": "https://house.example:444"},
        {"origin": ""},
        {"origin": "https://[house.example"},
        {"host": "evil.example"},
        {"flags": 0},
        {"id": bytes(32)},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
)
def test_another_place_device_or_nobody_there_is_refused(change: dict[str, object]) -> None:
    device = Authenticator(host=FAR, origin=FAR_ORIGIN)
    made = kept(device)
    with pytest.raises(Unfit):
        passkey.prove(Place(FAR), replace(device, **change).sign("AAAA"), [made])  # type: ignore[arg-type]


def test_what_was_changed_on_the_way_is_refused() -> None:
    device = Authenticator()
    made, good = kept(device), device.sign("AAAA")
    other = device.sign("BBBB")
    for bad in (
        replace(good, client=other.client),
        replace(good, signature=other.signature),
        replace(good, authenticator=good.authenticator[:-8]),
        replace(good, client="", signature=""),
        replace(good, client=to_text(b"[]")),
        replace(good, client=to_text(b"\xff\xfe")),
        replace(good, client=to_text(b'{"a":' * 1000)),
        replace(good, client=to_text(b'{"type":1}')),
        replace(good, signature="x"),
        device.sign("AAAA", crossOrigin=True),
        device.make("AAAA"),
    ):
        with pytest.raises(Unfit):
            passkey.prove(Place(HOST), bad, [made])


@pytest.mark.parametrize("cut", [1, 33, 70, 140])
def test_half_a_new_key_is_refused(cut: int) -> None:
    good = Authenticator().make("AAAA")
    with pytest.raises(Unfit):
        passkey.made(
            Place(HOST), replace(good, authenticator=to_text(passkey.from_text(good.authenticator)[:-cut]))
        )


def test_a_key_off_the_curve_or_of_another_kind_is_refused() -> None:
    good = passkey.from_text(Authenticator().make("AAAA").authenticator)
    client = Authenticator().make("AAAA").client
    for data in (good[:-1] + bytes([good[-1] ^ 1]), good.replace(b"\xa5\x01\x02", b"\xa5\x01\x03")):
        with pytest.raises(Unfit):
            passkey.made(Place(HOST), Answer(client, to_text(data)))


@pytest.mark.parametrize(
    ("place", "origin"), [("localhost:8000", "http://localhost:8000"), ("x.onion", "http://x.onion")]
)
def test_without_https_on_this_machine_and_the_onion_only(place: str, origin: str) -> None:
    assert Place(place).is_origin(origin)
    assert not Place(FAR).is_origin(f"http://{FAR}")


def test_a_challenge_is_for_one_account_and_five_minutes() -> None:
    key, now = b"k" * 32, 1_800_000_000.0
    shown = passkey.challenge(key, b"a" * 16, now)
    assert passkey.is_fresh(key, b"a" * 16, shown, now + 299)
    assert not passkey.is_fresh(key, b"a" * 16, shown, now + 301)
    assert not passkey.is_fresh(key, b"a" * 16, shown, now - 1)
    assert not passkey.is_fresh(key, b"b" * 16, shown, now)
    assert not passkey.is_fresh(b"x" * 32, b"a" * 16, shown, now)
    assert not passkey.is_fresh(key, b"a" * 16, "", now)


class Owner:
    """Alice with a second step, her browser, and one device."""

    def __init__(self, house: TestHouse) -> None:
        self.house = house
        self.alice: Person = account(house, "alice")
        self.secret = second_step(self.alice)
        self.browser: Browser = self.alice.browser()
        self.device = Authenticator()

    def keys(self) -> Page:
        return self.browser.submit("/me/keys", "/me/keys", **AGAIN)

    def add(self, device: Authenticator | None = None) -> Page:
        page = self.keys()
        answer = (device or self.device).make(challenge_on(page))
        return fill(self.browser, page, "/me/keys/new", **fields_of(answer))

    def half_in(self) -> tuple[Browser, Page]:
        browser = self.house.browser()
        return browser, browser.follow(browser.submit("/in", "/in", **AGAIN))


@pytest.fixture
def owner(house: TestHouse) -> Owner:
    return Owner(house)


def test_added_used_and_taken_away(owner: Owner) -> None:
    assert "<p>1 passkey</p>" in owner.add().text
    browser, page = owner.half_in()
    assert to_text(owner.device.id) in page.text
    answer = owner.device.sign(challenge_on(page))
    assert fill(browser, page, "/in/code", **fields_of(answer)).location == "/"
    assert browser.get("/me").status == 200
    dropped = fill(owner.browser, owner.keys(), "/me/keys/drop")
    assert "<p>No passkey yet.</p>" in dropped.text
    browser, page = owner.half_in()
    assert "data-passkey" not in page.text
    answer = owner.device.sign(
        passkey.challenge(owner.house.keys.of("sess"), owner.alice.viewer.account, clock.now())
    )
    assert fill(browser, page, "/in/code", **fields_of(answer)).status == 422


def test_the_code_goes_on_working(owner: Owner) -> None:
    owner.add()
    browser, page = owner.half_in()
    assert fill(browser, page, "/in/code", code=app_code(owner.secret)).location == "/"


def test_an_answer_is_good_once(owner: Owner) -> None:
    owner.add()
    browser, page = owner.half_in()
    answer = fields_of(owner.device.sign(challenge_on(page)))
    assert fill(browser, page, "/in/code", **answer).status == 303
    other, again = owner.half_in()
    assert fill(other, again, "/in/code", **answer).status == 422


def test_a_strangers_challenge_or_key_does_not_open_it(owner: Owner) -> None:
    owner.add()
    stranger = Authenticator()
    browser, page = owner.half_in()
    assert fill(browser, page, "/in/code", **fields_of(stranger.sign(challenge_on(page)))).status == 422
    made_up = owner.device.sign(to_text(secrets.token_bytes(32)))
    assert fill(browser, page, "/in/code", **fields_of(made_up)).status == 422
    borrowed = replace(stranger, id=owner.device.id).sign(challenge_on(page))
    assert fill(browser, page, "/in/code", **fields_of(borrowed)).status == 422


def test_guessing_with_keys_is_slowed_like_guessing_codes(owner: Owner) -> None:
    owner.add()
    browser, page = owner.half_in()
    for _ in range(10):
        assert fill(browser, page, "/in/code", client="x").status == 422
    assert fill(browser, page, "/in/code", code=app_code(owner.secret)).status == 429


def test_three_at_most_and_none_twice(owner: Owner) -> None:
    assert owner.add().status == 200
    assert owner.add().status == 422
    assert [owner.add(Authenticator()).status for _ in range(2)] == [200, 200]
    assert "/me/keys/new" not in owner.keys().text
    full = owner.keys()
    token = full.form("/me/keys/drop").fields
    assert owner.browser.post("/me/keys/new", token).status == 403


def test_the_longest_keys_fit_into_the_vault(owner: Owner) -> None:
    for _ in range(3):
        assert owner.add(Authenticator(id=secrets.token_bytes(passkey.LONGEST_ID))).status == 200
    assert owner.browser.submit("/me/k", "/me/k", **AGAIN).status == 200


def test_a_key_with_a_name_too_long_or_none_is_refused(owner: Owner) -> None:
    assert owner.add(Authenticator(id=secrets.token_bytes(256))).status == 422
    assert owner.add(Authenticator(id=b"")).status == 422


def test_switching_the_second_step_off_takes_them_away(owner: Owner) -> None:
    owner.add()
    off = owner.browser.submit("/me/code", "/me/code/off", **AGAIN, code=app_code(owner.secret))
    assert off.status == 303
    assert owner.browser.get("/me/keys").location == "/me/code"
    clock.offset += 120
    second_step(owner.alice)
    assert "<p>No passkey yet.</p>" in owner.keys().text


@pytest.mark.parametrize(("language", "warns"), [("ar", "يترك أثرًا على الجهاز"), ("en", "leaves traces")])
def test_the_page_warns_before_anything_is_made(owner: Owner, language: str, warns: str) -> None:
    browser = owner.alice.browser(language)
    assert warns in browser.get(f"/me/keys?lang={language}").text
    wrong = browser.submit("/me/keys", "/me/keys", name="alice", **{"pass": "x"})
    assert (wrong.status, "data-passkey" in wrong.text) == (422, False)


def test_without_a_second_step_there_are_none(house: TestHouse) -> None:
    browser = account(house, "alice").browser()
    assert browser.get("/me/keys").location == "/me/code"
    token = browser.get("/me/code").form("/me/code").fields["_f"]
    assert browser.post("/me/keys", {**AGAIN, "_f": token}).status == 403
