"""What stands at a desk beside its list: posts that are held, and what the house's care team said to those who run the place."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Integer, LargeBinary, Select, and_, bindparam, exists, func, or_, select, union_all

from mashrabiya.care.queries.decisions import rows
from mashrabiya.care.queries.listed import (
    FIRST_PAGE,
    FIRST_PAGE_OF,
    FOR_WHOM,
    FROM_THE_NEWEST,
    HOLDS_NOW,
    a_page,
    as_met,
    read_listed,
)
from mashrabiya.care.queries.parts import NO, YES, constant, who
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import APPEAL_DAYS, HOLD_DAYS, PAGE, Act, Decided, Decision, Place
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import ReportState, Thing

_CID = bindparam("cid", type_=LargeBinary)
# What was reported and waits stands in the list already.
_IN_LIST = exists().where(
    REPORT.c.kind == DECISION.c.kind,
    REPORT.c.object == DECISION.c.object,
    REPORT.c.state == constant(ReportState.OPEN),
)
_HELD = and_(HOLDS_NOW, ~_IN_LIST)
_SAID_TO_PLACE = and_(
    DECISION.c.kind == constant(Thing.COMMUNITY),
    DECISION.c.object == _CID,
    or_(
        and_(
            DECISION.c.act.in_([constant(Act.WORD), constant(Act.ASK)]),
            DECISION.c.day >= bindparam("since", type_=Integer),
        ),
        # What lasts is told as long as it does.
        and_(
            DECISION.c.act == constant(Act.UNLIST),
            DECISION.c.until_day >= bindparam("today", type_=Integer),
        ),
    ),
)
_LATELY = DECISION.c.day >= bindparam("since", type_=Integer)
_BESIDE = rows(*FOR_WHOM, NO.label("listed")).where(DECISION.c.undone_day.is_(None))
_MOST, _BATCH = constant(PAGE + 1), constant(100)
_HERE = DECISION.c.cid == _CID


def _together(listed: Select[Any], beside: Select[Any]) -> Statement[None]:
    """Both in one question: a desk asks enough of them."""
    lines = (
        listed.add_columns(*FOR_WHOM, YES.label("listed")).subquery("all_of_them"),
        beside.limit(_MOST).subquery("beside_them"),
    )
    return Statement(union_all(*(select(*line.c) for line in lines)))


_ALL = _together(FIRST_PAGE, _BESIDE.where(_LATELY, _HELD))
_OF = _together(FIRST_PAGE_OF, _BESIDE.where(or_(and_(_LATELY, _HELD, _HERE), _SAID_TO_PLACE)))
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


class Standing(NamedTuple):
    """What was decided at a desk, posts that are held there, and what those who run the place were told of late.

    ``more``: there is more beside than is shown.
    """

    decided: Decided
    held: list[Decision]
    said: list[Decision]
    more: bool


def standing_at(db: Read, viewer: Viewer, place: Place) -> Standing:
    """The first page of a desk's decisions, and beside it what is held and nobody reported.

    Ask only with a place that the viewer may decide in. Of what is held, her own is not at her desk.
    """
    today = clock.day()
    asked = {**who(viewer), "today": today, **FROM_THE_NEWEST}
    if place.id:
        found = db.tuples(_OF, cid=place.id, since=today - APPEAL_DAYS, **asked)
    else:
        found = db.tuples(_ALL, since=today - HOLD_DAYS, **asked)
    read = sorted(
        ((read_listed(viewer, row), bool(row[-1])) for row in found),
        key=lambda one: (one[0].decision.day, one[0].decision.id),
        reverse=True,
    )
    listed = [as_met(one) for one, in_list in read if in_list]
    beside = [one for one, in_list in read if not in_list]
    held = [one.decision for one in beside[:PAGE] if one.decision.act == Act.HOLD and not one.hers]
    said = [one.decision for one in beside[:PAGE] if one.decision.act != Act.HOLD]
    return Standing(a_page(listed), held, said, len(beside) > PAGE)


def held_too_long(db: Read) -> list[bytes]:
    """Posts that were held for as long as may be."""
    return [bytes(post) for (post,) in db.tuples(_HELD_TOO_LONG, today=clock.day())]
