"""Vouching that was taken back, with the branch of invitations it leads to. Whose it was is not there to read."""

from __future__ import annotations

from mashrabiya.care.types import Pulled
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.platform.db import Read
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.trust import queries as trust


def pulled(db: Read, viewer: Viewer, keys: ServerKeys) -> list[Pulled]:
    """What the care team has not put away yet, newest first; nothing of the reader's own names."""
    found = trust.pulled(db, viewer)
    if not found:
        return []
    tree = people.Tree(db, keys)
    names = people.known_personas(db, {one.target for one in found})
    return [
        Pulled(
            id=show_id(one.id),
            name=known.name if (known := names.get(one.target)) and not known.is_away else "",
            left=one.until_day - clock.day(),
            branch=tree.around(one.target),
        )
        for one in found
    ]
