"""A thread as somebody who cares for its community acts on it, and where it could go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    select,
)

from mashrabiya.care import rules
from mashrabiya.care.queries.decisions import on_thing, read_decision, rows
from mashrabiya.care.queries.parts import NO, YES, constant, may_decide, who
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import Act, Decision, Done, Place, Staying, Tended
from mashrabiya.communities import queries as communities
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import FOUND, CommunityFacts, Power
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import PostState, ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Thing

_MOST_PLACES = 100
_TID = bindparam("tid", type_=LargeBinary)
_CID, _TO = bindparam("cid", type_=LargeBinary), bindparam("to", type_=LargeBinary)
_ON_TOP: Statement[None] = Statement(
    select(func.count()).select_from(THREAD).where(THREAD.c.cid == _CID, THREAD.c.top == YES)
)
_KEPT_BACK = [constant(state) for state in (PostState.HELD, PostState.HIDDEN, PostState.REMOVED)]
_WITHHELD = exists().where(
    POST.c.tid == _TID, POST.c.state.in_(_KEPT_BACK), POST.c.body != bindparam("nothing")
)
_REPORTED = exists().where(
    REPORT.c.kind == constant(Thing.POST),
    REPORT.c.object.in_(select(POST.c.id).where(POST.c.tid == _TID)),
)
_COMM: ColumnElement[str] = literal_column("'comm'")
_HERE, _THERE = GUARD.alias("here"), GUARD.alias("there")
_SHUT_HERE = (
    _HERE.c.kind == _COMM,
    _HERE.c.scope == _CID,
    _HERE.c.until_day >= bindparam("today", type_=Integer),
)
_SHUT_THERE = exists().where(
    _THERE.c.kind == _COMM,
    _THERE.c.scope == _TO,
    _THERE.c.subject == _HERE.c.subject,
    _THERE.c.until_day >= _HERE.c.until_day,
)
_EXCLUDED = exists(select(YES).select_from(_HERE).where(*_SHUT_HERE, ~_SHUT_THERE))
_STAYS = [case((asked, YES), else_=NO) for asked in (_WITHHELD, _REPORTED, _EXCLUDED)]
_STANDING = communities.standing(_TO)


def _destination(*row: Any) -> tuple[CommunityFacts, Staying]:
    own = len(row) - len(_STAYS)
    return CommunityFacts(*row[:own]), Staying(*row[own:])


_DESTINATION = Statement(
    select(*communities.facts(_STANDING), *_STAYS)
    .join_from(_STANDING, COMMUNITY, COMMUNITY.c.id == _STANDING.c.cid)
    .where(communities.opens(_STANDING, COMMUNITY.c.audience, door=FOUND)),
    into=_destination,
)
# A carer moves nothing to a place that she could not open herself.
_PLACES = Statement(
    select(
        COMMUNITY.c.id,
        COMMUNITY.c.name,
        COMMUNITY.c.seed,
        COMMUNITY.c.language,
        COMMUNITY.c.agreements,
        NO,
    )
    .where(
        COMMUNITY.c.id != _CID,
        may_decide(COMMUNITY.c.id),
        communities.visible(COMMUNITY.c.audience, cid=COMMUNITY.c.id),
    )
    .order_by(COMMUNITY.c.name, COMMUNITY.c.id)
    .limit(constant(_MOST_PLACES)),
    into=Place,
)
_OTHER = Statement(
    rows().where(
        DECISION.c.batch == bindparam("batch", type_=LargeBinary),
        DECISION.c.id != bindparam("decision", type_=LargeBinary),
    ),
    into=read_decision,
)


def get_tended(db: Read, viewer: Viewer, tid: bytes, number: int, *, act: Act) -> Tended:
    """A thread by its first post, or another post of it, for this act; not found for those who do not care for it."""
    thread, post = discussions.get_tended(db, viewer, tid, number)
    where = thread.community
    power = rules.power_of(act)
    community_rules.may(viewer, where, power).or_raise()
    runs_it = int(viewer.speaks and where.may(power))
    place = Place(where.id, where.name, where.seed, where.language, where.agreements, runs_it)
    decided = on_thing(db, Thing.POST, post.id)
    own = rules.is_own(viewer, Thing.POST, post.id, post)
    return Tended(thread, post, place, act, len(decided), _standing(thread, decided, act), own)


def all_tended(db: Read, viewer: Viewer, tid: bytes) -> tuple[ThreadFacts, Sequence[Done]]:
    """All that she can do with a thread, for those who order the conversations of its community."""
    thread = discussions.get_thread(db, viewer, tid)
    allowed = [
        (one, community_rules.may(viewer, thread.community, rules.power_of(one.act)))
        for one in Done.all_of(thread)
    ]
    if not any(verdict.allowed for _, verdict in allowed):
        community_rules.may(viewer, thread.community, Power.KEEP).or_raise()
    return thread, [one for one, verdict in allowed if verdict.allowed]


def _standing(thread: ThreadFacts, decided: Sequence[Decision], act: Act) -> Decision | None:
    holds = (
        one
        for one in decided
        if one.act == act and one.stands and (one.until_day is None or one.until_day >= clock.day())
    )
    if act == Act.SPLIT and thread.began is None:
        return None
    if act == Act.MOVE:
        # Where it came from; what it came here by stands beside it, in the log of this place.
        came = {one.batch for one in decided if one.act == Act.CAME and one.cid == thread.community.id}
        return next((one for one in holds if one.batch in came), None)
    return next(holds, None)


def get_other(db: Read, decision: Decision) -> Decision:
    """The other of the two that a move left behind, in the other community; or not found."""
    found = db.first(_OTHER, batch=decision.batch, decision=decision.id)
    if found is None:
        raise NotFound
    return found


def get_others(db: Read, decision: Decision) -> list[Decision]:
    """The others that were made in one press with it."""
    return db.all(_OTHER, batch=decision.batch, decision=decision.id)


def on_top(db: Read, cid: bytes) -> int:
    """How many threads stand on top of that community's list."""
    return int(db.scalar(_ON_TOP, cid=cid) or 0)


def find_destination(
    db: Read, viewer: Viewer, thread: ThreadFacts, to: bytes
) -> tuple[CommunityFacts, Staying] | None:
    """Where a thread could go, if the viewer knows of it, and what keeps the thread from going there."""
    asked = {"tid": thread.id, "cid": thread.community.id, "to": to, "nothing": ""}
    return db.first(_DESTINATION, **asked, **communities.sight(viewer))


def places_to_move(db: Read, viewer: Viewer, thread: ThreadFacts) -> list[Place]:
    """Where else the viewer cares for threads, by name; as many as fit on a page."""
    return db.all(_PLACES, cid=thread.community.id, **who(viewer))
