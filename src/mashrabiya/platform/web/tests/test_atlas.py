"""Which door an address leads to."""

from __future__ import annotations

import pytest

from mashrabiya.main import ROUTES
from mashrabiya.platform.web.atlas import Atlas

DOORS = (
    ("GET", "/", "home"),
    ("GET", "/t", "list"),
    ("POST", "/t", "begin"),
    ("GET", "/t/new", "form"),
    ("GET", "/t/{thread:str}", "thread"),
    ("POST", "/t/{thread:str}", "reply"),
    ("GET", "/t/{thread:str}/x/{n:int}", "translation"),
    ("GET", "/t/w/{place:str}", "word"),
)


@pytest.fixture(scope="module")
def atlas() -> Atlas[str]:
    return Atlas(DOORS)


@pytest.mark.parametrize(
    ("method", "address", "found"),
    [
        ("GET", "/", ("home", {})),
        ("POST", "/t", ("begin", {})),
        # What is said exactly comes before a place for anything, and a word before it.
        ("GET", "/t/new", ("form", {})),
        ("GET", "/t/abc", ("thread", {"thread": "abc"})),
        ("POST", "/t/abc", ("reply", {"thread": "abc"})),
        ("GET", "/t/abc/x/7", ("translation", {"thread": "abc", "n": 7})),
        ("GET", "/t/w/x", ("word", {"place": "x"})),
        # A number that is none, a method that is not there, too little and too much.
        ("GET", "/t/abc/x/seven", None),
        ("DELETE", "/t/abc", None),
        ("GET", "/t/abc/x", None),
        ("GET", "/t/abc/x/7/8", None),
        ("GET", "/u", None),
    ],
)
def test_an_address_leads_to_its_door(
    atlas: Atlas[str], method: str, address: str, found: tuple[str, dict[str, object]] | None
) -> None:
    assert atlas.find(address, method) == found


def test_the_methods_of_an_address_are_known(atlas: Atlas[str]) -> None:
    assert atlas.methods("/t") == ["GET", "POST"]
    assert atlas.methods("/t/abc") == ["GET", "POST"]
    assert atlas.methods("/t/abc/x") == []
    assert atlas.methods("/u") == []


def test_every_route_of_the_house_is_found_by_an_address_of_its_own() -> None:
    atlas = Atlas((route.method, route.path, route) for route in ROUTES)
    for route in ROUTES:
        address = "/".join("7" if part.startswith("{") else part for part in route.path.split("/"))
        found = atlas.find(address, route.method)
        assert found is not None
        assert found[0] is route
