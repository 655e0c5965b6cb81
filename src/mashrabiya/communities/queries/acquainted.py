"""Who meets whom: asked of two personas, and of one and many. Nobody lists them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, and_, bindparam, func, select

from mashrabiya.communities.queries.places import PID, SHUT, sight
from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

_THEIRS = MEMBERSHIP.alias("theirs")
# Her own communities are gone through, whoever the other is: how many the other has must not be felt.
_SHARED: Statement[Any] = Statement(
    select(func.count(_THEIRS.c.pid))
    .select_from(
        MEMBERSHIP.outerjoin(
            _THEIRS, and_(_THEIRS.c.cid == MEMBERSHIP.c.cid, _THEIRS.c.pid == bindparam("other"))
        )
    )
    .where(MEMBERSHIP.c.pid == PID, MEMBERSHIP.c.cid.not_in(SHUT))
)
_MANY = [f"other{number}" for number in range(200)]
_MET: Statement[Any] = Statement(
    select(_THEIRS.c.pid)
    .distinct()
    .join(MEMBERSHIP, _THEIRS.c.cid == MEMBERSHIP.c.cid)
    .where(
        MEMBERSHIP.c.pid == PID,
        _THEIRS.c.pid.in_([bindparam(name, type_=LargeBinary) for name in _MANY]),
        MEMBERSHIP.c.cid.not_in(SHUT),
    )
)


def share_community(db: Read, viewer: Viewer, pid: bytes) -> bool:
    """Whether the persona in use and that one are members of the same community."""
    return bool(db.scalar(_SHARED, other=pid, **sight(viewer)))


def met_among(db: Read, viewer: Viewer, pids: set[bytes]) -> set[bytes]:
    """Those of at most two hundred personas with whom the persona in use shares a community."""
    asked = sorted(pids)[: len(_MANY)]
    if not asked:
        return set()
    values = dict(zip(_MANY, [*asked, *[b""] * (len(_MANY) - len(asked))], strict=True))
    return {bytes(pid) for (pid,) in db.tuples(_MET, **values, **sight(viewer))}
