"""The same house by its onion name: everything works there, and nothing leads back to the clear one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST, Tongue
from mashrabiya.people.queries import open_session
from mashrabiya.platform.limits import NETWORK_SIGN_INS
from mashrabiya.platform.web import tokens
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.platform.web.onion import is_onion
from mashrabiya.stewardship.tests.test_pages import host
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import TestHouse

from .discreet.crawl import crawl

ONION = "mash2ab3cd4ef5gh6ij7kl2mn3op4qr5st6uv7wx2yz3ab4cd5ef6g7d.onion"
CLEAR = "house.example"
LANGUAGES = ("ar", "en")


class ByOnion(Browser):
    """Somebody who came through Tor."""

    host = ONION

    def scope(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        return super().scope(method, path, body, {"host": self.host, **headers})


@pytest.fixture
def visitor(house: TestHouse) -> ByOnion:
    house.site.config = replace(house.site.config, sites=(CLEAR, ONION), trusted_proxy="127.0.0.1")
    return ByOnion(house.app, house.runner)


@pytest.fixture
def alice(house: TestHouse, visitor: ByOnion) -> ByOnion:
    """Signed in by the form, as the house sets its cookie there."""
    person = house.person("alice")
    viewer = replace(person.viewer, roles=frozenset({HOST}))
    with house.database.write() as uow:
        new = NewCommunity(name="Stairs", audience=Audience.SIGNED_IN)
        visitor.place = f"/c/{show_id(communities.found(uow, viewer, new))}"  # type: ignore[attr-defined]
    answer = visitor.submit("/in", "/in", name="alice", **{"pass": person.passphrase})
    assert answer.status == 303
    return visitor


@pytest.mark.parametrize(
    ("host", "found"),
    [
        (ONION, True),
        (f"{ONION}:80", True),
        (f"www.{ONION.upper()}", True),
        (CLEAR, False),
        ("onion", False),
        (".onion", False),
        (f"{ONION}.example", False),
        (f"evil.example/{ONION}", False),
        ("", False),
    ],
)
def test_an_onion_is_known_by_its_name(host: str, found: bool) -> None:
    assert is_onion(host.encode()) is found


def test_reading_writing_and_leaving_work_there(alice: ByOnion) -> None:
    place = alice.place  # type: ignore[attr-defined]
    opened = alice.submit(f"{place}/t", f"{place}/t", title="By the stairs", body="A first word")
    thread = opened.location
    answered = alice.submit(thread, thread, body="And a second")
    assert "And a second" in alice.follow(replace_anchor(answered)).text
    left = alice.post("/x", {}, origin=f"http://{ONION}", sec_fetch_site="same-origin")
    assert (left.status, left.location, alice.cookies) == (303, "/g", {})
    assert alice.get(thread).status == 404


def test_nothing_is_sent_out_of_tor(house: TestHouse, alice: ByOnion) -> None:
    page = alice.get("/b/s")
    assert "Not under an onion address" in page.text
    assert "push.js" not in page.text.replace("&#x2f;", "/")
    assert not [form for form in page.forms if form.action == "/b/p"]
    with house.database.read() as db:
        viewer = open_session(db, house.site, alice.cookies[SESSION], Tongue.of("en"))
    assert viewer is not None
    token = tokens.make(house.keys, viewer, "/b/p")
    sent = {"_f": token, "endpoint": "https://web.push.apple.com/Qx"}
    assert alice.post("/b/p", sent).status == 403
    assert house.database.connection().execute("SELECT addr FROM push").fetchall() == []


def replace_anchor(page: Page) -> Page:
    """A browser asks for no anchor."""
    bare = tuple((name, value.split("#")[0] if name == "location" else value) for name, value in page.headers)
    return replace(page, headers=bare)


@pytest.mark.parametrize("port", ["", ":80", ":8081"])
def test_the_exit_stays_on_the_empty_page(visitor: ByOnion, port: str) -> None:
    visitor.host = ONION + port
    empty = visitor.get("/g").text
    assert "http-equiv" not in empty
    assert "<a " not in empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_there_names_the_clear_site(house: TestHouse, alice: ByOnion, language: str) -> None:
    alice.language = language
    pages = 0
    for path, page, _ in crawl(alice, "/", "/openapi.json", "/h", "/e"):
        pages += 1
        told = page.text + str(page.headers)
        assert CLEAR not in told, path
        assert page.header("onion-location") == "", path
        assert page.header("strict-transport-security") == "", path
    assert pages > 25


def test_files_there_ask_for_no_https_either(house: TestHouse, visitor: ByOnion) -> None:
    style = visitor.get(house.site.assets.address("app.css"))
    assert (style.status, style.header("strict-transport-security")) == (200, "")


def test_elsewhere_https_is_asked_for_and_the_onion_is_not_announced(
    house: TestHouse, visitor: ByOnion
) -> None:
    for path in ("/", "/nowhere", house.site.assets.address("app.css")):
        page = house.browser().get(path)
        assert page.header("strict-transport-security")
        assert page.header("onion-location") == ""
        assert ONION not in page.text


def test_a_name_that_is_not_the_houses_is_refused(visitor: ByOnion) -> None:
    visitor.host = "other2ab3cd4ef5gh6ij7kl2mn3op4qr5st6uv7wx2yz3ab4cd5ef6g7.onion"
    assert visitor.get("/").status == 421


def test_plain_http_is_no_trouble_there(visitor: ByOnion) -> None:
    assert "call red" not in visitor.get("/in").text


def _tries(browser: Browser, **forwarded: str) -> list[bool]:
    """Whether each of so many sign-ins was asked for work first, under another name each time."""
    asked = []
    for number in range(NETWORK_SIGN_INS.acts + 2):
        form = browser.get("/in", **forwarded).form("/in").fields
        sent = {**form, "name": f"nobody {number}", "pass": "not a passphrase of anybody"}
        asked.append("data-work" in browser.post("/in", sent, **forwarded).text)
    return asked


def test_who_comes_through_tor_is_slowed_for_nobody_else(visitor: ByOnion) -> None:
    # Not even where she, or a proxy that was set up badly, names an address.
    assert not any(_tries(visitor, x_forwarded_for="203.0.113.7"))


def test_by_the_clear_name_the_network_would_count(house: TestHouse, visitor: ByOnion) -> None:
    """Else the test above would show nothing."""
    assert any(_tries(house.browser(), x_forwarded_for="203.0.113.7"))


def test_the_cookie_keeps_its_prefix_there(alice: ByOnion) -> None:
    assert SESSION in alice.cookies


class TestPlainCookie:
    """Where the host said that browsers refuse the prefix on the onion."""

    @pytest.fixture(autouse=True)
    def _said(self, house: TestHouse, visitor: ByOnion) -> None:
        house.site.config = replace(house.site.config, onion_cookie_plain=True)

    def test_it_is_kept_without_prefix_and_given_back(self, alice: ByOnion) -> None:
        assert set(alice.cookies) == {"v"}
        assert alice.get("/me").status == 200
        alice.post("/x")
        assert alice.cookies == {}

    def test_it_says_what_it_still_can(self, house: TestHouse, visitor: ByOnion) -> None:
        person = house.person("bob")
        answer = visitor.submit("/in", "/in", name="bob", **{"pass": person.passphrase})
        cookie = answer.header("set-cookie")
        assert cookie.startswith("v=")
        assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")

    def test_by_every_other_name_the_prefix_stays(self, house: TestHouse, alice: ByOnion) -> None:
        other = house.browser()
        other.cookies = dict(alice.cookies)
        assert other.get("/me").status == 404
        bob = house.person("bob")
        browser = house.browser()
        browser.submit("/in", "/in", name="bob", **{"pass": bob.passphrase})
        assert set(browser.cookies) == {SESSION}


def test_the_hosts_decide_it_on_their_page(house: TestHouse, visitor: ByOnion) -> None:
    alice, browser = house.person("Alice"), host(house).browser

    def cookie(by: Browser) -> str:
        typed = {"name": alice.name, "pass": alice.passphrase}
        return by.submit("/in", "/in", **typed).header("set-cookie")

    assert "__Host-" in cookie(visitor)
    assert browser.submit("/o/t", "/o/t/onion", plain="1").location == "/o/t?s=1"
    visitor.cookies.clear()
    assert cookie(visitor).startswith("v=")
    assert "__Host-" in cookie(house.browser())
    unticked = {"_f": browser.get("/o/t").form("/o/t/onion").fields["_f"]}
    assert browser.post("/o/t/onion", unticked).status == 303
    visitor.cookies.clear()
    assert "__Host-" in cookie(visitor)
