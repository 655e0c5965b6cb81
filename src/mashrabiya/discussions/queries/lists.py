"""Lists of threads, newest first; each goes on from a cursor, and can be narrowed.

A thread with a content note that the reader hides stands in no list of hers.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import structs
from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    select,
    union_all,
)

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import Audience, PlaceState
from mashrabiya.discussions.queries.filters import WAITING, Plan, plan, values
from mashrabiya.discussions.queries.merging import AFTER, gathered, key_of, merged
from mashrabiya.discussions.queries.parts import (
    CID,
    MAY_READ,
    NO,
    OPENER,
    OPENING,
    PLACED,
    STANDS,
    YES,
    constant,
    met_as,
    unless_unseen,
    with_opening,
)
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import (
    ID_SIZE,
    NO_FILTERS,
    PAGE,
    STARTER,
    Filters,
    ThreadList,
    ThreadRow,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_unseen
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word, why_folded
from mashrabiya.safety.types import ANYBODY, Reach

_OPEN = constant(Audience.PUBLIC)
PAGE_AND_ONE = constant(PAGE + 1)
_BEGINNING = Cursor((1 << 62) - 1, b"\xff" * ID_SIZE)


SHOWN = (
    THREAD.c.id,
    unless_unseen(THREAD.c.title),
    unless_unseen(THREAD.c.excerpt),
    THREAD.c.lang,
    THREAD.c.pos,
    THREAD.c.n,
    THREAD.c.cid,
    community_queries.NAME,
    COMMUNITY.c.seed,
    # A wish of which the community has stopped speaking is not shown.
    THREAD.c.wants.op("&")(COMMUNITY.c.wants),
    THREAD.c.notes,
    THREAD.c.helped,
    THREAD.c.tags,
    COMMUNITY.c.tags,
    # As a title: of an opening that is not shown, nothing is told.
    case((and_(THREAD.c.poll_day != NO, OPENING.c.state == STANDS, ~is_unseen(OPENER)), YES), else_=NO),
    met_as(OPENING, OPENER),
    THREAD.c.parted,
    OPENING.c.home_tid,
    # Its voice, where that is not whoever opened the thread of that opening.
    func.coalesce(OPENING.c.label, OPENING.c.voice, constant(STARTER)),
)
_NEWEST = (THREAD.c.pos.desc(), THREAD.c.id.desc())


# Who began each thread comes along: what somebody away wrote may be hidden, and no reader meets whom she keeps away.
_BEGUN = with_opening(PLACED)
_ROWS = select(*SHOWN).select_from(_BEGUN).order_by(*_NEWEST)


def _answerable(asked: Plan) -> list[ColumnElement[bool]]:
    """In an archived place nobody can be the first to answer."""
    return [COMMUNITY.c.state == constant(PlaceState.OPEN)] if asked.waiting else []


def _further(asked: Plan) -> Select[Any]:
    further = _ROWS.where(key_of(THREAD) < AFTER, *asked.conditions(THREAD), *_answerable(asked))
    return further.limit(PAGE_AND_ONE)


@cache
def _latest(asked: Plan) -> Statement[ThreadRow]:
    return Statement(_further(asked).where(MAY_READ, community_queries.FINDS), into=ThreadRow)


@cache
def _latest_public(asked: Plan) -> Statement[ThreadRow]:
    # For a visitor, who sees public threads alone: one run along one index.
    public = (THREAD.c.audience == _OPEN, COMMUNITY.c.audience == _OPEN, community_queries.LISTED)
    return Statement(
        _further(asked).where(*public), into=ThreadRow, postgresql=_listed_in(_picked_public(asked))
    )


def _picked_public(asked: Plan) -> Subquery:
    """The same for PostgreSQL, which knows no day and takes few places to be listed: it would sort all their threads.

    What is asked of the place in a subquery is asked of each thread along the index.
    """
    listed = and_(COMMUNITY.c.audience == _OPEN, community_queries.LISTED, *_answerable(asked))
    place = select(listed).where(COMMUNITY.c.id == THREAD.c.cid).correlate(THREAD).scalar_subquery()
    picked = select(THREAD.c.id).where(
        THREAD.c.audience == _OPEN, key_of(THREAD) < AFTER, *asked.conditions(THREAD), place
    )
    return picked.order_by(*_NEWEST).limit(PAGE_AND_ONE).subquery("picked")


_OF_PLACE = (THREAD.c.cid == CID, MAY_READ)
_ON_TOP = THREAD.c.top == YES


@cache
def _of_community(asked: Plan) -> Statement[ThreadRow]:
    """Where the list is narrowed, every thread stands where it was begun; else those on top stand on its first page."""
    further = _further(asked).where(*_OF_PLACE)
    return Statement(further if asked.narrows else further.where(~_ON_TOP), into=ThreadRow)


@cache
def _first_of_community(asked: Plan) -> Statement[ThreadRow]:
    """The newest, and before them those that stand on top: what their community's own list begins with."""
    ids = select(THREAD.c.id).select_from(PLACED).where(*_OF_PLACE, *asked.conditions(THREAD))
    newest = ids.where(~_ON_TOP).order_by(*_NEWEST).limit(PAGE_AND_ONE).subquery("newest_here")
    found = union_all(select(newest.c.id), ids.where(_ON_TOP)).subquery("found")
    rows = select(*SHOWN, THREAD.c.top).select_from(
        with_opening(PLACED.join(found, found.c.id == THREAD.c.id))
    )
    return Statement(rows.order_by(THREAD.c.top.desc(), *_NEWEST), into=ThreadRow)


@cache
def _of_mine(asked: Plan) -> Statement[ThreadRow]:
    found, on_postgresql = merged(PAGE_AND_ONE, asked), gathered(PAGE_AND_ONE, asked)
    return Statement(_listed_in(found), into=ThreadRow, postgresql=_listed_in(on_postgresql))


def _listed_in(found: Subquery) -> Select[Any]:
    rows = select(*SHOWN).select_from(with_opening(PLACED.join(found, found.c.id == THREAD.c.id)))
    return rows.order_by(*_NEWEST)


def latest(db: Read, viewer: Viewer, after: str = "", *, filters: Filters = NO_FILTERS) -> ThreadList:
    """The newest threads that the viewer may read, wherever they stand."""
    reach = reach_of(viewer)
    asked = plan(viewer, filters)
    if viewer.is_member:
        bound = {**community_queries.sight(viewer), **values(viewer, filters)}
        return met(listed(db, _latest(asked), after, bound, filters=filters), reach)
    bound = {"today": clock.day(), "tongue": viewer.tongue.language, **values(viewer, filters)}
    return listed(db, _latest_public(asked), after, bound, filters=filters)


def community_threads(
    db: Read, viewer: Viewer, cid: bytes, after: str = "", *, filters: Filters = NO_FILTERS
) -> ThreadList:
    """The newest threads of one community that the viewer may read."""
    reach = reach_of(viewer)
    bound = {"cid": cid, **community_queries.sight(viewer), **values(viewer, filters)}
    asked = plan(viewer, filters)
    whole = not (after or asked.narrows)
    statement = _first_of_community(asked) if whole else _of_community(asked)
    return met(listed(db, statement, after, bound, filters=filters), reach)


def home_threads(db: Read, viewer: Viewer, after: str = "", *, filters: Filters = NO_FILTERS) -> ThreadList:
    """The newest threads of the communities that the persona in use belongs to."""
    reach = reach_of(viewer)
    bound = {**community_queries.sight(viewer), **values(viewer, filters)}
    return met(listed(db, _of_mine(plan(viewer, filters)), after, bound, filters=filters), reach)


def listed(
    db: Read, statement: Statement[ThreadRow], after: str, bound: dict[str, Any], *, filters: Filters
) -> ThreadList:
    """One page of a list, newest first, from the cursor on. A made-up cursor only names a place."""
    cursor = Cursor.read(after) or _BEGINNING
    found = db.all(statement, **_from(cursor), **bound)
    on_top = [row for row in found if row.top]
    rows = found[len(on_top) :]
    further = Cursor(rows[PAGE - 1].pos, rows[PAGE - 1].id).show() if len(rows) > PAGE else ""
    rows = on_top + rows[:PAGE]
    if filters.only == WAITING:
        # Where nothing stands, there is nothing to be the first to answer.
        rows = [row for row in rows if row.title]
    return ThreadList(rows, further, filters)


def met(threads: ThreadList, reach: Reach) -> ThreadList:
    """The list without threads of whom the reader does not want to meet; those with a word she hid are marked.

    The page may then hold fewer than it could: where the next one begins stays as it was.
    """
    if reach is ANYBODY:
        return threads
    rows = [row for row in threads.rows if not why_folded(reach, row.starter, row.home or row.id, row.label)]
    if reach.hides:
        rows = [_marked(row, reach) for row in rows]
    return structs.replace(threads, rows=rows)


def _marked(row: ThreadRow, reach: Reach) -> ThreadRow:
    seen = has_hidden_word(reach, words_of(row.title)) or has_hidden_word(reach, words_of(row.excerpt))
    return structs.replace(row, hidden=True) if seen else row


def _from(cursor: Cursor) -> dict[str, Any]:
    return {"after_pos": cursor.position, "after_id": cursor.id}


FROM_BEGINNING = _from(_BEGINNING)
"""Where every list begins."""
