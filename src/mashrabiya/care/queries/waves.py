"""Posts of the last hours that are alike, where the viewer decides and reads; and what was hidden together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    LargeBinary,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    distinct,
    func,
    or_,
    select,
)

from mashrabiya.care import rules
from mashrabiya.care.queries.cases import get_place
from mashrabiya.care.queries.decisions import rows
from mashrabiya.care.queries.listed import FOR_WHOM, as_met, read_listed
from mashrabiya.care.queries.parts import NO, YES, constant, may_decide, who
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import LOOKED_AT, MOST, Act, Decision, Place, Recent, Wave
from mashrabiya.communities import queries as communities
from mashrabiya.communities.queries import visible
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.moderation import JUDGED, PLACED_POST
from mashrabiya.discussions.queries.parts import STANDING
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import Judged, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.trust.bursts import Sign

_WIDTH = len(Judged.__struct_fields__)
_AGE = bindparam("since", type_=BigInteger)
_ITS_AGE = bindparam("since_unnamed", type_=BigInteger)
_EARLIER = POST.alias("earlier")
# An outside link in what is stored leads through this page.
_LEADS = and_(POST.c.html.like(bindparam("leads", type_=String)), POST.c.html != "")
_KNOWN_BY = 100
"""So many posts say well enough whether somebody wrote on three days. All of everybody's would be most of a house."""
LEADS = '%href="/away?u=%'


def _newest(*where: Any) -> CTE:
    """From the threads that were written in lately: what is older is not touched."""
    return (
        select(POST.c.id, POST.c.pid, POST.c.cid)
        .select_from(
            THREAD.join(POST, POST.c.tid == THREAD.c.id).join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
        )
        .where(
            THREAD.c.last_day >= bindparam("since_day"),
            or_(
                and_(POST.c.pid.is_not(None), POST.c.t >= _AGE),
                and_(POST.c.tok.is_not(None), POST.c.t >= _ITS_AGE),
            ),
            POST.c.state != constant(PostState.DELETED),
            may_decide(POST.c.cid),
            visible(THREAD.c.audience, COMMUNITY.c.audience, cid=THREAD.c.cid),
            *where,
        )
        .order_by(POST.c.t.desc(), POST.c.id.desc())
        .limit(constant(LOOKED_AT + 1))
        .cte("newest")
    )


def _days_there(newest: CTE) -> Subquery:
    """On how many days each of these names wrote in that community, as far as so many of its posts say."""
    names = select(newest.c.pid, newest.c.cid).where(newest.c.pid.is_not(None)).distinct().subquery("names")
    some = (
        select(_EARLIER.c.t)
        .where(_EARLIER.c.pid == names.c.pid, _EARLIER.c.cid == names.c.cid)
        .limit(constant(_KNOWN_BY))
        .correlate(names)
        .subquery("some")
    )
    days = select(func.count(distinct(some.c.t - some.c.t % constant(clock.DAY)))).correlate(names)
    return select(names.c.pid, names.c.cid, days.scalar_subquery().label("days")).subquery("known")


def _recent(*where: Any) -> Statement[Recent]:
    newest = _newest(*where)
    known = _days_there(newest)
    columns = (STANDING if column is POST.c.state else column for column in JUDGED)
    here = and_(known.c.pid == POST.c.pid, known.c.cid == POST.c.cid)
    return Statement(
        select(*columns, func.coalesce(known.c.days, NO), case((_LEADS, YES), else_=NO))
        .select_from(PLACED_POST.join(newest, newest.c.id == POST.c.id).outerjoin(known, here))
        .order_by(POST.c.t.desc(), POST.c.id.desc()),
        into=lambda *row: Recent(Judged(*row[:_WIDTH]), *row[_WIDTH:]),
    )


_ALL = _recent()
_THERE = _recent(POST.c.cid == bindparam("cid", type_=LargeBinary))
_OF_BATCH: Statement[None] = Statement(
    rows(*FOR_WHOM)
    .where(
        DECISION.c.batch == bindparam("batch", type_=LargeBinary),
        DECISION.c.act == constant(Act.HIDE),
        may_decide(DECISION.c.cid),
    )
    .limit(constant(2 * MOST))
)


def wave(db: Read, viewer: Viewer, cid: bytes, sign: Sign, *, hours: int) -> Wave:
    """What of the last hours is alike in a community, or for an empty id in all that she reads; or not found.

    Only where she decides, and only what she may read: being of the care team shows nobody what is hidden from her.
    """
    place = _place(db, viewer, cid)
    since = int(clock.now()) - hours * clock.HOUR
    values = {
        "since": since - since % clock.TEN_MINUTES,
        "since_unnamed": since - since % clock.SIX_HOURS,
        "since_day": since // clock.DAY,
        "leads": LEADS,
        **who(viewer),
    }
    found = db.all(_THERE, cid=cid, **values) if cid else db.all(_ALL, **values)
    shared, more = rules.alike(viewer, found[:LOOKED_AT], sign)
    return Wave(place, shared, more, len(found) > LOOKED_AT)


def get_batch(db: Read, viewer: Viewer, batch: bytes) -> list[Decision]:
    """What was hidden together, where the viewer decides; or not found. What is her own is marked so."""
    found = db.tuples(_OF_BATCH, batch=batch, **who(viewer))
    if not found:
        raise NotFound
    return [as_met(read_listed(viewer, row)) for row in found]


def _place(db: Read, viewer: Viewer, cid: bytes) -> Place:
    place = get_place(db, viewer, cid)
    if cid and communities.find_community(db, viewer, cid) is None:
        raise NotFound
    return place
