"""What somebody reported and what became of it, for herself alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, and_, bindparam, func, select

from mashrabiya.care.queries.parts import constant
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import Act, OwnReport
from mashrabiya.discussions.tables import POST
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import queries as safety
from mashrabiya.safety import rules as safety_rules
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Reason, Thing

_OWN: Statement[None] = Statement(
    select(
        REPORT.c.id,
        REPORT.c.kind,
        REPORT.c.object,
        REPORT.c.reason,
        REPORT.c.state,
        REPORT.c.day,
        REPORT.c.note,
        DECISION.c.act,
        DECISION.c.agreement,
        DECISION.c.reply,
        DECISION.c.undone_day,
        POST.c.tid,
        POST.c.n,
    )
    .select_from(
        REPORT.outerjoin(DECISION, DECISION.c.id == REPORT.c.decision).outerjoin(
            POST, and_(POST.c.id == REPORT.c.object, REPORT.c.kind == constant(Thing.POST))
        )
    )
    .where(REPORT.c.mine.in_(safety.own_places()))
    .order_by(REPORT.c.day.desc(), REPORT.c.id)
)
_OVERTURNED: Statement[None] = Statement(
    select(func.count())
    .select_from(REPORT.join(DECISION, DECISION.c.id == REPORT.c.decision))
    .where(
        REPORT.c.mine.in_(safety.own_places()),
        REPORT.c.reason == constant(Reason.OUTING),
        REPORT.c.kind.in_([constant(one) for one in Thing if one.is_written]),
        DECISION.c.act == constant(Act.KEEP),
        DECISION.c.undone_day.is_(None),
    )
)
_KEPT: Statement[None] = Statement(
    select(DECISION.c.id)
    .where(
        DECISION.c.object == bindparam("post", type_=LargeBinary),
        DECISION.c.act == constant(Act.KEEP),
        DECISION.c.undone_day.is_(None),
    )
    .limit(constant(1))
)


def overturned(db: Read, viewer: Viewer) -> int:
    """How many posts she called an outing that carers left as they are; her own session asks for its places."""
    places = safety_rules.report_places(viewer)
    return int(db.scalar(_OVERTURNED, **safety.place_values(places)) or 0) if places else 0


def was_kept(db: Read, post: bytes) -> bool:
    """Whether a carer has looked at it and left it as it is."""
    return db.scalar(_KEPT, post=post) is not None


def own_reports(db: Read, viewer: Viewer, keys: ServerKeys) -> list[OwnReport]:
    """The newest first. Her session alone can name the places they stand in."""
    places = safety_rules.report_places(viewer)
    if not places:
        return []
    return [_own(keys, *row) for row in db.tuples(_OWN, **safety.place_values(places))]


def _own(keys: ServerKeys, *row: Any) -> OwnReport:
    rid, kind, thing, reason, state, day, note, act, agreement, reply, undone, tid, n = row
    return OwnReport(
        kind=Thing(kind),
        object=bytes(thing),
        reason=Reason(reason),
        is_open=state == 0,
        day=day,
        note=safety.opened_note(keys, bytes(rid), bytes(note)),
        act=None if act is None else Act(act),
        agreement=agreement or "",
        reply=reply or "",
        undone=undone is not None,
        tid=None if tid is None else bytes(tid),
        n=n,
    )
