"""Somebody plans a thread by its form, and time passes."""

from __future__ import annotations

from mashrabiya.discussions import queries
from mashrabiya.discussions.types import Planned
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.due import Staggered
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

CANARY = "heron beside the ninth lamp"


def look(person: Person, path: str, at: str = "", **fields: str) -> Page:
    """The time shown back."""
    typed = {"title": "Of herons", "body": CANARY, "later_hour": "9", "later_zone": "0", **fields}
    return person.browser.submit(at or path, path, later_look="1", **typed)


def plan(person: Person, path: str, at: str = "", **fields: str) -> Page:
    """Look at the time, and say yes to it."""
    fields = {"later_in": "5", **fields}
    return accept(person, path, look(person, path, at, **fields))


def accept(person: Person, path: str, shown: Page, **fields: str) -> Page:
    """Say yes to the time that a page shows."""
    return person.browser.post(path, {**shown.form(path).fields, "later": "1", **fields})


def waiting(house: TestHouse, viewer: Viewer) -> list[Planned]:
    with house.database.read() as db:
        return queries.planned(db, viewer)


def pass_by(house: TestHouse, hours: float = 5.2) -> None:
    """The hours pass, and everything that is due then is done."""
    clock.offset += hours * clock.HOUR
    Staggered(house.database, house.keys.of("field")).all_now()


def posts(house: TestHouse) -> list[tuple[object, ...]]:
    """Titles and bodies of what stands."""
    asked = "SELECT t.title, p.body FROM post p JOIN thread t ON t.id = p.tid ORDER BY t.title, p.n"
    return [tuple(row) for row in house.database.connection().execute(asked).fetchall()]
