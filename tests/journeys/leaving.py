"""A member who has read, and leaves: what stood on her pages, and where her browser is led."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewThread
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.testing.house import Person, TestHouse

SECRETS = ("Only for those who belong", "I told my sister yesterday", "Under the fig tree", "Quiet Heron")
ELSEWHERE = "The weather is fine."


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who belongs to a place with one thread."""

    person: Person
    pages: tuple[str, ...]
    house: TestHouse

    @property
    def cookie(self) -> str:
        return self.person.browser.cookies["__Host-v"]

    def is_signed_in(self) -> bool:
        """Whether the session that she had still opens anything."""
        return self.person.browser.get("/me").status == 200


def reader(house: TestHouse) -> Reader:
    """Each of her pages holds something of members."""
    person = house.person("Quiet Heron")
    viewer = replace(person.viewer, roles=frozenset({HOST}))
    with house.database.write() as uow:
        cid = communities.found(uow, viewer, NewCommunity(name=SECRETS[2], audience=Audience.MEMBERS))
        placed = discussions.open_thread(uow, viewer, cid, NewThread(title=SECRETS[0], body=SECRETS[1]))
    assert placed is not None
    return Reader(person, ("/", f"/c/{show_id(cid)}", f"/t/{show_id(placed.tid)}", "/me/p"), house)


def tells(source: str) -> list[str]:
    """What of hers stands in a page."""
    return [secret for secret in SECRETS if secret in source]


KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length, document.cookie,
]"""
"""What a page of the house left behind in the browser, where scripts may ask."""
COVERED = """() => {
  document.querySelector("form[action='/x'] button").click();
  return [document.title, document.documentElement.textContent];
}"""
"""What can be seen in the very task in which the button is pressed: no time passes that could be measured."""
NOTHING_KEPT = [0, 0, 0, 0, 0, ""]


class Leaving(ABC):
    """Her browser, with her pages in its history: the same steps in every browser, with its own hands."""

    BUTTON = "form[action='/x'] button"
    LOOKS = 400

    def __init__(self, who: Reader) -> None:
        self.reader = who

    @abstractmethod
    def go(self, path: str) -> None:
        """Open a page of the house."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Press it."""

    @abstractmethod
    def step(self, way: str) -> None:
        """``back`` or ``forward``, as far as there is anything."""

    @abstractmethod
    def look(self) -> str:
        """Address, title and page as they stand; nothing between two pages."""

    @abstractmethod
    def rest(self, seconds: float) -> None:
        """Let the browser go on."""

    def read(self) -> None:
        """Each of her pages, one after another."""
        for path in self.reader.pages:
            self.go(path)
            assert tells(self.look()), path

    def leave(self) -> None:
        """By the button; the browser then stands elsewhere."""
        self.click(self.BUTTON)
        self.until(lambda: ELSEWHERE in self.look())

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it, and not without end."""
        for _ in range(self.LOOKS):
            if holds():
                return
            self.rest(0.1)
        raise AssertionError(f"it never came to that: {self.look()[:200]}")

    def still(self) -> str:
        """The page once it stands still: what was left leads elsewhere by itself."""
        before = ""
        for _ in range(self.LOOKS):
            self.rest(0.15)
            now = self.look()
            if now and now == before:
                return now
            before = now
        raise AssertionError("the page never stood still")

    def shows_nothing(self) -> None:
        shown = self.still()
        assert tells(shown) == [], shown[:200]

    def steps_show_nothing(self, *ways: str) -> None:
        """However she or another goes through what the browser remembers."""
        for way in ways:
            self.step(way)
            self.shows_nothing()

    def session_ends(self) -> None:
        """The house hears of it, at the latest when the network is back."""
        self.until(lambda: not self.reader.is_signed_in())


class _Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = f"<!doctype html><title>Weather</title><p>{ELSEWHERE}</p>".encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing is logged."""


@contextmanager
def elsewhere() -> Iterator[str]:
    """The ordinary page of another site, on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
