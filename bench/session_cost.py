"""What opening a session costs with 500 site guards, 50 of a community and 20 of unnamed posts."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from mashrabiya.kernel.ids import new_id
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.people.queries import open_session
from mashrabiya.platform.db import Database
from mashrabiya.platform.db.schema import create_all
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.testing.house import TestHouse

SITE, COMMUNITY, UNNAMED = 500, 50, 20
MOST_MS = 0.15
TIMES, ROUNDS = 2000, 5


def session_cost() -> dict[str, Any]:
    """Processor milliseconds a request: the session alone, and with all guards, the community's included."""
    folder = Path(tempfile.mkdtemp())
    database = Database(str(folder / "house.db"))
    create_all(database)
    house = TestHouse(folder, database)
    try:
        alice = house.person("alice")
        cid, shown, tongue = new_id(), alice.browser.cookies[SESSION], alice.viewer.tongue

        def request() -> None:
            with database.read() as db:
                viewer = open_session(db, house.site, shown, tongue)
            assert viewer is not None
            house.site.held["guards"].community_case(cid, viewer)

        bare = best(request)
        _close(house, cid)
        return {"session_ms": bare, "with_guards_ms": best(request), "must_ms": MOST_MS}
    finally:
        house.close()
        shutil.rmtree(folder)


def _close(house: TestHouse, cid: bytes) -> None:
    kinds = [("site", b"", 16)] * SITE + [("comm", cid, 16)] * COMMUNITY + [("anon_site", b"", 32)] * UNNAMED
    with house.database.write() as uow:
        for kind, scope, size in kinds:
            set_guard(uow, kind, os.urandom(size), scope=scope, days=30, case=b"case")
    house.site.held.refresh()


def best(request: Any, times: int = TIMES) -> float:
    """The cheapest of some rounds, per request."""
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            request()
        found.append((time.process_time() - began) * 1000 / times)
    return round(min(found), 4)
