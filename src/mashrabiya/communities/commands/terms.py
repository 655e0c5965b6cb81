"""What the night does with terms that are over: nobody holds them since the day itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, select, update

from mashrabiya.communities.commands.handing import ENDED
from mashrabiya.communities.commands.keys import end_key
from mashrabiya.communities.entering.commands.counting import count
from mashrabiya.communities.queries.terms import has_run_out
from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types import Role
from mashrabiya.communities.types.roles import TOLD_OVER_DAYS
from mashrabiya.kernel import clock
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write

_BATCH = 100
_RUN_OUT: Statement[Any] = Statement(
    select(MEMBERSHIP.c.cid, MEMBERSHIP.c.pid, MEMBERSHIP.c.role).where(has_run_out()).limit(_BATCH)
)
# Whoever is asked for another term, and has not answered, is asked still.
_OVER: Statement[Any] = Statement(
    update(MEMBERSHIP)
    .where(
        MEMBERSHIP.c.cid == bindparam("cid", type_=LargeBinary),
        MEMBERSHIP.c.pid == bindparam("pid", type_=LargeBinary),
    )
    .values(role=bindparam("none"), lapsed=bindparam("over"), closing_h=bindparam("none"))
)
_FORGET_OVER: Statement[Any] = Statement(
    update(MEMBERSHIP)
    .where(
        MEMBERSHIP.c.lapsed > bindparam("none", type_=Integer),
        MEMBERSHIP.c.until_day < bindparam("before", type_=Integer),
    )
    .values(lapsed=0, until_day=0)
)


def end_terms(uow: Write) -> int:
    """Write down what ended: its keys and what stood beside it go, and its holder reads of it for some weeks."""
    rows = uow.tuples(_RUN_OUT, today=clock.day())
    for cid, pid, role in rows:
        uow.run(_OVER, cid=bytes(cid), pid=bytes(pid), none=0, over=int(role))
        end_key(uow, bytes(cid), bytes(pid))
        count(uow, bytes(cid), ENDED)
        audit.record(uow, "place:role_over", role="software", thing=bytes(cid), rule=Role(role).name.lower())
    uow.run(_FORGET_OVER, none=0, before=clock.day() - TOLD_OVER_DAYS)
    return len(rows)
