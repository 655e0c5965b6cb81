"""What stands at a desk beside its list: posts that are held, and what the house's care team said to those who run the place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, and_, bindparam, exists, func, or_, select

from mashrabiya.care import rules
from mashrabiya.care.queries.decisions import read_decision, rows
from mashrabiya.care.queries.parts import constant
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import APPEAL_DAYS, PAGE, Act, Decision, Place
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import ReportState, Thing

_WIDTH = len(Decision.__struct_fields__)
_CID = bindparam("cid", type_=LargeBinary)
# What was reported and waits stands in the list already.
_IN_LIST = exists().where(
    REPORT.c.kind == constant(Thing.POST),
    REPORT.c.object == DECISION.c.object,
    REPORT.c.state == constant(ReportState.OPEN),
)
_HELD = and_(
    DECISION.c.act == constant(Act.HOLD),
    DECISION.c.until_day >= bindparam("today", type_=Integer),
    POST.c.state == constant(PostState.HELD),
    ~_IN_LIST,
)
_SAID_TO_PLACE = and_(
    DECISION.c.kind == constant(Thing.COMMUNITY),
    DECISION.c.object == _CID,
    DECISION.c.act.in_([constant(Act.WORD), constant(Act.ASK)]),
    DECISION.c.day >= bindparam("since", type_=Integer),
)
_BESIDE = rows(POST.c.pid, POST.c.tok, POST.c.home_tid).where(DECISION.c.undone_day.is_(None))
_MOST, _BATCH = constant(PAGE), constant(100)


def _with_author(*row: Any) -> tuple[Decision, tuple[bytes | None, bytes | None, bytes | None]]:
    pid, tok, home_tid = row[_WIDTH:]
    return read_decision(*row[:_WIDTH]), (pid, tok, home_tid)


_ALL = Statement(_BESIDE.where(_HELD).limit(_MOST), into=_with_author)
_OF = Statement(
    _BESIDE.where(or_(and_(_HELD, DECISION.c.cid == _CID), _SAID_TO_PLACE)).limit(_MOST), into=_with_author
)

# Held until a day that is over, and nothing was decided since: neither shown nor hidden by anybody.
_HELD_TOO_LONG: Statement[None] = Statement(
    select(POST.c.id)
    .select_from(
        POST.join(DECISION, and_(DECISION.c.object == POST.c.id, DECISION.c.kind == constant(Thing.POST)))
    )
    .where(POST.c.state == constant(PostState.HELD), DECISION.c.act == constant(Act.HOLD))
    .group_by(POST.c.id)
    .having(func.max(DECISION.c.until_day) < bindparam("today", type_=Integer))
    .limit(_BATCH)
)


def beside_list(db: Read, viewer: Viewer, place: Place) -> tuple[list[Decision], list[Decision]]:
    """Held posts that nobody reported, the newest first, and what those who run the place were told of late.

    Ask only with a place that the viewer may decide in. What is her own is not at her desk.
    """
    today = clock.day()
    if place.id:
        found = db.all(_OF, cid=place.id, today=today, since=today - APPEAL_DAYS)
    else:
        found = db.all(_ALL, today=today)
    held = [
        one
        for one, (pid, tok, home_tid) in found
        if one.act == Act.HOLD and not rules.is_hers(viewer, pid, tok, home_tid or b"")
    ]
    return held, [one for one, _ in found if one.act != Act.HOLD]


def held_too_long(db: Read) -> list[bytes]:
    """Posts that were held for as long as may be."""
    return [bytes(post) for (post,) in db.tuples(_HELD_TOO_LONG, today=clock.day())]
