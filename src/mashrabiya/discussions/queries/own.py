"""Reading what is a person's own: only her session can ask, and no row says that she did.

Named posts are found by the persona in use. Unnamed ones are recognised by trial: her
token for the thread they were written in is made for each that could be hers, and compared.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, func, null, or_, select, union_all

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import RETENTION_CHOICES
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.lamp import GLANCED, seen_by
from mashrabiya.discussions.queries.parts import MAY_READ, NO, PID, PLACED, TID, YES, constant
from mashrabiya.discussions.tables import POST, THREAD, TOLD
from mashrabiya.discussions.types import Fading, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read, Statement

TOLD_DAYS = 14
"""So long before its thread goes, its author is told."""

_TRIED = 5000
"""Unnamed openings tried at most: two microseconds each."""

_LEARNED = 2
"""Marks the rows that say that two have learned who wrote unnamed."""

_SOON = bindparam("soon", type_=Integer)
_KEPT_DAYS = case(
    (THREAD.c.retention_days < COMMUNITY.c.retention_days, THREAD.c.retention_days),
    else_=COMMUNITY.c.retention_days,
)
_ENDS: ColumnElement[int] = THREAD.c.last_day + _KEPT_DAYS
_OPENINGS = PLACED.join(POST, and_(POST.c.tid == THREAD.c.id, POST.c.n == YES))
# A step along an index for each time that threads are kept for: by the day of the last reply alone, most of a house
# would be read. A thread that its community keeps for less now has that written into it within a moment.
_DUE = THREAD.alias("due")
_KEPT_FOR = union_all(*(select(constant(days).label("days")) for days in RETENTION_CHOICES)).subquery("kept")
_DUE_SOON = select(_DUE.c.id).select_from(
    _KEPT_FOR.join(
        _DUE, and_(_DUE.c.retention_days == _KEPT_FOR.c.days, _DUE.c.last_day <= _SOON - _KEPT_FOR.c.days)
    )
)
_BY_INDEX = THREAD.c.id.in_(_DUE_SOON)
# PostgreSQL takes them for many, unless they are a list when it looks at them, and reads all posts for their openings.
_BY_INDEX_ON_POSTGRESQL = THREAD.c.id.op("=")(func.any(func.array(_DUE_SOON.scalar_subquery())))
_OVER_SOON = (_ENDS <= _SOON, POST.c.state == constant(PostState.SHOWN))
_BY_NAME = (POST.c.pid == PID, MAY_READ)
# Where any name of hers may read: there she has written under none of them.
_BY_NOBODY = (POST.c.tok.is_not(None), or_(MAY_READ, community_queries.kin_reads(THREAD.c.cid)))
_COLUMNS = (
    THREAD.c.id,
    THREAD.c.title,
    THREAD.c.lang,
    _ENDS.label("ends"),
    COMMUNITY.c.name,
    case((MAY_READ, YES), else_=NO).label("readable"),
    POST.c.pid,
    POST.c.tok,
    POST.c.home_tid,
    POST.c.body,
)


def _fading(*row: Any) -> Fading:
    # What she keeps of it stays as it is then: a name in it would outlive a change of that name.
    return Fading(*[*row[:-1], markdown.nameless(row[-1])])


def _openings(columns: tuple[ColumnElement[Any], ...], *conditions: ColumnElement[bool]) -> Any:
    asked = select(*columns).select_from(_OPENINGS).where(*_OVER_SOON, *conditions).limit(constant(_TRIED))
    # In brackets, since a limit may not stand in the middle of a union.
    return select(*asked.subquery().c)


_OWNERS = (YES.label("over"), POST.c.pid, POST.c.tok, POST.c.home_tid, POST.c.label, POST.c.pid.label("met"))


def _first_look(by_index: ColumnElement[bool]) -> Any:
    return union_all(
        select(NO.label("over"), *GLANCED.subquery().c),
        _openings(_OWNERS, *_BY_NAME),
        _openings(_OWNERS, *_BY_NOBODY, by_index),
        select(constant(_LEARNED), null(), TOLD.c.tok, TOLD.c.home_tid, null(), null()),
    )


def _all_fading(by_index: ColumnElement[bool]) -> Any:
    return union_all(_openings(_COLUMNS, *_BY_NAME), _openings(_COLUMNS, *_BY_NOBODY, by_index))


_FIRST_LOOK: Statement[None] = Statement(
    _first_look(_BY_INDEX), postgresql=_first_look(_BY_INDEX_ON_POSTGRESQL)
)
_FADING = Statement(_all_fading(_BY_INDEX), into=_fading, postgresql=_all_fading(_BY_INDEX_ON_POSTGRESQL))
_ONE_FADING = Statement(
    union_all(
        _openings(_COLUMNS, *_BY_NAME, THREAD.c.id == TID),
        _openings(_COLUMNS, *_BY_NOBODY, THREAD.c.id == TID),
    ),
    into=_fading,
)

_OVERDUE: Statement[None] = Statement(
    select(func.count()).select_from(PLACED).where(bindparam("then", type_=Integer) >= _ENDS)
)


def overdue_threads(db: Read, days: int) -> int:
    """How many threads should have gone so many days ago. For the house itself."""
    return int(db.scalar(_OVERDUE, then=clock.day() - days))


def first_look(db: Read, viewer: Viewer) -> tuple[list[Any], tuple[int, int]]:
    """Whose first words the lamp shows; how many threads of hers go soon, and where she was learned.

    In one question.
    """
    rows = db.tuples(_FIRST_LOOK, soon=_soon(), **seen_by(viewer))
    hers = [over for over, *voice, _label, _met in rows if over and rules.is_her_voice(viewer, *voice)]
    return [voice for over, *voice in rows if not over], (hers.count(1), hers.count(_LEARNED))


def fading(db: Read, viewer: Viewer) -> list[Fading]:
    """Threads that she began and that go within two weeks, the next one first.

    By the persona in use, or unnamed; those of her other names wait until she uses them.
    """
    found = db.all(_FADING, soon=_soon(), **community_queries.sight(viewer))
    return sorted(filter(lambda row: _is_hers(viewer, row), found), key=lambda row: (row.ends, row.tid))


def get_fading(db: Read, viewer: Viewer, tid: bytes) -> Fading:
    """One of them, or not found."""
    found = db.all(_ONE_FADING, soon=_soon(), tid=tid, **community_queries.sight(viewer))
    hers = next((row for row in found if _is_hers(viewer, row)), None)
    if hers is None:
        raise NotFound
    return hers


def _is_hers(viewer: Viewer, row: Fading) -> bool:
    return rules.is_her_voice(viewer, row.pid, row.tok, row.home_tid)


def _soon() -> int:
    return clock.day() + TOLD_DAYS
