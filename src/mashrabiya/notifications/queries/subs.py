"""Which of the rows are missing that should stand beside the threads a persona follows."""

from __future__ import annotations

from sqlalchemy import LargeBinary, and_, bindparam, column, select, values

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications.seen import sub_address, sub_until
from mashrabiya.notifications.tables import SUB
from mashrabiya.people import queries as people
from mashrabiya.people.queries.private import MOST
from mashrabiya.platform.db import Read, Statement

Sub = tuple[bytes, bytes, int]
"""Thread, address, and until when."""

_SCOPES, _ADDRS = [f"scope{number}" for number in range(MOST)], [f"addr{number}" for number in range(MOST)]
_ASKED = (
    values(column("scope", LargeBinary), column("addr", LargeBinary), name="asked")
    .data(
        [
            (bindparam(scope, type_=LargeBinary), bindparam(addr, type_=LargeBinary))
            for scope, addr in zip(_SCOPES, _ADDRS, strict=True)
        ]
    )
    .cte("asked")
)
_THERE: Statement[None] = Statement(
    select(SUB.c.addr, SUB.c.until_q).select_from(
        _ASKED.join(SUB, and_(SUB.c.scope == _ASKED.c.scope, SUB.c.addr == _ASKED.c.addr))
    )
)


def missing_subs(db: Read, viewer: Viewer) -> list[Sub]:
    """The rows to be written so that what the persona in use follows is told to it: missing, or gone before the next quarter."""
    if viewer.work is None or not viewer.speaks:
        return []
    work, slot = viewer.work, viewer.slot
    wished = [
        (tid, sub_address(work, slot, tid), sub_until(work, slot, tid)) for tid in people.followed(viewer)
    ]
    if not wished:
        return []
    pairs = (*wished, *[(b"", b"", 0)] * MOST)[:MOST]
    asked = dict(zip(_SCOPES, (scope for scope, _, _ in pairs), strict=True))
    asked |= dict(zip(_ADDRS, (addr for _, addr, _ in pairs), strict=True))
    stands = {bytes(addr): int(until) for addr, until in db.tuples(_THERE, **asked)}
    return [sub for sub in wished if stands.get(sub[1], 0) <= clock.quarter()]


def place_of(viewer: Viewer, tid: bytes) -> tuple[bytes, bytes] | None:
    """Where the row lies of one thread that the persona in use follows."""
    if viewer.work is None or not viewer.speaks:
        return None
    return tid, sub_address(viewer.work, viewer.slot, tid)
