"""What one guess at a passphrase costs, raised without shutting anybody out."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.people.tables import DORMANT_QUARTERS
from mashrabiya.platform import house
from mashrabiya.platform.crypto import Cost
from mashrabiya.platform.db import Write


def change_cost(uow: Write, cost: Cost) -> None:
    """From now on new doors cost this; each account moves when somebody next comes in by it.

    Until the last account that may still have an earlier cost has gone unused for so long that it is
    deleted, every attempt is made at all of them: so an attempt costs the same whoever is behind it.
    """
    settings, quarter = house.load(uow), clock.quarter()
    present = (settings.argon_memory, settings.argon_time)
    if present == (cost.memory_kib, cost.passes):
        return
    former = [
        (memory, passes, until)
        for memory, passes, until in settings.argon_former
        if until >= quarter and (memory, passes) not in {present, (cost.memory_kib, cost.passes)}
    ]
    house.save(
        uow,
        argon_memory=cost.memory_kib,
        argon_time=cost.passes,
        argon_former=((*present, quarter + DORMANT_QUARTERS), *former),
    )
