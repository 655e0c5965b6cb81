"""What the first page of a list of 100,000 reports costs: what is asked, and the page whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from bench.session_cost import best
from mashrabiya.care import queries
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.test_pages import a_carer
from mashrabiya.discussions.queries.moderation import find_judged
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Database
from mashrabiya.platform.db.schema import create_all
from mashrabiya.safety.rules import urgency_of
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Reason, Thing
from mashrabiya.testing.house import TestHouse

REPORTS, POSTS, MOST_MS = 100_000, 40, 3.0
ROUND = 50


def desk_cost() -> dict[str, Any]:
    """Processor milliseconds for the house's desk and for that of one community."""
    folder = Path(tempfile.mkdtemp())
    database = Database(str(folder / "house.db"))
    create_all(database)
    house = TestHouse(folder, database)
    try:
        scene, carer = Scene(house), a_carer(house)
        _pile_up(house, scene)
        viewer = carer.viewer

        def asked() -> None:
            with database.read() as db:
                place, _ = queries.open_desk(db, viewer, b"")
                queries.queue(db, viewer, place)
                queries.standing_at(db, viewer, place)

        def there() -> None:
            with database.read() as db:
                place, _ = queries.open_desk(db, viewer, scene.cid)
                queries.queue(db, viewer, place)
                queries.standing_at(db, viewer, place)

        whole = best(lambda: carer.browser.get("/care"), ROUND)
        return {
            "asked_ms": best(asked, ROUND),
            "there_ms": best(there, ROUND),
            "page_ms": whole,
            "must_ms": MOST_MS,
        }
    finally:
        house.close()
        shutil.rmtree(folder)


def _pile_up(house: TestHouse, scene: Scene) -> None:
    """Most are of posts that are gone; those of the first page stand."""
    thread = scene.thread()
    for number in range(POSTS):
        scene.reply("alice", thread.tid, f"Reply {number}, of a length that is usual for one. " * 4)
    rows = house.database.connection().execute("SELECT id FROM post").fetchall()
    with house.database.read() as db:
        posts = [bytes(row[0]) for row in rows if find_judged(db, bytes(row[0]))]
    with house.database.write() as uow:
        for number in range(REPORTS):
            reason = Reason.OUTING if number < POSTS else list(Reason)[number % len(Reason)]
            day = clock.day() - (300 if number < POSTS else number % 200)
            uow.insert(
                REPORT,
                id=os.urandom(16),
                cid=scene.cid,
                kind=int(Thing.POST),
                object=posts[number] if number < len(posts) else os.urandom(10),
                reason=int(reason),
                state=0,
                day=day,
                rnull=os.urandom(16),
                note=os.urandom(284),
                mine=os.urandom(16),
                weighs=1,
                stands_for=1,
                urgency=urgency_of(reason),
                since=day,
                until_day=clock.day() + 365,
            )


if __name__ == "__main__":
    print(desk_cost())
