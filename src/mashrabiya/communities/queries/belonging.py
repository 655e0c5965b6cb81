"""Where a persona belongs, and what it runs: for herself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from mashrabiya.communities.queries.places import PID
from mashrabiya.communities.queries.terms import holds, role_now
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import Belonging, Role
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

_RUNS: Statement[Any] = Statement(select(MEMBERSHIP.c.cid).where(MEMBERSHIP.c.pid == PID, holds(Role.HOST)))
_BELONGINGS = Statement(
    select(COMMUNITY.c.name, role_now(), MEMBERSHIP.c.month, MEMBERSHIP.c.until_day)
    .join(MEMBERSHIP, MEMBERSHIP.c.cid == COMMUNITY.c.id)
    .where(MEMBERSHIP.c.pid == PID)
    .order_by(COMMUNITY.c.name),
    into=Belonging,
)


def count_run(db: Read, viewer: Viewer) -> int:
    """How many communities the persona in use runs."""
    return len(db.tuples(_RUNS, pid=viewer.pid, today=clock.day()))


def belongings(db: Read, viewer: Viewer) -> list[Belonging]:
    """Where the persona in use belongs, with its role and the month of joining: for herself."""
    return db.all(_BELONGINGS, pid=viewer.pid, today=clock.day())
