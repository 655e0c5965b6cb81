"""What was decided at a desk, page by page. What meets the reader herself leads her nowhere: it is not hers to decide."""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Integer, LargeBinary, and_, bindparam, case, exists, not_, or_, tuple_

from mashrabiya.care import rules
from mashrabiya.care.queries.decisions import WIDTH, read_decision, rows
from mashrabiya.care.queries.parts import NO, YES, constant, meets_a_name, who
from mashrabiya.care.queries.written import STATE, WHOSE
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import PAGE, Act, Decided, Decision, Place
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

_BEGINNING = Cursor((1 << 31) - 1, b"\xff" * 16)
FROM_THE_NEWEST = {"after_day": _BEGINNING.position, "after_id": _BEGINNING.id}
_HEAD = DECISION.alias("head")
# Of what was decided in one press, the desk lists the first.
_ONE_OF_EACH = or_(DECISION.c.batch.is_(None), DECISION.c.batch == DECISION.c.id)
# Where that stands at another desk, each is listed.
_HEADED = exists().where(_HEAD.c.id == DECISION.c.batch, _HEAD.c.cid == DECISION.c.cid)
HOLDS_NOW = and_(
    DECISION.c.act == constant(Act.HOLD),
    DECISION.c.undone_day.is_(None),
    DECISION.c.until_day >= bindparam("today", type_=Integer),
    constant(PostState.HELD) == STATE,
)
"""What is held waits to be decided: it stands among what waits, and in no list of what was."""
FOR_WHOM = (*WHOSE, case((meets_a_name(DECISION), YES), else_=NO))
_PAGED = (
    rows()
    .where(
        tuple_(DECISION.c.day, DECISION.c.id)
        < tuple_(bindparam("after_day", type_=Integer), bindparam("after_id", type_=LargeBinary)),
        # What holds nothing has no end, or no post: unknown is no hold.
        not_(case((HOLDS_NOW, YES), else_=NO) == YES),
    )
    .limit(constant(PAGE + 1))
)
FIRST_PAGE = _PAGED.where(_ONE_OF_EACH)
FIRST_PAGE_OF = _PAGED.where(
    DECISION.c.cid == bindparam("cid", type_=LargeBinary), or_(_ONE_OF_EACH, not_(_HEADED))
)


class Listed(NamedTuple):
    """A decision, and whether it meets the reader: by what it is about, or by who wrote that."""

    decision: Decision
    hers: bool


def read_listed(viewer: Viewer, row: Any) -> Listed:
    """Whose a post is only her own session can tell."""
    pid, tok, home_tid, named = row[WIDTH : WIDTH + 4]
    hers = bool(named) or rules.is_hers(viewer, pid, tok, home_tid or b"")
    return Listed(read_decision(*row[:WIDTH]), hers)


def as_met(one: Listed) -> Decision:
    """What meets her stands in its place, so that every page is as long as another's, and no way leads on from it."""
    return replace(one.decision, report=None, n=None, hers=True) if one.hers else one.decision


_ALL: Statement[None] = Statement(FIRST_PAGE.add_columns(*FOR_WHOM))
_OF: Statement[None] = Statement(FIRST_PAGE_OF.add_columns(*FOR_WHOM))


def decided(db: Read, viewer: Viewer, place: Place, after: str = "") -> Decided:
    """What was decided there, newest first. Ask only with a place that the viewer may decide in."""
    cursor = Cursor.read(after) or _BEGINNING
    values = {"after_day": min(cursor.position, _BEGINNING.position), "after_id": cursor.id, **who(viewer)}
    found = db.tuples(_OF, cid=place.id, **values) if place.id else db.tuples(_ALL, **values)
    return a_page([as_met(read_listed(viewer, row)) for row in found])


def a_page(found: list[Decision]) -> Decided:
    """These, as a page with a way to the next."""
    if len(found) <= PAGE:
        return Decided(found)
    return Decided(found[:PAGE], Cursor(found[PAGE - 1].day, found[PAGE - 1].id).show())
