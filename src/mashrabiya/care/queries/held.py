"""What stands at a desk beside its list: posts that are held, and what the house's care team said to those who run the place."""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Integer, LargeBinary, Select, and_, bindparam, exists, func, or_, select, union_all

from mashrabiya.care import rules
from mashrabiya.care.queries.decisions import (
    FIRST_PAGE,
    FIRST_PAGE_OF,
    FROM_THE_NEWEST,
    a_page,
    read_decision,
    rows,
)
from mashrabiya.care.queries.parts import NO, YES, constant
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import APPEAL_DAYS, HOLD_DAYS, PAGE, Act, Decided, Decision, Place
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
)
_AUTHOR = (POST.c.pid, POST.c.tok, POST.c.home_tid)
_BESIDE = rows(NO.label("listed"), *_AUTHOR).where(
    DECISION.c.day >= bindparam("since", type_=Integer), DECISION.c.undone_day.is_(None)
)
_MOST, _BATCH = constant(PAGE), constant(100)
_HERE = DECISION.c.cid == _CID


_Author = tuple[bytes | None, bytes | None, bytes | None]


class _Row(NamedTuple):
    """A decision, whether it belongs to the list of all of them, and who wrote what it is about."""

    decision: Decision
    listed: bool
    author: _Author


def _row(*row: Any) -> _Row:
    listed, *author = row[_WIDTH:]
    return _Row(read_decision(*row[:_WIDTH]), bool(listed), (author[0], author[1], author[2]))


def _together(listed: Select[Any], beside: Select[Any]) -> Statement[_Row]:
    """Both in one question: a desk asks enough of them."""
    lines = (
        listed.add_columns(YES.label("listed"), *_AUTHOR).subquery("all_of_them"),
        beside.limit(_MOST).subquery("beside_them"),
    )
    return Statement(union_all(*(select(*line.c) for line in lines)), into=_row)


_ALL = _together(FIRST_PAGE, _BESIDE.where(_HELD))
_OF = _together(FIRST_PAGE_OF, _BESIDE.where(or_(and_(_HELD, _HERE), _SAID_TO_PLACE)))
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
    """What was decided at a desk, posts that are held there, and what those who run the place were told of late."""

    decided: Decided
    held: list[Decision]
    said: list[Decision]


def standing_at(db: Read, viewer: Viewer, place: Place) -> Standing:
    """The first page of a desk's decisions, and beside it what is held and nobody reported.

    Ask only with a place that the viewer may decide in. Of what is held, her own is not at her desk.
    """
    today = clock.day()
    asked = {"today": today, **FROM_THE_NEWEST}
    if place.id:
        found = db.all(_OF, cid=place.id, since=today - APPEAL_DAYS, **asked)
    else:
        found = db.all(_ALL, since=today - HOLD_DAYS, **asked)
    found.sort(key=lambda one: (one.decision.day, one.decision.id), reverse=True)
    beside = [one for one in found if not one.listed]
    held = [
        one.decision for one in beside if one.decision.act == Act.HOLD and not _is_hers(viewer, one.author)
    ]
    said = [one.decision for one in beside if one.decision.act != Act.HOLD]
    return Standing(a_page([_as_met(viewer, one) for one in found if one.listed]), held, said)


def _as_met(viewer: Viewer, one: _Row) -> Decision:
    """About her own post there is nothing more to decide for her: no way leads there."""
    return replace(one.decision, report=None, n=None) if _is_hers(viewer, one.author) else one.decision


def _is_hers(viewer: Viewer, author: _Author) -> bool:
    pid, tok, home_tid = author
    return rules.is_hers(viewer, pid, tok, home_tid or b"")


def held_too_long(db: Read) -> list[bytes]:
    """Posts that were held for as long as may be."""
    return [bytes(post) for (post,) in db.tuples(_HELD_TOO_LONG, today=clock.day())]
