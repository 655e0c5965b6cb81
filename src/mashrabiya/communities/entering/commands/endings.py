"""What ends of the ways in when a place or a persona does, or whoever asked enters or leaves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, LargeBinary, bindparam, delete, literal_column, select, update

from mashrabiya.communities.entering import queries
from mashrabiya.communities.entering.tables import ASKING, ASKING_VOUCHER, PLACE_INVITATION, WAY_COUNT
from mashrabiya.communities.entering.types import State
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write

_OF_PLACE = ASKING.c.cid == bindparam("of_cid", type_=LargeBinary)
_OF_PERSONA = ASKING.c.pid == bindparam("of_pid", type_=LargeBinary)
_IN_STATE = ASKING.c.state == bindparam("state", type_=Integer)


def _both(*which: ColumnElement[bool]) -> tuple[Statement[Any], Statement[Any]]:
    """Those who said yes for these requests go with them, and first."""
    asked = select(ASKING.c.id).where(*which)
    vouchers = delete(ASKING_VOUCHER).where(ASKING_VOUCHER.c.asking.in_(asked))
    return Statement(vouchers), Statement(delete(ASKING).where(*which))


_ONE = _both(_OF_PLACE, _OF_PERSONA)
_OF_ONE = _both(_OF_PERSONA)
_WAITING = _both(_OF_PLACE, _IN_STATE)
_ALL = _both(_OF_PLACE)
_ALL_GIVEN: Statement[Any] = Statement(
    delete(PLACE_INVITATION).where(PLACE_INVITATION.c.cid == bindparam("of_cid", type_=LargeBinary))
)
_ALL_COUNTS: Statement[Any] = Statement(
    delete(WAY_COUNT).where(WAY_COUNT.c.cid == bindparam("of_cid", type_=LargeBinary))
)
_OWN_GIVEN = PLACE_INVITATION.c.giver == bindparam("giver", type_=LargeBinary)
_END_GIVEN: Statement[Any] = Statement(delete(PLACE_INVITATION).where(_OWN_GIVEN))
_AS_MEMBER: Statement[Any] = Statement(
    update(PLACE_INVITATION).where(_OWN_GIVEN).values(by_host=literal_column("0"))
)


def forget_request(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Whoever enters asks no more, whichever way she came; nor does whoever leaves. Twice is once."""
    for statement in _ONE:
        uow.run(statement, of_cid=cid, of_pid=viewer.pid)


def forget_persona(uow: Write, pid: bytes) -> None:
    """A persona that is gone asks nowhere. Safe to repeat."""
    for statement in _OF_ONE:
        uow.run(statement, of_pid=pid)


def hide(uow: Write, cid: bytes) -> None:
    """Whoever waits asks no more: of a hidden place nothing is told outside, and where members are trusted
    from now on, one asks anew.
    """
    for statement in _WAITING:
        uow.run(statement, of_cid=cid, state=int(State.WAITING))


def close(uow: Write, cid: bytes) -> None:
    """A place that is nobody's is asked for by nobody, and no link leads there. Safe to repeat."""
    for statement in (*_ALL, _ALL_GIVEN, _ALL_COUNTS):
        uow.run(statement, of_cid=cid)


def leave(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Whoever leaves a place leaves no links to it, and may ask anew. Twice is once."""
    forget_request(uow, viewer, cid)
    if viewer.work is not None:
        uow.run(_END_GIVEN, giver=queries.giver_of(viewer, cid))


def lay_down(uow: Write, viewer: Viewer, cid: bytes, *, invites: bool) -> None:
    """Whoever runs a place no more has her links as a member has: only where members make them. Twice is once."""
    if viewer.work is not None:
        uow.run(_AS_MEMBER if invites else _END_GIVEN, giver=queries.giver_of(viewer, cid))
