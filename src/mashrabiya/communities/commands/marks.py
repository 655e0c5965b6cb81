"""What stands on one membership for a while: a role and its term, that she is asked to take one, or wants the place closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, bindparam, literal_column, select, update

from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types import OFFER_DAYS, Asked, Role
from mashrabiya.communities.types.roles import last_day
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write

_OF = (
    MEMBERSHIP.c.cid == bindparam("cid", type_=LargeBinary),
    MEMBERSHIP.c.pid == bindparam("pid", type_=LargeBinary),
)
_WISH: Statement[Any] = Statement(update(MEMBERSHIP).where(*_OF).values(closing_h=bindparam("hour")))
_OFFER: Statement[Any] = Statement(
    update(MEMBERSHIP)
    .where(*_OF)
    .values(
        offered_day=bindparam("day"), offered_role=bindparam("new_role"), offered_days=bindparam("new_days")
    )
)
_NO_OFFERS: Statement[Any] = Statement(
    update(MEMBERSHIP).where(_OF[0], MEMBERSHIP.c.offered_day > literal_column("0")).values(offered_day=0)
)
_RUN_BY_HER = MEMBERSHIP.alias("run_by_her")
_NO_OFFERS_OF: Statement[Any] = Statement(
    update(MEMBERSHIP)
    .where(
        MEMBERSHIP.c.cid.in_(
            select(_RUN_BY_HER.c.cid).where(
                _RUN_BY_HER.c.pid == bindparam("pid", type_=LargeBinary),
                _RUN_BY_HER.c.role == literal_column(str(int(Role.HOST))),
            )
        ),
        MEMBERSHIP.c.offered_day > literal_column("0"),
    )
    .values(offered_day=0)
)
_NO_OFFER_TO: Statement[Any] = Statement(
    update(MEMBERSHIP).where(_OF[1], MEMBERSHIP.c.offered_day > literal_column("0")).values(offered_day=0)
)
_ROLE: Statement[Any] = Statement(
    update(MEMBERSHIP)
    .where(*_OF)
    .values(
        role=bindparam("new_role"),
        until_day=bindparam("until"),
        lapsed=bindparam("over"),
        offered_day=bindparam("none"),
        offered_role=bindparam("none"),
        offered_days=bindparam("none"),
        closing_h=bindparam("none"),
    )
)


def mark_wish(uow: Write, viewer: Viewer, cid: bytes, hour: int, *, pid: bytes = b"") -> None:
    """Until this hour her wish to close the place waits; 0 takes it back."""
    uow.run(_WISH, cid=cid, pid=pid or viewer.pid, hour=hour)


def mark_offer(uow: Write, cid: bytes, pid: bytes, asked: Asked | None) -> None:
    """For some days she is asked to take this role; nothing takes the question back."""
    day = clock.day() + OFFER_DAYS if asked else 0
    uow.run(
        _OFFER,
        cid=cid,
        pid=pid,
        day=day,
        new_role=asked.role if asked else 0,
        new_days=asked.days if asked else 0,
    )


def withdraw_offers(uow: Write, cid: bytes) -> None:
    """Nobody is asked to take a role any more: whoever asked may have been excluded. Twice is once."""
    uow.run(_NO_OFFERS, cid=cid)


def withdraw_offers_of(uow: Write, pid: bytes) -> None:
    """The house is closed to this persona: whom it may have asked to run a place is asked no more, nor is it.
    Twice is once.
    """
    uow.run(_NO_OFFERS_OF, pid=pid)
    uow.run(_NO_OFFER_TO, pid=pid)


def give_role(uow: Write, cid: bytes, pid: bytes, asked: Asked) -> None:
    """What she does there from now on; what waited on her membership waits no more."""
    until = last_day(asked.days)
    uow.run(_ROLE, cid=cid, pid=pid, new_role=asked.role, until=until, over=int(Role.MEMBER), none=0)


def end_role(uow: Write, cid: bytes, pid: bytes, *, over: Role, day: int) -> None:
    """She is a member as before. ``over``: the role of which she is told for a while that it ended on that day."""
    uow.run(_ROLE, cid=cid, pid=pid, new_role=int(Role.MEMBER), until=day, over=int(over), none=0)
