"""What opening a session costs: alone, with 500 site guards, 50 of a community and 20 of unnamed posts, and by two names."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id
from mashrabiya.people import flows
from mashrabiya.people.commands.guards import set_guard
from mashrabiya.people.commands.private import change_lists
from mashrabiya.people.queries import open_session
from mashrabiya.people.sealed.private import Blocked, Lists, Muted
from mashrabiya.platform.db import Database
from mashrabiya.platform.db.schema import create_all
from mashrabiya.platform.web.cookies import SESSION
from mashrabiya.safety.queries import reach_of
from mashrabiya.testing.house import Person, TestHouse

NAMES, KEPT_AWAY, QUARTER = 2, 5, 92 * clock.DAY
SITE, COMMUNITY, UNNAMED = 500, 50, 20
MOST_MS = 0.15
TIMES, ROUNDS = 2000, 5


def session_cost() -> dict[str, Any]:
    """Processor milliseconds a request: the session alone; with all guards; as somebody with two names that keep others away."""
    folder = Path(tempfile.mkdtemp())
    database = Database(str(folder / "house.db"))
    create_all(database)
    house = TestHouse(folder, database)
    try:
        alice = house.person("alice")
        cid = new_id()
        bare = best(_request(alice, cid))
        _close(house, cid)
        guarded = best(_request(alice, cid))
        _be_several(alice)
        several = best(_request(alice, cid, meets=True))
        return {
            "session_ms": bare,
            "with_guards_ms": guarded,
            "several_names_ms": several,
            "what_protects_ms": round(several - bare, 4),
            "must_ms": MOST_MS,
        }
    finally:
        clock.offset = 0.0
        house.close()
        shutil.rmtree(folder)


def _request(person: Person, cid: bytes, *, meets: bool = False) -> Callable[[], None]:
    """What every request asks: who it is, what is closed to her, and on pages with voices whom she meets."""
    house, shown, tongue = person.house, person.browser.cookies[SESSION], person.viewer.tongue

    def request() -> None:
        with house.database.read() as db:
            viewer = open_session(db, house.site, shown, tongue)
        assert viewer is not None
        house.site.held["guards"].community_case(cid, viewer)
        if meets:
            reach_of(viewer)

    return request


def _be_several(person: Person) -> None:
    """So many names, each of which keeps others away for all of them."""
    for number in range(1, NAMES):
        clock.offset = number * QUARTER
        shown = flows.sign_in(person.house.site, person.name, person.passphrase)
        person.browser.cookies[SESSION] = shown.text
        person.new_persona(f"{person.name} {number}")
        with person.house.database.write() as uow:
            change_lists(uow, person.viewer, lambda _before: _kept())


def _kept() -> Lists:
    return Lists(
        blocks=tuple(Blocked(os.urandom(16), os.urandom(16), True) for _ in range(KEPT_AWAY)),
        mutes=tuple(Muted(pid=os.urandom(16), until=30_000, shared=True) for _ in range(KEPT_AWAY)),
        words=tuple(f"word{number}" for number in range(KEPT_AWAY)),
        words_shared=True,
    )


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
