"""What happens without anybody asking: personas that nobody uses go, and those that are to go at their hour."""

from __future__ import annotations

import random

from mashrabiya.people.commands import branches, erasure, personas
from mashrabiya.people.commands.taken import LET_GO, forget_taken
from mashrabiya.people.flows.freezing import AWAY, leave_later
from mashrabiya.people.flows.leaving import ERASE, FORGET, forget_bundle
from mashrabiya.people.flows.turning import TURN
from mashrabiya.people.queries.branches import lapsed
from mashrabiya.platform.db import Database, Read, Write
from mashrabiya.platform.due import when_due
from mashrabiya.platform.retention import overdue, rule
from mashrabiya.platform.schedules import Every, scheduled


class FreedNames:
    """Under which key freed names are held and flags are sealed: what runs by itself gets nothing but its transaction."""

    key: bytes = b""


freed = FreedNames()


@rule("dormant personas")
def erase_dormant(uow: Write) -> int:
    """Two years without use."""
    assert freed.key, "main says under which key names are held"
    return erasure.erase_dormant(uow, freed.key)


@overdue("dormant personas")
def overdue_personas(db: Read, _days: int) -> int:
    """Personas that should have gone: their time is told in quarters of a year."""
    return erasure.count_dormant(db)


@when_due(ERASE)
def erase_at_its_hour(uow: Write, packed: bytes) -> None:
    """One persona of an account that was deleted."""
    erasure.carry_out(uow, erasure.Erasure.unpack(packed))


@when_due(FORGET)
def forget_at_its_hour(uow: Write, packed: bytes) -> None:
    """Some of what a persona of a deleted account kept."""
    forget_bundle(uow, packed)


@when_due(LET_GO)
def let_go_after_its_day(uow: Write, ref: bytes) -> None:
    """The sealed copy of words that somebody took back."""
    forget_taken(uow, ref)


@when_due(AWAY)
def leave_at_its_hour(uow: Write, packed: bytes) -> None:
    """One persona of an account that was frozen, where they do not all go at once."""
    leave_later(uow, packed)


@when_due(TURN)
def turn_at_its_hour(uow: Write, pid: bytes) -> None:
    """One persona of somebody who is 18 or over now."""
    personas.turn(uow, pid, field_key=freed.key)


@scheduled("branches", Every.NIGHT)
def let_branches_lapse(database: Database) -> None:
    """Branches that have stood a year and a half go: each alone, in no order."""
    assert freed.key, "main says under which key flags are sealed"
    with database.read() as db:
        over = lapsed(db, freed.key)
    random.shuffle(over)
    for pid, sealed in over:
        with database.write() as uow:
            branches.let_lapse(uow, pid, sealed, field_key=freed.key)
