"""What /openapi.json promises to programs is what the JSON doors answer."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from mashrabiya import main
from mashrabiya.discussions import queries
from mashrabiya.discussions.commands.pictures import hang
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.tests.tagging import COOKING, offer, tagged
from mashrabiya.discussions.types import NewPicture
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.media import Prepared, keeping, prepare
from mashrabiya.platform.media.tests import samples
from mashrabiya.platform.web import Route
from mashrabiya.platform.web.failures import API_WORDS, NO_SUCH_METHOD, OURS, SIGNED_OUT, TOO_LARGE, Wrong
from mashrabiya.platform.web.shell import BODY_LIMIT
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

DOORS = [route for route in main.ROUTES if route.api]
MADE_UP = show_id(bytes(16))


def named(route: Route) -> str:
    return f"{route.method} {route.path}"


def keep_picture(house: TestHouse, post: bytes) -> str:
    """A picture in that post; its name."""
    drawn = prepare(samples.plain("PNG", (60, 40)))
    assert isinstance(drawn, Prepared)
    name = keeping.store_of(house.folder).put(drawn)
    with house.database.write() as uow:
        hang(uow, post, [NewPicture(bytes.fromhex(name), "A pot", 60, 40)])
    return name


class Programs:
    """A program with Alice's token and one without, and what the house promises them."""

    def __init__(self, house: TestHouse) -> None:
        self.alice = house.person("Alice")
        bob = house.person("Bob")
        cid = open_place(house, self.alice, bob)
        (tag,) = offer(house.database, self.alice.viewer, cid, COOKING)
        tid, self.tag = tagged(house.database, self.alice.viewer, cid, tag).tid, tag.shown
        answer(house.database, bob.viewer, tid)
        self.thread = show_id(tid)
        with house.database.read() as db:
            posts = queries.thread_page(db, self.alice.viewer, tid).posts
        self.post = posts[1].shown
        self.picture = show_id(bytes.fromhex(keep_picture(house, posts[1].id)))
        self.house = house
        self.token = self._token(self.alice)
        self.document = json.loads(house.browser().get("/openapi.json").body)

    def _token(self, person: Person) -> str:
        opening = {"sign_in_name": person.name, "passphrase": person.passphrase}
        page = self.house.browser().send("/api/session", msgspec.json.encode(opening))
        return str(json.loads(page.body)["token"])

    def send(self, method: str, path: str, body: bytes = b"", *, token: bool = True) -> Page:
        headers = {"authorization": f"Bearer {self.token}"} if token else {}
        return self.house.browser().send(path, body, method=method, **headers)

    def promised(self, route: Route) -> Any:
        path = route.path.replace(":str}", "}")
        return self.document["paths"][path][route.method.lower()]

    def path(self, route: Route, tid: str = "") -> str:
        file = f"{tid or self.picture}.small"
        path = route.path.replace("{tid:str}", tid or self.thread).replace("{post:str}", self.post)
        path = path.replace("{n:str}", "1")
        path = path.replace("{tag:str}", tid or self.tag)
        return path.replace("{file:str}", file)

    def holds(self, route: Route, page: Page) -> bool:
        """The status is promised, and the body has the promised shape, nothing more and nothing less."""
        assert str(page.status) in self.promised(route)["responses"], (named(route), page.status, page.text)
        if page.status == 204:
            return page.body == b""
        shape = route.contract.gives if page.status == route.contract.status else Wrong
        media = route.contract.media if page.status == route.contract.status else ""
        assert page.header("content-type") == (media or "application/json")
        if media:
            return page.body.startswith(b"RIFF")
        return msgspec.json.encode(msgspec.json.decode(page.body, type=shape)) == page.body


@pytest.fixture
def programs(house: TestHouse) -> Programs:
    return Programs(house)


ROUGH = [b"", b"{", b"[]", b"null", b'{"body": 7}', b"\xff", b"[" * 5000]
GOOD_BODIES: dict[str, Callable[[Programs], Any]] = {
    "POST /api/session": lambda p: {"sign_in_name": p.alice.name, "passphrase": p.alice.passphrase},
    "POST /api/t/{tid:str}": lambda p: {"body": "From a program"},
    "POST /api/t/{tid:str}/h/{post:str}": lambda p: {"helped": True},
    "POST /api/t/{tid:str}/x/{n:str}": lambda p: {"body": "نعناع.", "lang": "ar", "title": "نعناع"},
}


def test_every_door_keeps_its_promise(programs: Programs) -> None:
    # What ends the session stands last.
    for route in sorted(DOORS, key=lambda route: route.method == "DELETE"):
        body = GOOD_BODIES.get(named(route))
        sent = msgspec.json.encode(body(programs)) if body else b""
        page = programs.send(route.method, programs.path(route), sent)
        assert page.status == route.contract.status, (named(route), page.text)
        assert programs.holds(route, page), named(route)


@pytest.mark.parametrize("route", DOORS, ids=named)
def test_every_refusal_is_promised(programs: Programs, route: Route) -> None:
    for body, token, tid in itertools.product(ROUGH, (True, False), ("", MADE_UP, "%00")):
        page = programs.send(route.method, programs.path(route, tid), body, token=token)
        assert programs.holds(route, page)


@pytest.mark.parametrize("route", [route for route in DOORS if route.contract.takes], ids=named)
def test_too_much_is_promised(programs: Programs, route: Route) -> None:
    page = programs.send(route.method, programs.path(route), b"a" * (BODY_LIMIT + 1))
    assert page.status == 413
    assert programs.holds(route, page)


@pytest.mark.parametrize("route", DOORS, ids=named)
def test_a_token_is_asked_for_where_it_says_so(programs: Programs, route: Route) -> None:
    needed = {} not in programs.promised(route)["security"]
    if route.path.startswith("/api/"):
        answered = programs.send(route.method, programs.path(route), b"{}", token=False).status
        assert (answered == 401) == needed


@pytest.mark.parametrize("route", DOORS, ids=named)
def test_whoever_writes_also_says_what_is_taken(route: Route) -> None:
    assert bool(route.contract.gives) == (route.contract.status != 204)
    assert bool(route.contract.takes) == (route.method == "POST")


def test_pages_are_not_in_it(programs: Programs) -> None:
    paths = set(programs.document["paths"])
    assert paths == {route.path.replace(":str}", "}") for route in DOORS}
    assert "/me" not in paths


def test_a_method_that_a_door_does_not_know_is_said(programs: Programs) -> None:
    for method in ("PUT", "OPTIONS", "TRACE"):
        page = programs.send(method, f"/api/t/{programs.thread}", b"{}")
        assert (page.status, json.loads(page.body)) == (405, {"error": "method"})
        assert page.header("allow") == "GET, POST"
    assert programs.send("TRACE", "/health").status == 405
    # A page says nothing of the kind: there it is what is not there.
    missing = programs.send("PUT", "/there/is/none", token=False)
    for method in ("PUT", "OPTIONS"):
        page = programs.send(method, "/me", token=False)
        assert (page.status, page.body) == (404, missing.body)


def test_every_word_that_is_said_is_promised() -> None:
    said = {word for word, _ in (*API_WORDS.values(), SIGNED_OUT, NO_SUCH_METHOD, TOO_LARGE, OURS)}
    assert said == set(msgspec.json.schema(Wrong)["$defs"]["Wrong"]["properties"]["error"]["enum"])
