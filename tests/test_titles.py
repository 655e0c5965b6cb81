"""A browser keeps titles and addresses: none of either may tell what somebody read, whatever she asked for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from mashrabiya import main
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries
from mashrabiya.discussions.types import NewReply, NewThread
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.platform.house import DEFAULT_NAME
from mashrabiya.platform.web import Route
from mashrabiya.platform.web.shell import BODY_LIMIT
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse

from .discreet.sight import Sight, telling

LANGUAGES = ("ar", "en")
# The site's name, or a word that any site has: settings, a guide, the library, a page that is not there.
SECTIONS = {"en": {"Settings", "Guide", "Library"}, "ar": {"الإعدادات", "دليل", "المكتبة"}}
WORDLESS = {"404", "…"}
LEAVING = {"/x", "/g", "/me/out", "/me/end"}
SECRET = {
    "title": "Telling title",
    "body": "Telling words",
    "place": "Telling place",
    "name": "Telling Heron",
}
_PLACE = re.compile(r"\{(\w+):str\}")


class Full:
    """One of everything that has an address."""

    def __init__(self, house: TestHouse) -> None:
        self.house, self.alice = house, house.person(SECRET["name"])
        viewer = replace(self.alice.viewer, roles=frozenset({HOST}))
        with house.database.write() as uow:
            new = NewCommunity(name=SECRET["place"], about=SECRET["body"], audience=Audience.PUBLIC)
            cid = communities.found(uow, viewer, new)
            thread = NewThread(title=SECRET["title"], body=SECRET["body"])
            placed = discussions.open_thread(uow, viewer, cid, thread)
            assert placed is not None
            discussions.reply(uow, viewer, placed.tid, NewReply(body=SECRET["body"]))
        with house.database.read() as db:
            post = queries.thread_page(db, viewer, placed.tid).posts[1].shown
        assert viewer.face is not None
        self.real = {"cid": show_id(cid), "tid": show_id(placed.tid), "post": post, "pub": viewer.face.pub}

    def address(self, route: Route) -> str:
        """Its address with what is really there, where that is known."""
        return _PLACE.sub(lambda found: self.real.get(found[1], show_id(bytes(16))), route.path)

    def browsers(self, language: str) -> Iterator[Browser]:
        """Somebody without a session, and Alice."""
        for person in (None, self.alice):
            yield _browser(self.house, person, language)


def _browser(house: TestHouse, person: Person | None, language: str) -> Browser:
    browser = house.browser(language)
    if person:
        browser.cookies = {**person.browser.cookies, "l": f"{language}."}
    return browser


@pytest.fixture
def full(house: TestHouse) -> Full:
    return Full(house)


def _answers(browser: Browser, address: str) -> Iterator[Page]:
    """One address in every way that somebody may ask for it."""
    yield browser.get(address)
    yield browser.get(f"{address}?q=Telling+title&next=/c")
    yield browser.post(address, {"title": SECRET["title"], "body": SECRET["body"], "q": SECRET["place"]})
    yield browser.post(address, {"title": SECRET["title"]}, origin="https://elsewhere.example")
    for method in ("PUT", "DELETE", "OPTIONS"):
        yield browser.send(address, b"title=Telling+title", method=method)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_on_any_route_says_what_is_read(full: Full, language: str) -> None:
    allowed = {DEFAULT_NAME[language], *SECTIONS[language], *WORDLESS}
    seen: set[str] = set()
    for address, page in _pages(full, language):
        title = Sight(page.text).title
        assert title in allowed, (address, page.status, title)
        seen.add(title)
    assert seen == allowed, "each kind of title was met"


def _pages(full: Full, language: str) -> Iterator[tuple[str, Page]]:
    """Every page that any route answers with."""
    addresses = [full.address(route) for route in main.ROUTES if not route.api and route.path not in LEAVING]
    for browser, address in itertools.product(full.browsers(language), addresses):
        kept = dict(browser.cookies)
        for page in _answers(browser, address):
            browser.cookies = dict(kept)
            if page.body and page.header("content-type").startswith("text/html"):
                yield address, page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_of_a_failure_says_what_was_sent(full: Full, language: str) -> None:
    for browser in full.browsers(language):
        large = browser.send("/t/" + full.real["tid"], b"body=" + b"x" * BODY_LIMIT)
        gone = browser.get("/" + SECRET["title"].replace(" ", "-"))
        for page in (large, gone):
            assert Sight(page.text).title in {DEFAULT_NAME[language], *WORDLESS}, page.status


def test_no_address_has_a_word_in_it_that_tells() -> None:
    for route in main.ROUTES:
        assert telling(route.path) == []
        for part in route.path.split("/"):
            assert len(part) <= 12 or part.startswith("{"), route.path


def test_after_a_form_the_address_holds_nothing_that_was_typed(full: Full) -> None:
    alice = full.alice.browser
    found = alice.post("/c", {"q": "Telling place"})
    thread = f"/c/{full.real['cid']}/t"
    opened = alice.submit(thread, thread, title="Another telling title", body="Telling")
    sought = alice.post("/q", {"q": "Another telling title"})
    for page in (found, opened, sought):
        assert page.status == 303
        assert "elling" not in page.location
