"""What stands on one membership for a while: that she is asked to run the place, or wants it closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, bindparam, literal_column, select, update

from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types import Role
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write

_OF = (
    MEMBERSHIP.c.cid == bindparam("cid", type_=LargeBinary),
    MEMBERSHIP.c.pid == bindparam("pid", type_=LargeBinary),
)
_WISH: Statement[Any] = Statement(update(MEMBERSHIP).where(*_OF).values(closing_h=bindparam("hour")))
_OFFER: Statement[Any] = Statement(update(MEMBERSHIP).where(*_OF).values(offered_day=bindparam("day")))
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
    .values(role=bindparam("new_role"), offered_day=bindparam("none"), closing_h=bindparam("none"))
)


def mark_wish(uow: Write, viewer: Viewer, cid: bytes, hour: int, *, pid: bytes = b"") -> None:
    """Until this hour her wish to close the place waits; 0 takes it back."""
    uow.run(_WISH, cid=cid, pid=pid or viewer.pid, hour=hour)


def mark_offer(uow: Write, cid: bytes, pid: bytes, day: int) -> None:
    """Until this day she is asked to run the place; 0 takes it back."""
    uow.run(_OFFER, cid=cid, pid=pid, day=day)


def withdraw_offers(uow: Write, cid: bytes) -> None:
    """Nobody is asked to run the place any more: whoever asked may have been excluded. Twice is once."""
    uow.run(_NO_OFFERS, cid=cid)


def withdraw_offers_of(uow: Write, pid: bytes) -> None:
    """The house is closed to this persona: whom it may have asked to run a place is asked no more, nor is it.
    Twice is once.
    """
    uow.run(_NO_OFFERS_OF, pid=pid)
    uow.run(_NO_OFFER_TO, pid=pid)


def give_role(uow: Write, cid: bytes, pid: bytes, role: Role) -> None:
    """What she does there from now on; what waited on her membership waits no more."""
    uow.run(_ROLE, cid=cid, pid=pid, new_role=int(role), none=0)
