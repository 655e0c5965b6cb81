"""Threads by their tags: those of one community, those of one tag wherever it stands, and what to suggest by it.

Every list is a run along one index a place, which begins at its newest: it costs what a page costs, however
many threads have the tag. Only places that the viewer may read, and that lists tell her of, are looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    LargeBinary,
    Select,
    Subquery,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
    tuple_,
)

from mashrabiya.communities import queries as communities
from mashrabiya.communities.tables import COMMUNITY, TAG_NAME
from mashrabiya.communities.types import Audience, PlaceState, alike
from mashrabiya.communities.types.tags import keys_in
from mashrabiya.discussions.queries.filters import Plan, plan, values
from mashrabiya.discussions.queries.lists import PAGE_AND_ONE, SHOWN, listed, met
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
    with_opening,
)
from mashrabiya.discussions.tables import TAGGED, THREAD
from mashrabiya.discussions.types import NO_FILTERS, SUGGESTED, Filters, Suggested, ThreadList, ThreadRow
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.people.queries import is_unseen
from mashrabiya.people.queries.private import MOST_PASSED
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

SUGGESTED_DAYS = 30
"""What was begun longer ago is not suggested."""
_NEAR, _OF_EACH = constant(12), constant(4)
_PLACES = constant(40)
"""So many places are looked into for a suggestion, and so many threads of each."""
_NUMBER = bindparam("tag_number", type_=Integer)
_AFTER = tuple_(bindparam("after_pos", type_=BigInteger), bindparam("after_id", type_=LargeBinary))
_SINCE = bindparam("since", type_=BigInteger)
_PASSED = [f"passed{number}" for number in range(MOST_PASSED)]
Conditions = list[ColumnElement[bool]]


def _key(tagged: FromClause) -> ColumnElement[Any]:
    return tuple_(tagged.c.pos, tagged.c.tid)


def _newest(tagged: FromClause) -> tuple[ColumnElement[Any], ...]:
    return tagged.c.pos.desc(), tagged.c.tid.desc()


@cache
def _here(asked: Plan) -> Statement[ThreadRow]:
    placed = TAGGED.join(THREAD, THREAD.c.id == TAGGED.c.tid).join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
    answerable = [COMMUNITY.c.state == constant(PlaceState.OPEN)] if asked.waiting else []
    rows = select(*SHOWN).select_from(with_opening(placed))
    of_tag = (TAGGED.c.cid == CID, TAGGED.c.n == _NUMBER, _key(TAGGED) < _AFTER)
    narrowed = rows.where(*of_tag, MAY_READ, *asked.conditions(THREAD), *answerable)
    return Statement(narrowed.order_by(*_newest(TAGGED)).limit(PAGE_AND_ONE), into=ThreadRow)


def tagged_threads(db: Read, viewer: Viewer, cid: bytes, after: str = "", *, filters: Filters) -> ThreadList:
    """The newest threads of one community that have one of its tags, as far as the viewer may read them."""
    bound = {
        "cid": cid,
        "tag_number": filters.tag,
        **communities.sight(viewer),
        **values(viewer, filters),
    }
    return met(listed(db, _here(plan(viewer, filters)), after, bound, filters=filters), reach_of(viewer))


def _places(*where: ColumnElement[bool], most: ColumnElement[int] | None = None) -> CTE:
    """Places that offer such a tag, with its number there; of too many those that speak her language first."""
    offered = select(TAG_NAME.c.cid, TAG_NAME.c.n).select_from(communities.OFFERED)
    once = offered.where(communities.HAS_KEY, *where).group_by(
        TAG_NAME.c.cid, TAG_NAME.c.n, COMMUNITY.c.language
    )
    if most is not None:
        hers_first = case((COMMUNITY.c.language == communities.TONGUE, NO), else_=YES)
        once = once.order_by(hers_first, TAG_NAME.c.cid, TAG_NAME.c.n).limit(most)
    return once.cte("offers").prefix_with("MATERIALIZED")


def _of_place(tagged: FromClause, places: CTE, wanted: _Wanted) -> Select[Any]:
    """The threads of one tag of one place, the newest first."""
    threads = THREAD.alias()
    found = select(tagged.c.tid.label("id"), tagged.c.pos).select_from(
        tagged.join(threads, threads.c.id == tagged.c.tid)
    )
    of_tag = (tagged.c.cid == places.c.cid, tagged.c.n == places.c.n, _key(tagged) < _AFTER)
    return found.where(*of_tag, *wanted(threads, tagged)).correlate(places).order_by(*_newest(tagged))


class _Wanted:
    """What is asked of each thread beside its tag: that the viewer may read it, and what narrows the list."""

    def __init__(self, asked: Plan, *, suggested: bool = False) -> None:
        self.asked, self.suggested = asked, suggested
        # Where each run along the index ends, if it does not find enough before.
        self.oldest: ColumnElement[int] = _SINCE if suggested else NO

    def __call__(self, threads: FromClause, tagged: FromClause) -> Conditions:
        if self.suggested:
            return [*_recent_and_open(threads, tagged), *self.asked.conditions(threads)]
        return [communities.visible(threads.c.audience, cid=threads.c.cid), *self.asked.conditions(threads)]


def _recent_and_open(threads: FromClause, tagged: FromClause) -> Conditions:
    """For all who are signed in, lately begun, without a content note that would fold it, and not passed over.

    That she is not excluded is asked of the place.
    """
    return [
        threads.c.audience <= constant(Audience.SIGNED_IN),
        tagged.c.pos >= _SINCE,
        threads.c.notes.op("&")(bindparam("folded", type_=Integer)) == NO,
        threads.c.id.not_in([bindparam(name, type_=LargeBinary) for name in _PASSED]),
    ]


def merged(places: CTE, wanted: _Wanted, room: ColumnElement[int], each: ColumnElement[int]) -> Subquery:
    """The newest of them, merged from so many of each place: no more are looked at than fit in the list."""
    newest, counted, threads = TAGGED.alias("newest"), TAGGED.alias("counted"), THREAD.alias("near")
    last_that_fits = (
        _of_place(counted, places, wanted)
        .with_only_columns(counted.c.pos)
        .limit(YES)
        .offset(each)
        .scalar_subquery()
    )
    joined = places.join(newest, (newest.c.cid == places.c.cid) & (newest.c.n == places.c.n)).join(
        threads, threads.c.id == newest.c.tid
    )
    found = select(newest.c.tid.label("id"), newest.c.pos).distinct().select_from(joined)
    found = found.where(
        newest.c.pos >= func.coalesce(last_that_fits, wanted.oldest),
        _key(newest) < _AFTER,
        *wanted(threads, newest),
    )
    return found.order_by(*_newest(newest)).limit(room).subquery("found")


def gathered(places: CTE, wanted: _Wanted, room: ColumnElement[int], each: ColumnElement[int]) -> Subquery:
    """The same for PostgreSQL."""
    near = _of_place(TAGGED.alias("counted"), places, wanted).limit(each).lateral("near")
    found = select(near.c.id, near.c.pos).distinct().select_from(places.join(near, true()))
    return found.order_by(near.c.pos.desc(), near.c.id.desc()).limit(room).subquery("found")


def _rows(found: Subquery, *more: Any) -> Select[Any]:
    return select(*SHOWN, *more).select_from(with_opening(PLACED.join(found, found.c.id == THREAD.c.id)))


@cache
def _across(asked: Plan) -> Statement[ThreadRow]:
    # In an archived place nobody can be the first to answer.
    answerable = [COMMUNITY.c.state == constant(PlaceState.OPEN)] if asked.waiting else []
    places, wanted = _places(*communities.READS_HERE, *answerable), _Wanted(asked)
    order = (THREAD.c.pos.desc(), THREAD.c.id.desc())
    here, on_postgresql = (merge(places, wanted, PAGE_AND_ONE, PAGE_AND_ONE) for merge in (merged, gathered))
    return Statement(
        _rows(here).order_by(*order), into=ThreadRow, postgresql=_rows(on_postgresql).order_by(*order)
    )


def threads_of_tag(
    db: Read, viewer: Viewer, ref: bytes, after: str = "", *, filters: Filters = NO_FILTERS
) -> ThreadList:
    """The newest threads that have this tag, in every place that the viewer may read."""
    bound = {
        **communities.key_values([ref]),
        **communities.sight(viewer),
        **values(viewer, filters),
    }
    return met(listed(db, _across(plan(viewer, filters)), after, bound, filters=filters), reach_of(viewer))


def suggestions(asked: Plan, merge: Any, *more: Any) -> Select[Any]:
    """Threads of places where she does not belong, that have a tag she follows: for the statement of her first page."""
    open_to_her = (
        COMMUNITY.c.state == constant(PlaceState.OPEN),
        COMMUNITY.c.audience <= constant(Audience.SIGNED_IN),
        communities.LISTED,
        communities.not_excluded(COMMUNITY.c.id),
        ~communities.belongs(COMMUNITY.c.id),
    )
    places = _places(*open_to_her, most=_PLACES)
    found = merge(places, _Wanted(asked, suggested=True), _NEAR, _OF_EACH)
    stands = (OPENING.c.state == STANDS, or_(OPENER.c.id.is_(None), ~is_unseen(OPENER)))
    return _rows(found, *more).where(*stands)


def suggestion_values(viewer: Viewer) -> dict[str, Any]:
    """What they are compared with."""
    passed = people.passed(viewer)
    return {
        **communities.key_values(people.followed_tags(viewer)),
        **dict(zip(_PASSED, [*passed, *[b""] * MOST_PASSED], strict=False)),
        "since": (clock.day() - SUGGESTED_DAYS) * clock.DAY,
        "folded": ~viewer.notes_shown,
    }


def suggested(viewer: Viewer, rows: Iterable[ThreadRow]) -> list[Suggested]:
    """A few of them, each with the tag that led to it."""
    ordered = sorted(rows, key=lambda row: (row.pos, row.id), reverse=True)
    return list(islice(_because(viewer, ordered), SUGGESTED))


def _because(viewer: Viewer, rows: Iterable[ThreadRow]) -> Iterator[Suggested]:
    follows = people.followed_tags(viewer)
    for row in rows:
        led = ((ref, alike(row.tagged, ref)) for ref in follows)
        first = next(((ref, tag) for ref, tag in led if tag is not None), None)
        if first is not None:
            yield Suggested(row, *first)


def follows_tag(viewer: Viewer, ref: bytes) -> bool:
    """Whether she follows it, by either of its names. It asks nothing."""
    return any(keys_in(one) & keys_in(ref) for one in people.followed_tags(viewer))
