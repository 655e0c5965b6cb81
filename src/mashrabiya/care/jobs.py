"""What time does to what was removed, and what is counted before it goes."""

from __future__ import annotations

from mashrabiya.care import commands, queries, rules
from mashrabiya.kernel import clock
from mashrabiya.people import queries as people
from mashrabiya.platform.db import Database, Read, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.retention import overdue, rule
from mashrabiya.platform.schedules import Every, scheduled

# What is answered or closed stays for ninety days: so far back everything is still there to be counted.
_LOOKED_BACK_WEEKS, _LOOKED_BACK_MONTHS = 12, 2


@rule("removed texts go")
def let_go(uow: Write) -> int:
    """The text of a removed post is kept for the undo, then it goes."""
    return commands.let_texts_go(uow)


@rule("notes without their decision are their author's")
def leave_notes(uow: Write) -> int:
    """A content note that a carer set binds its author no longer than the decision is kept."""
    return commands.leave_notes(uow)


@scheduled("held", Every.HOUR)
def let_held_show(database: Database) -> None:
    """What was held shows again by itself when its days are over and nobody has decided."""
    with database.write() as uow:
        commands.let_held_show(uow)


class Held:
    """What terms lie sealed under: what runs by itself gets nothing but the database."""

    keys: ServerKeys | None = None


held = Held()


@scheduled("terms", Every.NIGHT)
def end_terms(database: Database) -> None:
    """A carer whose term is over has been none since the day began; by night what came with it goes."""
    assert held.keys, "main says under which keys flags are sealed"
    with database.read() as db:
        over = people.lapsed(db, held.keys.of("field"))
    if over:
        with database.write() as uow:
            commands.end_terms(uow, over, held.keys)


@scheduled("openness", Every.NIGHT)
def keep_sums(database: Database) -> None:
    """Weeks and months that may be told are counted. A night that was missed is made up for by the next."""
    week, month = rules.last_told_week(clock.day()), rules.month_of(clock.day()) - 1
    with database.read() as db:
        sums = queries.weekly(db, week - _LOOKED_BACK_WEEKS, week)
        sums += queries.monthly(db, month - _LOOKED_BACK_MONTHS, month)
    with database.write() as uow:
        commands.keep_sums(uow, sums)


_WITH_CASE = "notes among carers go with their case"


@rule(_WITH_CASE)
def let_asides_go(uow: Write) -> int:
    """Notes among carers are kept as long as there is a report of their thing, and no longer."""
    return commands.let_asides_go(uow)


@overdue(_WITH_CASE)
def asides_left_over(db: Read, days: int) -> int:
    """How many stayed without their case."""
    return commands.asides_left_over(db, days)
