"""What carers do among themselves, for tests, and what of it is kept."""

from __future__ import annotations

from sqlalchemy import select

from mashrabiya.care import commands, queries, rules
from mashrabiya.care.tables import ASIDE, CLAIM
from mashrabiya.care.tests.desks import KEYS, Desk
from mashrabiya.care.types import Beside, Case, NewAside, OnDesk
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement

CLAIMS: Statement[None] = Statement(select(CLAIM.c.pid, CLAIM.c.by))
ASIDES: Statement[None] = Statement(select(ASIDE.c.wish, ASIDE.c.waits, ASIDE.c.words, ASIDE.c.by))
SECRET = "canary-among-carers"


def take(desk: Desk, case: Case, by: Viewer) -> None:
    with desk.database.write() as uow:
        commands.take(uow, by, case.id)


def give(desk: Desk, case: Case, by: Viewer) -> None:
    with desk.database.write() as uow:
        commands.give_back(uow, by, case.id)


def hand(desk: Desk, case: Case, by: Viewer, why: str = SECRET, *, shared: bool = False) -> None:
    with desk.database.write() as uow:
        commands.hand_over(uow, by, KEYS, case.id, why=why, shared=shared)


def note(
    desk: Desk, case: Case, by: Viewer, words: str = SECRET, *, second: bool = False, shared: bool = False
) -> None:
    with desk.database.write() as uow:
        new = NewAside(words=words, second=second, shared=shared)
        commands.write_aside(uow, by, KEYS, case.id, new=new)


def unwrite(desk: Desk, case: Case, by: Viewer, number: int) -> None:
    with desk.database.write() as uow:
        commands.unwrite_aside(uow, by, case.id, number)


def seen(desk: Desk, case: Case, by: Viewer) -> OnDesk:
    with desk.database.read() as db:
        return rules.on_desk(by, queries.get_case(db, by, case.id))


def listed(desk: Desk, by: Viewer) -> OnDesk:
    """As the list shows the one that waits."""
    (found,) = desk.queue(by)
    return rules.on_desk(by, found)


def beside(desk: Desk, case: Case, by: Viewer) -> Beside:
    with desk.database.read() as db:
        return queries.beside(db, by, KEYS, queries.get_case(db, by, case.id))


def rows(desk: Desk, asked: Statement[None]) -> list[tuple[object, ...]]:
    with desk.database.read() as db:
        return [tuple(row) for row in db.tuples(asked)]
