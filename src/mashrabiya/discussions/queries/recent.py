"""What was written lately: for trying an automatic rule out before it is in force."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import BigInteger, LargeBinary, Select, bindparam, case, exists, not_, select, tuple_

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.parts import CID, MAY_READ, PID, STANDING, STANDS, TITLE, YES, constant
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import ID_SIZE, Placed, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import HELD_DAYS, Reason, ReportState, Thing

BATCH = 500
"""So many posts are looked through at a time."""
DAYS = 30

_PLACED = (
    POST.join(THREAD, THREAD.c.id == POST.c.tid)
    .join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
    .outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
)
_AFTER = tuple_(bindparam("after_tid", type_=LargeBinary), bindparam("after_n", type_=POST.c.n.type))


class Recent(Struct, frozen=True):
    """A post of the last month, as its reader sees its words."""

    tid: bytes
    n: int
    title: str
    body: str

    @property
    def placed(self) -> Placed:
        return Placed(self.tid, self.n)


def _since(*where: object) -> Select[tuple[bytes, int, str, str]]:
    return (
        select(POST.c.tid, POST.c.n, case((POST.c.n == YES, THREAD.c.title), else_=TITLE), POST.c.body)
        .select_from(_PLACED)
        .where(
            tuple_(POST.c.tid, POST.c.n) > _AFTER,
            POST.c.t >= bindparam("since", type_=BigInteger),
            # The words of somebody who is away are not to be guessed at by trying rules.
            STANDING == STANDS,
            MAY_READ,
            *where,  # type: ignore[arg-type]
        )
        .order_by(POST.c.tid, POST.c.n)
        .limit(constant(BATCH))
    )


_EVERYWHERE = Statement(_since(), into=Recent)
_IN_PLACE = Statement(_since(THREAD.c.cid == CID), into=Recent)
# What is kept back from others is not yet a first post: the next one is. Nor is what a rule met and spared,
# as long as it could have been held and nobody has looked: else a few words would be a way round.
_SPARED = exists().where(
    REPORT.c.kind == constant(Thing.POST),
    REPORT.c.object == POST.c.id,
    REPORT.c.reason == constant(Reason.MATCH),
    REPORT.c.state == constant(ReportState.OPEN),
    REPORT.c.day >= bindparam("since_day"),
)
_WRITTEN: Statement[None] = Statement(
    select(POST.c.n)
    .where(POST.c.pid == PID, POST.c.cid == CID, POST.c.state == constant(PostState.SHOWN), not_(_SPARED))
    .limit(YES)
)


def recent(
    db: Read, viewer: Viewer, cid: bytes | None, after: tuple[bytes, int] | None = None
) -> list[Recent]:
    """Posts of the last month that the viewer may read, in one community or everywhere, in the order of their keys."""
    tid, n = after or (bytes(ID_SIZE), 0)
    values = {
        "after_tid": tid,
        "after_n": n,
        "since": int(clock.now()) - DAYS * clock.DAY,
        **community_queries.sight(viewer),
    }
    return db.all(_EVERYWHERE, **values) if cid is None else db.all(_IN_PLACE, cid=cid, **values)


def is_first(db: Read, viewer: Viewer, cid: bytes) -> bool:
    """Whether nothing that the persona in use wrote stands there yet."""
    since = clock.day() - HELD_DAYS
    return db.scalar(_WRITTEN, pid=viewer.pid, cid=cid, since_day=since) is None
