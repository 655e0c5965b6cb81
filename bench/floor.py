"""The floor: the same pages from raw ASGI, sqlite3, folded minijinja and zstd.

No routing, no session, no guards, no form tokens, no headers but three: what the
house costs above this is what its order costs. It gives the same bytes.
"""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from mashrabiya import main
from mashrabiya.communities import queries as communities
from mashrabiya.discussions import api, queries
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.notifications.queries import new_for
from mashrabiya.platform.db import Read
from mashrabiya.platform.settings import Config
from mashrabiya.platform.web.answers import compressor, new_submission
from mashrabiya.safety.trust.types import FREE

SITE = main.make_site(
    Config(data=Path(os.environ["BENCH_DATA"]), key_file=os.environ["BENCH_KEY"]),
)
HOUSE = SITE.house
DB = Read(SITE.database, SITE.database.connection())
VISITOR = Viewer.visitor(Tongue.of("ar"))
ZSTD = compressor()


def _member() -> Viewer:
    found = SITE.open_session(DB, SITE, os.environ["BENCH_COOKIE"], Tongue.of("ar"))
    assert found is not None
    return found


MEMBER = _member()
_FIRST = queries.beginning(DB, MEMBER)
# The house asks for these once a day.
KNOWN = _FIRST.soon, _FIRST.learned


@cache
def _token(route: str) -> str:
    """As long, and as hard to compress, as the token of a form."""
    return sha256(route.encode()).hexdigest()


# Whether the word stands beside the tab of notices: the house knows it after a second.
NEW = new_for(DB, MEMBER)


def _page(name: str, viewer: Viewer, path: str, **values: Any) -> bytes:
    html = SITE.templates.render(
        name,
        viewer.tongue,
        {
            "viewer": viewer,
            "house": HOUSE,
            "site_name": HOUSE.name_in("ar"),
            "path": path,
            "kept_query": "",
            "tabs": SITE.bar.tabs(viewer, path, new=viewer is MEMBER and NEW),
            "csrf": _token,
            "new_submission": new_submission,
            "dark_media": "(prefers-color-scheme: dark)",
            **values,
        },
    )
    return html.encode()


def latest(path: str) -> bytes:
    return _page("discussions/latest.html", VISITOR, path, threads=queries.latest(DB, VISITOR))


def thread(path: str) -> bytes:
    found = queries.thread_page(DB, MEMBER, read_id(path[3:], 16))
    values = {"found": found, "ways": found.ways, "answered": None, "form": {}, "more": False, "wrong": {}}
    # She is settled: nothing is said of what somebody new may do.
    return _page("discussions/thread.html", MEMBER, path, allowed=FREE, **values)


def home(path: str) -> bytes:
    first = queries.beginning(DB, MEMBER, KNOWN)
    values = {
        "waiting": first.waiting,
        "threads": queries.home_threads(DB, MEMBER),
        "mine": communities.my_communities(DB, MEMBER),
        "lit": first.lit,
        "soon": first.soon,
        "learned": first.learned,
        "first_week": not MEMBER.settled,
        "unfinished": False,
    }
    return _page("home/home.html", MEMBER, path, **values)


def home_json(_path: str) -> bytes:
    now = clock.now()
    threads = queries.home_threads(DB, MEMBER)
    answer = api.HomeOut(
        [api.PlaceOut(show_id(card.id), card.name) for card in communities.my_communities(DB, MEMBER)],
        [api.ThreadOut.of(row, now) for row in queries.waiting(DB, MEMBER)],
        [api.ThreadOut.of(row, now) for row in threads.rows],
        threads.after,
    )
    return msgspec.json.encode(answer)


async def app(scope: Any, _receive: Any, send: Any) -> None:
    """Raw ASGI: the path decides which function makes the bytes."""
    path = scope["path"]
    if path == "/t":
        body, kind = latest(path), b"text/html; charset=utf-8"
    elif path.startswith("/t/"):
        body, kind = thread(path), b"text/html; charset=utf-8"
    elif path == "/":
        body, kind = home(path), b"text/html; charset=utf-8"
    else:
        body, kind = home_json(path), b"application/json"
    body = ZSTD.compress(body)
    headers = [
        (b"content-type", kind),
        (b"content-encoding", b"zstd"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
