"""Asking for a copy of what is hers, and taking that back. Nothing is prepared meanwhile."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands.saved import drop_saved
from mashrabiya.people.queries.copies import copy_rows, pack
from mashrabiya.people.sealed.saved import MOST
from mashrabiya.people.tables import SAVE
from mashrabiya.people.types import CopyOf
from mashrabiya.platform.db import Write


def ask_copy(uow: Write, viewer: Viewer, of: CopyOf) -> None:
    """From now on she waits. Asked again for the same, she waits no longer than before."""
    keys = queries.save_keys(viewer)
    rows = queries.saved_rows(uow, keys)
    asked = copy_rows(keys, rows)
    if any(one.of is of and clock.hour() < one.over for one in asked.values()):
        return
    drop_saved(uow, [keys.tag(number) for number in asked])
    number = next((free for free in range(MOST) if free not in rows or free in asked), None)
    if number is None:
        raise Refused("private.full")
    tag = keys.tag(number)
    uow.insert(SAVE, tag=tag, blob=keys.seal(pack(of), tag), until_q=queries.kept_until(keys, number))


def forget_copy(uow: Write, viewer: Viewer) -> None:
    """She wants none any more; asked twice, it stays so."""
    keys = queries.save_keys(viewer)
    drop_saved(uow, [keys.tag(number) for number in copy_rows(keys, queries.saved_rows(uow, keys))])
