"""What the house decides for every place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, update

from mashrabiya.communities.events import CommunityEdited
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import AnonMode
from mashrabiya.platform.db import Statement, Write

_LONGER: Statement[Any] = Statement(
    select(COMMUNITY.c.id).where(COMMUNITY.c.retention_days > bindparam("days"))
)
_CAP: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == bindparam("cid")).values(retention_days=bindparam("days"))
)
_SEAL_ALL: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.anon_mode != bindparam("mode")).values(anon_mode=bindparam("mode"))
)


def seal_everywhere(uow: Write) -> None:
    """Threads begun from now on are sealed in every community: the house has said so for good."""
    uow.run(_SEAL_ALL, mode=int(AnonMode.SEALED))


def keep_at_most(uow: Write, days: int) -> None:
    """No community keeps its threads longer than the house allows."""
    for (cid,) in uow.tuples(_LONGER, days=days):
        uow.run(_CAP, cid=cid, days=days)
        uow.record(CommunityEdited(bytes(cid)))
