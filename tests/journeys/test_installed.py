"""An icon on her device, by Chromium's own verdict, and the one page that is there without a network."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask, say
from mashrabiya.testing.house import TestHouse

from .conftest import NewPage
from .test_accessible import sign_in

KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    found[name] = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  }
  return [found, (await navigator.serviceWorker.getRegistrations()).length];
}"""
# Read at one moment, since Chromium takes away what it shows when it likes.
SHOWN = """(last) => navigator.serviceWorker.ready.then((there) => there.getNotifications()).then((all) => {
  const newest = Math.max(0, ...all.map((one) => one.timestamp));
  return newest > last ? [newest, all.map((one) => [one.title, one.body, one.dir])] : null;
})"""
SERVICE = """(endpoint) => {
  PushManager.prototype.subscribe = async (wish) => {
    if (!wish.userVisibleOnly || wish.applicationServerKey.length !== 65) throw new Error("no key");
    return { endpoint, unsubscribe: async () => true };
  };
}"""
PATIENCE, TRIES = 4.0, 5
WORDS = "Basil wants shade at noon"


def verdict(page: Page) -> tuple[list[Any], dict[str, Any]]:
    """What Chromium has against installing this page, and what it read of it."""
    devtools = page.context.new_cdp_session(page)
    against = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    read = devtools.send("Page.getAppManifest")
    assert not read["errors"]
    return against, json.loads(read["data"])


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ar", "en"])
def test_chromium_would_install_it_under_either_name(
    house: TestHouse, new_page: NewPage, language: str
) -> None:
    page = new_page(language)
    sign_in(page, house.person("alice", language=language))
    page.goto("/h")
    assert "no-manifest" in {
        one["errorId"]
        for one in page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")[
            "installabilityErrors"
        ]
    }
    names = set()
    for which in ("site", "plain"):
        page.goto(f"/me/app?as={which}")
        against, manifest = verdict(page)
        # A window that keeps nothing is refused as such; nothing else may stand against it.
        assert {one["errorId"] for one in against} <= {"in-incognito"}
        assert manifest["dir"] == ("rtl" if language == "ar" else "ltr")
        assert manifest["start_url"] == manifest["scope"] == "/"
        names.add(manifest["name"])
        expect(page.locator("main")).to_contain_text(manifest["name"])
    assert names == {house.site.house.name_in(language), {"ar": "ملاحظات", "en": "Notes"}[language]}


@pytest.mark.browser
def test_without_a_network_help_now_is_there_and_nothing_else(house: TestHouse, new_page: NewPage) -> None:
    alice = house.person("alice", language="ar")
    thread = ask(house, alice, open_place(house, alice))
    say(house, alice, thread.tid, WORDS)
    page = new_page("ar")
    sign_in(page, alice)
    page.goto("/me/app")
    page.click("#keep-help")
    expect(page.locator("#help-kept")).to_be_visible()
    # Members' words are read while it is there, and nothing is kept of them.
    for path in (thread.address, "/", "/me", "/c"):
        page.goto(path)
    assert page.evaluate(KEPT) == [{"help-1": ["/h"]}, 1]

    page.context.set_offline(True)
    page.goto(thread.address)
    expect(page.locator("h1")).to_have_text("مساعدة الآن")
    assert WORDS not in page.content()
    assert "alice" not in page.content()
    page.context.set_offline(False)

    # Leaving quickly takes it along: by the button, and by the key when she is signed out already.
    page.goto("/me/app")
    expect(page.locator("#help-kept")).to_be_visible()
    page.locator("form[action='/x'] button").first.click()
    page.wait_for_url("**/*wikipedia.org/**")
    page.goto("/h")
    assert page.evaluate(KEPT) == [{}, 0]
    sign_in(page, house.person("bob", language="ar"))
    page.goto("/me/app")
    page.click("#keep-help")
    expect(page.locator("#help-kept")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/*wikipedia.org/**")
    page.goto("/h")
    assert page.evaluate(KEPT) == [{}, 0]


@pytest.mark.browser
def test_what_was_kept_can_be_let_go(house: TestHouse, new_page: NewPage) -> None:
    page = new_page("en")
    sign_in(page, house.person("alice"))
    page.goto("/me/app")
    page.click("#keep-help")
    page.click("#help-kept button")
    expect(page.locator("#keep-help")).to_be_visible()
    assert page.evaluate(KEPT) == [{}, 0]


@pytest.mark.browser
def test_without_a_script_the_page_says_what_needs_one(house: TestHouse, new_page: NewPage) -> None:
    page = new_page("en", javascript=False)
    sign_in(page, house.person("alice"))
    page.goto("/me/app")
    expect(page.locator("#no-script")).to_be_visible()
    expect(page.locator("#keep-help")).to_be_hidden()


def test_what_an_icon_says_is_the_same_for_everybody(house: TestHouse) -> None:
    alice, visitor = house.person("alice").browser, house.browser()
    for which in ("site.ar", "site.en", "plain.ar", "plain.en"):
        assert alice.get(f"/app/{which}").text == visitor.get(f"/app/{which}").text
    for made_up in ("site", "site.", "plain.xx", "other.ar", "site.ar.ar"):
        assert visitor.get(f"/app/{made_up}").status == 404
    assert "alice" not in visitor.get("/sw.js").text


def newer(page: Page, last: int) -> Any:
    """What is shown once something newer is: of a page's promise playwright waits for the answer, and not for a yes."""
    ends = time.monotonic() + PATIENCE
    while not (found := page.evaluate(SHOWN, last)) and time.monotonic() < ends:
        time.sleep(0.05)
    return found


def push_twice(page: Page) -> list[list[str]]:
    """What a push service would bring, brought by Chromium's devtools; what is shown of the second."""
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    there = {"origin": page.evaluate("location.origin"), "registrationId": found[0], "data": ""}
    newest, shown = 0, list[list[str]]()
    for _ in range(2):
        # Chromium without a screen loses one of two that follow each other now and then: it is brought again.
        for _ in range(TRIES):
            devtools.send("ServiceWorker.deliverPushMessage", there)
            if found_now := newer(page, newest):
                newest, shown = found_now
                break
        else:
            pytest.fail("nothing is shown")
    return shown


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "word", "said"), [("ar", "plain", "تذكير"), ("en", "new", "Something new")]
)
def test_a_push_shows_the_words_that_were_chosen_and_nothing_is_asked_for(
    house: TestHouse, new_page: NewPage, language: str, word: str, said: str
) -> None:
    page = new_page(language)
    page.context.grant_permissions(["notifications"])
    alice = house.person("alice", language=language)
    sign_in(page, alice)
    page.goto("/b/s")
    expect(page.locator("#push-script")).to_be_hidden()
    assert page.evaluate(KEPT) == [{}, 0], "nothing before the switch is pressed"
    # Chromium without its maker's service subscribes nobody; that one is made here, and all else is its own.
    endpoint = f"https://fcm.googleapis.com/fcm/send/{alice.name}"
    page.evaluate(SERVICE, endpoint)
    page.check(f"#push-on input[value={word}]")
    page.click("#push-on button")
    expect(page.locator("#push-off")).to_be_visible()
    with house.database.read() as db:
        kept = house.site.rooms["pushes"].find(db, alice.viewer.pid)
    assert kept is not None
    assert kept.endpoint == endpoint
    assert page.evaluate(KEPT) == [{"help-1": ["/h"], "told-1": ["/told"]}, 1]

    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    shown = push_twice(page)
    # The icon of the page that is open Chromium fetches when it likes.
    asked = [url for url in asked if "/a/mark." not in url]
    assert shown == [[said, "", "rtl" if language == "ar" else "ltr"]]
    assert asked == []

    # Leaving quickly takes it along, here and in the house.
    page.locator("form[action='/x'] button").first.click()
    page.wait_for_url("**/*wikipedia.org/**")
    page.goto("/h")
    assert page.evaluate(KEPT) == [{}, 0]
    house.site.rooms["pushes"].step(whole=True)
    assert house.database.connection().execute("SELECT addr FROM push").fetchall() == []


@pytest.mark.browser
def test_where_no_service_answers_the_switch_says_so_and_keeps_nothing(
    house: TestHouse, new_page: NewPage
) -> None:
    page = new_page("en")
    alice = house.person("alice")
    sign_in(page, alice)
    page.goto("/b/s")
    page.click("#push-on button")
    expect(page.locator("#push-refused")).to_be_visible()
    page.context.grant_permissions(["notifications"])
    page.evaluate(SERVICE, "https://evil.example/wpush/x")
    page.click("#push-on button")
    expect(page.locator("#push-failed")).to_be_visible()
    assert "told-1" not in page.evaluate(KEPT)[0]
    assert house.database.connection().execute("SELECT addr FROM push").fetchall() == []


@pytest.mark.browser
def test_without_a_script_the_switch_says_what_it_needs(house: TestHouse, new_page: NewPage) -> None:
    page = new_page("en", javascript=False)
    alice = house.person("alice")
    sign_in(page, alice)
    page.goto("/b/s")
    expect(page.locator("#push-script")).to_be_visible()
    expect(page.locator("#push-on")).to_be_hidden()
    for risk in (
        "The browser's maker learns",
        "can answer this persona, and watch",
        "Whoever takes this server and its keys learns",
    ):
        expect(page.locator("#push")).to_contain_text(risk)
