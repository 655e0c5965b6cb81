"""Everything that everybody sees of a house, and where two houses differ in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from mashrabiya import main
from mashrabiya.library.laws.queries import address_of
from mashrabiya.platform.db import metadata
from mashrabiya.platform.web.routes import Route
from mashrabiya.testing.browser import Page
from tests.oracles.world import AUTHORS, LOOKING, World

Seen = dict[tuple[str, str], tuple[int, tuple[tuple[str, str], ...], bytes]]
VISITOR = "a visitor"
EVERYBODY = (VISITOR, *LOOKING, *AUTHORS)
_NOBODY = "0" * 26
_ADDRESSES = ("?n=2", "?only=helped", "?to=5", "?quote=5", "?kind=2", "?all=1", "?go=4", "?day=2026-09-20")
_LISTS = ("/t?only=waiting", "/?in=ar")
_PLACE = re.compile(r"\{(\w+):\w+\}")


def look(world: World, *viewers: str, everywhere: bool = False) -> Seen:
    """All that these people see where the unnamed stands, or at every address the house has."""
    seen: Seen = {}
    paths = list(dict.fromkeys(chain(_where_it_stands(world), _everywhere(world) if everywhere else ())))
    world.chance.begin("everybody looks")
    programs = list(dict.fromkeys(_by_program(world)))
    for who in viewers:
        browser = world.house.browser() if who == VISITOR else world[who].browser
        before = dict(browser.cookies)
        for path in paths:
            world.chance.begin(f"{who} looks at {path}")
            seen[who, path] = told(browser.get(path))
            browser.cookies = dict(before)
        headers = {"authorization": f"Bearer {world.told.people[who].bearer}"} if who != VISITOR else {}
        for path in programs:
            world.chance.begin(f"a program of {who} looks at {path}")
            seen[who, path] = told(browser.send(path, b"", method="GET", **headers))
    return seen


def told(page: Page) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    return page.status, page.headers, page.body


def differences(one: Seen, other: Seen) -> list[str]:
    """What somebody could tell the houses apart by; nothing, it is hoped."""
    assert one.keys() == other.keys(), one.keys() ^ other.keys()
    return [
        f"{who} at {path}: {_where(one[who, path][2], other[who, path][2])}"
        for who, path in one
        if one[who, path] != other[who, path]
    ]


def _where(one: bytes, other: bytes) -> str:
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    around = slice(max(0, at - 60), at + 90)
    return f"\n   {one[around].decode(errors='replace')!r}\n   {other[around].decode(errors='replace')!r}"


def _where_it_stands(world: World) -> Iterator[str]:
    yield from world.threads.values()
    yield from (world.threads["Open"] + address for address in _ADDRESSES[:4])
    yield from (
        "/",
        "/t",
        "/n",
        "/c",
        "/q?q=the",
        world.place,
        f"{world.place}/care",
        "/me/m",
        *_LISTS,
        f"{world.place}?tag=1",
    )
    yield from (f"/p/{pub}{door}" for pub in world.pubs() for door in ("", "/v"))
    yield from ("/me/can", "/me/i", "/me/v", "/care/v", "/b", "/b?of=replies", "/b/d?of=week", "/b/s")
    yield from (f"/care/{report}" for report in world.ids("report"))
    yield from ("/y/e", "/y/e/me", *world.stories)
    yield from (f"/r/e/{path.rpartition('/')[2]}" for path in world.stories)


def _by_program(world: World) -> Iterator[str]:
    yield from ("/api/home", "/api/t", "/api/t?only=waiting")
    yield from (f"/api{world.threads[title]}" for title in ("Open", "Unnamed"))


def _everywhere(world: World) -> Iterator[str]:
    """Every address of the house that can be read, with everything that could stand in it."""
    for thread in world.threads.values():
        yield from (thread + address for address in _ADDRESSES)
    for route in main.ROUTES:
        if route.method == "GET" and not route.api and route.path != "/g":
            yield from filled(world, route)


def filled(world: World, route: Route) -> Iterator[str]:
    """A route with what this house has for its places; a place that nobody here knows is said."""
    names = _PLACE.findall(route.path)
    if {"tid", "n"} <= set(names) or {"tid", "post"} <= set(names):
        for tid, n, post in world.numbers():
            yield _fill(route.path, {"tid": tid, "n": str(n), "post": post})
        return
    known = _known(world)
    values = [known[name] or [_NOBODY] for name in names]
    if not values:
        yield route.path
        return
    for first in values[0]:
        yield _fill(
            route.path,
            {names[0]: first, **{name: some[0] for name, some in zip(names[1:], values[1:], strict=True)}},
        )


def _known(world: World) -> dict[str, list[str]]:
    """What this house has for each place of an address."""
    return {
        "tid": [thread.rpartition("/")[2] for thread in world.threads.values()],
        "cid": world.ids("community"),
        "pub": world.pubs(),
        "report": world.ids("report"),
        "decision": world.ids("decision"),
        "appeal": world.ids("appeal"),
        "asking": world.ids("asking"),
        "service": world.ids("service"),
        "line": world.ids("room_line"),
        "guide": world.ids("guide"),
        "story": world.ids("story"),
        "quote": world.ids("story_quote"),
        "concept": world.ids("term"),
        "lang": ["en"],
        "wrong": world.ids("guide_wrong"),
        "proposal": world.ids("proposal"),
        "precept": world.ids("precept"),
        "post": [post for _, _, post in world.numbers()],
        "number": ["0", "1", "2"],
        "act": ["l", "p", "s", "m", "d", "t"],
        "tag": world.tags(),
        "n": ["1"],
        "code": ["0" * 16],
        "country": [address_of(world.house.keys, "EG")],
        "mistake": [_NOBODY],
        "which": ["site.ar", "plain.en"],
        "file": [f"{_NOBODY}.m"],
    }


def _fill(path: str, values: dict[str, str]) -> str:
    return _PLACE.sub(lambda place: values[place[1]], path)


Rows = dict[str, list[tuple[object, ...]]]
# What stands in place of an unnamed author, and what is made of it: she alone can make the tokens again.
_MADE_OF_TOKENS = {("post", "tok"), ("story", "tok"), ("welcome", "tag"), ("guard", "subject")}
# Where tokens stand beside what is none.
_PARTLY = {("notice", "addr"): "CASE WHEN kind < 16 THEN addr END"}


def at_rest(world: World) -> Rows:
    """Every row of every table but for the tokens."""
    kept: Rows = {}
    for table in metadata.sorted_tables:
        names = ", ".join(
            _PARTLY.get((table.name, column.name), column.name)
            for column in table.c
            if (table.name, column.name) not in _MADE_OF_TOKENS
        )
        rows = world.house.database.connection().execute(f'SELECT {names} FROM "{table.name}"').fetchall()
        kept[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return kept
