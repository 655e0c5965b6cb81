"""Every address of the house, with what really stands in it: routes filled from the rows there are.

So a route that is added later is asked, too; one with a place that nothing here fills fails loudly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mashrabiya.communities.types import read_tags
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.db import Database

PLACE = re.compile(r"\{(\w+):\w+\}")
MADE_UP = {
    "tid": "7" * 26,
    "cid": "7" * 26,
    "report": "7" * 26,
    "decision": "7" * 26,
    "proposal": "7" * 26,
    "precept": "7" * 26,
    "concept": "7" * 26,
    "appeal": "7" * 26,
    "asking": "7" * 16,
    "service": "7" * 16,
    "line": "7" * 26,
    "story": "7" * 26,
    "quote": "7" * 26,
    "post": "7" * 16,
    "pub": "7" * 10,
    "code": "7" * 16,
    "country": "7" * 16,
    "mistake": "7" * 26,
    "tag": "7" * 26,
    "file": "7" * 26 + ".m",
    "n": "1",
    "guide": "7" * 26,
    "lang": "en",
    "wrong": "7" * 26,
    "number": "1",
    "act": "l",
    "which": "site.tlh",
}
"""Ids as the house makes them, of things that never were. Numbers count what stands in something else."""


@dataclass(slots=True)
class Known:
    """What can stand in an address: (thread, number, post) together, everything else by itself."""

    posts: list[tuple[str, str, str]] = field(default_factory=list)
    others: dict[str, list[str]] = field(default_factory=dict)


def known(database: Database, **more: list[str]) -> Known:
    """Everything that is there."""
    rows = database.connection().execute("SELECT tid, n, id FROM post ORDER BY tid, n").fetchall()
    found = Known([(show_id(bytes(tid)), str(n), show_id(bytes(post))) for tid, n, post in rows])
    found.others = {
        "tid": _ids(database, "thread"),
        "cid": _ids(database, "community"),
        "report": _ids(database, "report"),
        "decision": _ids(database, "decision"),
        "proposal": _ids(database, "proposal"),
        "precept": _ids(database, "precept"),
        "concept": _ids(database, "term"),
        "appeal": _ids(database, "appeal"),
        "asking": _ids(database, "asking"),
        "mistake": _ids(database, "law_mistake"),
        "service": _ids(database, "service"),
        "line": _ids(database, "room_line"),
        "story": _ids(database, "story"),
        "quote": _ids(database, "story_quote"),
        "guide": _ids(database, "guide"),
        "lang": ["en"],
        "wrong": _ids(database, "guide_wrong"),
        "file": [f"{name}.m" for name in _ids(database, "picture", "name")],
        "pub": [str(row[0]) for row in database.connection().execute("SELECT pub FROM persona ORDER BY pub")],
        "code": [],
        "number": ["0", "1", "2"],
        "n": ["1"],
        "act": ["s", "l", "p", "m", "d", "t"],
        "which": [],
        "tag": _tags(database),
        **more,
    }
    return found


def _tags(database: Database) -> list[str]:
    rows = database.connection().execute("SELECT tags FROM community ORDER BY id").fetchall()
    return sorted({tag.shown for (kept,) in rows for tag in read_tags(str(kept))})


def _ids(database: Database, table: str, column: str = "id") -> list[str]:
    rows = database.connection().execute(f"SELECT {column} FROM {table} ORDER BY {column}").fetchall()
    return [show_id(bytes(row[0])) for row in rows]


def filled(path: str, there: Known) -> Iterator[str]:
    """An address of this route for everything that could stand in it; made up where there is nothing."""
    names = PLACE.findall(path)
    unknown = set(names) - MADE_UP.keys()
    assert not unknown, f"say in tests/addresses.py what stands in {unknown} of {path}"
    if {"tid", "n"} <= set(names) or {"tid", "post"} <= set(names):
        for tid, n, post in there.posts:
            yield fill(path, tid=tid, n=n, post=post)
        return
    if not names:
        yield path
        return
    first, *rest = names
    others = {name: (there.others.get(name) or [post for _, _, post in there.posts])[:1] for name in rest}
    for value in there.others.get(first) or ([MADE_UP[first]] if first != "post" else []):
        yield fill(path, **{first: value}, **{name: some[0] for name, some in others.items() if some})
    if first == "post":
        for _, _, post in there.posts:
            yield fill(path, post=post)


def fill(path: str, **values: str) -> str:
    """The address with these in their places; what is not given is made up."""
    return PLACE.sub(lambda place: values.get(place[1]) or MADE_UP[place[1]], path)
