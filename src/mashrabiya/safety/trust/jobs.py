"""What trust does by night."""

from __future__ import annotations

from mashrabiya.platform.db import Database
from mashrabiya.platform.schedules import Every, scheduled
from mashrabiya.safety.trust import commands, queries


class Flags:
    """Under which key flags are sealed: what runs by itself gets nothing but the database."""

    key: bytes = b""


flags = Flags()


@scheduled("trust", Every.NIGHT)
def measure_trust(database: Database) -> None:
    """How many established people it takes, after the established people there are."""
    assert flags.key, "main says under which key flags are sealed"
    with database.read() as db:
        measure = queries.measure_now(db, flags.key)
    with database.write() as uow:
        commands.keep_measure(uow, measure)
