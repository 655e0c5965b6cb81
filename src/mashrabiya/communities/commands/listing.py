"""A community out of the lists for a time, as a care team has decided."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, update

from mashrabiya.communities.events import CommunityEdited
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Statement, Write

_UNLIST: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == bindparam("cid"), COMMUNITY.c.unlisted_day < bindparam("today"))
    .values(unlisted_day=bindparam("until"))
)
# Another decision may have taken it out again since: that one stands.
_LIST_AGAIN: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == bindparam("cid"), COMMUNITY.c.unlisted_day == bindparam("until"))
    .values(unlisted_day=0)
)


def unlist(uow: Write, cid: bytes, until: int) -> bool:
    """Let no list show it to those outside, through this day; False where that holds already. Care has decided so."""
    if not uow.run(_UNLIST, cid=cid, until=until, today=clock.day()):
        return False
    uow.record(CommunityEdited(cid))
    return True


def list_again(uow: Write, cid: bytes, until: int) -> None:
    """Let lists show it again, where they leave it out until just this day. Twice is once."""
    if uow.run(_LIST_AGAIN, cid=cid, until=until):
        uow.record(CommunityEdited(cid))
