"""T19, T20: no address, no browser and no word of a member in the database, the files or the log."""

from __future__ import annotations

import inspect
import ipaddress
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mashrabiya import main
from mashrabiya.people.events import PersonaRenamed
from mashrabiya.people.types import Grant
from mashrabiya.platform import due, queue
from mashrabiya.platform.outbox import delivery
from mashrabiya.platform.outbox.facts import kind_of
from mashrabiya.platform.web.application import make_application
from mashrabiya.platform.web.routes import Route
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.browser import Browser, Page
from mashrabiya.testing.house import Person, TestHouse
from tests.addresses import fill
from tests.furnished import somebody


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Everything that was written down since it was asked last."""
    caplog.set_level(logging.DEBUG)

    def since() -> str:
        text = caplog.text + "".join(capfd.readouterr())
        caplog.clear()
        return text

    return since


class Failing:
    """Whatever it is asked, it fails, saying all that it was told."""

    def __getattr__(self, name: str) -> Failing:
        return self

    def __call__(self, *given: object, **named: object) -> None:
        raise RuntimeError(f"{CANARY} {given} {named}")


AGENT = "Xylograph/7.7 (marker of this test)"
CANARY = "canary-4d1c-of-a-member"


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_no_address_and_no_browser_stays(house: TestHouse, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    addresses = [f"203.0.113.{n}" for n in range(1, 41)] + [f"2001:db8:77:{n:x}::5" for n in range(10)]
    person = house.person("alice")
    for number, address in enumerate(addresses):
        browser = house.browser()
        browser.address = address
        browser.cookies = dict(person.browser.cookies) if number % 3 else {}
        _visit(browser, address)
    kept = _files(house.folder) + caplog.text.encode()
    for address in addresses:
        assert address.encode() not in kept
        assert ipaddress.ip_address(address).packed not in kept
    assert b"Xylograph" not in kept


def _visit(browser: Browser, address: str) -> None:
    marked = {"user-agent": AGENT, "x-forwarded-for": address}
    for path in ("/", "/c", "/t", "/in", "/join", "/h", "/me", "/nowhere"):
        browser.get(path, **marked)
    browser.post("/in", {"name": "alice", "pass": "not hers at all"}, **marked)
    browser.post("/x", {}, **marked)


def _raising(route: Route) -> Route:
    def door(request: object, **places: object) -> None:
        raise RuntimeError(f"{CANARY} {request} {places}")

    # Some modules keep their annotations as text: the framework could not read that here.
    door.__signature__ = inspect.signature(route.door, eval_str=True)  # type: ignore[attr-defined]
    return replace(route, door=door)


def test_t20_an_error_at_any_door_is_logged_without_a_word_of_what_was_sent(
    house: TestHouse, logged: Callable[[], str]
) -> None:
    house.site.rooms["limits"].on = False
    person = somebody(house, "alice", Grant.HOST | Grant.CARE)
    opening = b'{"sign_in_name":"alice","passphrase":"%s"}' % person.passphrase.encode()
    bearer = house.browser().send("/api/session", opening, content_type="application/json")
    house.app = make_application(house.site, [_raising(route) for route in main.ROUTES])
    for route in main.ROUTES:
        answer = _knock(house, person, route, bearer.text.split('"')[3])
        assert answer.status == 500, route.path
        # Each was really reached: else there would be nothing to hide.
        text = logged()
        assert "RuntimeError at test_traces.py" in text, route.path
        assert f"in {route.path}" in text
        assert CANARY not in text, route.path


def _knock(house: TestHouse, person: Person, route: Route, bearer: str) -> Page:
    """Ask at this door with the canary wherever words may stand."""
    browser = house.browser()
    browser.cookies = {} if route.api else dict(person.browser.cookies)
    path, marked = fill(route.path), {"user-agent": CANARY, "referer": f"http://localhost/{CANARY}"}
    if route.api:
        marked |= {"authorization": f"Bearer {bearer}"}
        return browser.send(
            f"{path}?q={CANARY}", b'{"body":"%s"}' % CANARY.encode(), method=route.method, **marked
        )
    if route.method == "GET":
        return browser.get(f"{path}?q={CANARY}", **marked)
    fields = {"_f": person_token(house, person.viewer, route.path), "body": CANARY, "text": CANARY}
    if route.uploads:
        return browser.upload(path, fields, {"picture_1": CANARY.encode()}, **marked)
    return browser.post(path, fields, **marked)


@pytest.mark.parametrize("where", ["templates", "open_session"])
def test_t20_nor_is_one_before_or_after_the_door(
    house: TestHouse, monkeypatch: pytest.MonkeyPatch, where: str, logged: Callable[[], str]
) -> None:
    """Nothing escapes to the server beneath, which would write it down with everything it says."""
    person = house.person("alice")
    failing: Any = Failing()
    if where == "templates":
        monkeypatch.setattr(house.site.templates, "render", failing)
    else:
        monkeypatch.setattr(house.site, where, failing)
    browser = house.browser()
    for path in ("/me/notes", "/nowhere", "/s"):
        browser.cookies = dict(person.browser.cookies)
        assert browser.post(path, {"text": CANARY}).status == 500, path
        assert browser.get(f"{path}?q={CANARY}").status == 500, path
    assert "RuntimeError" in (text := logged())
    assert CANARY not in text


def test_t20_nor_is_one_in_the_background(
    house: TestHouse, monkeypatch: pytest.MonkeyPatch, logged: Callable[[], str]
) -> None:
    """In a listener, a job, or a write that was put off."""

    def fail(*given: object) -> None:
        raise RuntimeError(f"{CANARY} {given}")

    for handlers, kind in ((due._handlers, "canary"), (queue._handlers, "canary")):
        monkeypatch.setitem(handlers, kind, fail)
    monkeypatch.setitem(delivery._listeners, kind_of(PersonaRenamed), [fail])
    with house.database.write() as uow:
        due.add(uow, house.keys.of("field"), "canary", CANARY.encode())
        queue.add(uow, "canary", CANARY.encode())
        uow.record(PersonaRenamed(CANARY.encode()[:16]))
    due.Staggered(house.database, house.keys.of("field")).all_now()
    Worker(house.database, house.keys).drain()
    text = logged()
    assert text.count("RuntimeError at") == 3, text
    assert CANARY not in text


def person_token(house: TestHouse, viewer: object, route: str) -> str:
    from mashrabiya.platform.web import tokens

    return tokens.make(house.keys, viewer, route)  # type: ignore[arg-type]
