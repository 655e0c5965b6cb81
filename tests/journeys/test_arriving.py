"""An answer that is written while a thread is open stands there without the page being asked for anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.thread_steps import ask, say
from mashrabiya.kernel import clock
from mashrabiya.people.queries.idle import IDLE_SECONDS
from mashrabiya.people.tests.test_locking import with_pin
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import Person, TestHouse

from . import steps
from .conftest import NewPage
from .test_accessible import sign_in

REPLIES, ARRIVED, FIELD = "#replies > article", "#arrived", "#write textarea[name=body]"
PATIENCE_MS = 30_000


def see(page: Page, many: int) -> None:
    expect(page.locator(REPLIES)).to_have_count(many, timeout=PATIENCE_MS)


@pytest.mark.browser
def test_two_people_read_and_write_one_thread(house: TestHouse, new_page: NewPage) -> None:
    """In Arabic and English: what one sends, the other sees; and nothing moves under somebody who writes."""
    alice, bob = house.person("alice", language="ar"), house.person("bob")
    thread = ask(house, alice, open_place(house, alice, bob))
    hers, his = new_page("ar"), new_page("en", width=1280)
    sign_in(hers, alice)
    sign_in(his, bob)
    hers.goto(thread.address)
    his.goto(thread.address)
    # Two tabs of one browser share one line.
    second = hers.context.new_page()
    second.goto(thread.address)
    his.fill(FIELD, "Shade, and little water.")
    steps.send(his, thread.address)
    for tab in (hers, second):
        see(tab, 1)
        expect(tab.locator(REPLIES)).to_contain_text("Shade, and little water.")
    expect(hers.locator("#arrived-said")).to_contain_text("١")
    hub = house.site.rooms["live"].hub
    while len(hub) < 2:
        his.wait_for_timeout(50)
    assert len(hub) == 2

    # Whoever writes is told, and nothing moves.
    hers.locator(FIELD).press_sequentially("شكر")
    say(house, bob, thread.tid, "Once a week.")
    expect(hers.locator(ARRIVED)).to_be_visible(timeout=PATIENCE_MS)
    see(hers, 1)
    hers.locator(f"{ARRIVED} a").click()
    see(hers, 2)
    expect(hers.locator(FIELD)).to_have_value("شكر")

    # The tab that held the line goes; the other one holds it from then on.
    hers.close()
    say(house, bob, thread.tid, "Or twice.")
    see(second, 3)


@pytest.mark.browser
def test_what_comes_by_itself_is_no_use_of_her_session(house: TestHouse, new_page: NewPage) -> None:
    """An open page in a lively thread would else keep a phone that was left behind from ever asking for its number."""
    dana = Person("Dana", "", (), with_pin(house, "Dana").browser(), house)
    bob = house.person("bob")
    thread = ask(house, dana, open_place(house, dana, bob))
    page = new_page("en")
    sign_in(page, dana)
    page.goto(thread.address)
    idle, sid = house.site.rooms["idle"], dana.viewer.sid
    clock.offset += IDLE_SECONDS / 2
    before = dict(idle._used)
    say(house, bob, thread.tid, "Shade.")
    see(page, 1)
    assert idle._used[sid] == before[sid]
    page.reload()
    assert idle._used[sid] > before[sid]


@pytest.mark.browser
def test_what_comes_for_another_name_stands_not_on_this_page(house: TestHouse, new_page: NewPage) -> None:
    """Whoever signs in beside an open tab is shown nothing in it: that page is another's, and says who comes back to it."""
    alice, bob = house.person("alice"), house.person("bob")
    thread = ask(house, alice, open_place(house, alice, bob))
    page = new_page("en")
    sign_in(page, alice)
    page.goto(thread.address)
    sign_in(second := page.context.new_page(), bob)
    second.goto(thread.address)
    say(house, bob, thread.tid, "Shade.")
    see(second, 1)
    expect(page.locator(ARRIVED)).to_be_visible(timeout=PATIENCE_MS)
    see(page, 0)


@pytest.mark.browser
def test_a_page_that_nobody_sees_asks_nothing(house: TestHouse, new_page: NewPage) -> None:
    """What is asked for counts as read: it waits until she is back."""
    alice, bob = house.person("alice"), house.person("bob")
    thread = ask(house, alice, open_place(house, alice, bob))
    page = new_page("en")
    sign_in(page, alice)
    page.goto(thread.address)
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => self.away, configurable: true })")
    page.evaluate("self.away = true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_event("console", timeout=PATIENCE_MS):
        page.evaluate("document.addEventListener('live', () => console.log('told'))")
        say(house, bob, thread.tid, "Shade.")
    page.wait_for_timeout(100)
    assert [url for url in asked if "/t/" in url] == []
    page.evaluate("self.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    see(page, 1)


@pytest.mark.browser
def test_without_a_script_one_press_looks_again(house: TestHouse, new_page: NewPage) -> None:
    alice, bob = house.person("alice", language="ar"), house.person("bob")
    thread = ask(house, alice, open_place(house, alice, bob))
    page = new_page("ar", javascript=False)
    sign_in(page, alice)
    page.goto(thread.address)
    say(house, bob, thread.tid, "Shade.")
    page.locator("#again a").click()
    see(page, 1)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "word"), [("ar", "جديد"), ("en", "new")])
def test_the_word_beside_the_tab_comes_to_an_open_page(
    house: TestHouse, new_page: NewPage, language: str, word: str
) -> None:
    alice, bob = house.person("alice", language=language), house.person("bob")
    thread = ask(house, alice, open_place(house, alice, bob))
    page = new_page(language)
    sign_in(page, alice)
    page.goto("/me")
    mark = page.locator(".tabs a[href='/b'] b")
    expect(mark).to_have_count(0)
    hub = house.site.rooms["live"].hub
    # A page that watches for nothing else does so once somebody stays on it.
    while not len(hub):
        page.wait_for_timeout(100)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit(":", 1)[-1].split("/", 1)[1]))
    say(house, bob, thread.tid, "Shade.")
    Worker(house.database, house.keys).drain()
    expect(mark).to_have_text(word, timeout=PATIENCE_MS)
    assert asked == ["b/new"]
