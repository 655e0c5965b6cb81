"""A member who has read, and leaves: what stood on her pages, and where her browser is led."""

from __future__ import annotations

import threading
from collections.abc import Iterator
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
