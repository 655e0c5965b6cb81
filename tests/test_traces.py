"""T19, T20: no address, no browser and no word of a member in the database, the files or the log."""

from __future__ import annotations

import inspect
import ipaddress
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from mashrabiya import main
from mashrabiya.platform.web.application import make_application
from mashrabiya.platform.web.routes import Route
from mashrabiya.testing.browser import Browser
from mashrabiya.testing.house import TestHouse

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


def test_an_error_is_logged_without_a_word_of_what_was_sent(
    house: TestHouse, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    person = house.person("alice")
    house.app = make_application(house.site, [_raising(route) for route in main.ROUTES])
    browser = house.browser()
    browser.cookies = dict(person.browser.cookies)
    for route in main.ROUTES:
        path = _filled(route.path)
        if route.method == "GET":
            browser.get(f"{path}?q={CANARY}")
        else:
            fields = {"_f": person_token(house, person.viewer, route.path), "body": CANARY}
            browser.post(path, fields, referer=f"http://testserver/{CANARY}")
    assert "RuntimeError" in caplog.text
    out, err = capfd.readouterr()
    assert CANARY not in caplog.text + out + err


def _filled(path: str) -> str:
    import re

    return re.sub(r"\{\w+:str\}", "0" * 26, path)


def person_token(house: TestHouse, viewer: object, route: str) -> str:
    from mashrabiya.platform.web import tokens

    return tokens.make(house.keys, viewer, route)  # type: ignore[arg-type]
