"""The threads that the persona in use follows, those written to last first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Integer, LargeBinary, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions.queries.filters import FOLLOWING, Plan, plan, values
from mashrabiya.discussions.queries.lists import SHOWN, met
from mashrabiya.discussions.queries.parts import MAY_READ, PLACED, constant, with_opening
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.types import PAGE, Filters, ThreadList, ThreadRow
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.people.queries.private import MOST
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

_IDS = [f"tid{number}" for number in range(MOST)]


@cache
def _followed(asked: Plan) -> Statement[ThreadRow]:
    these = THREAD.c.id.in_([bindparam(name, type_=LargeBinary) for name in _IDS])
    rows = (
        select(*SHOWN)
        .select_from(with_opening(PLACED))
        .where(these, MAY_READ, *asked.conditions(THREAD))
        .order_by(THREAD.c.last_day.desc(), THREAD.c.pos.desc(), THREAD.c.id.desc())
        .limit(constant(PAGE + 1))
        .offset(bindparam("skipped", type_=Integer))
    )
    return Statement(rows, into=ThreadRow)


def followed_threads(
    db: Read, viewer: Viewer, after: str = "", *, lang: str = "", tids: Sequence[bytes] | None = None
) -> ThreadList:
    """One page of them, as far as she may read them now. ``after`` is how many stood on the pages before.

    ``tids`` are given where her list did not come with the session.

    Always as many ids are asked for: no statement tells how much somebody follows.
    """
    filters, tids = Filters(FOLLOWING, lang), people.followed(viewer) if tids is None else tids
    if not tids:
        return ThreadList([], filters=filters)
    skipped = min(int(after), MOST) if after.isascii() and after.isdigit() else 0
    asked = dict(zip(_IDS, (*tids, *[b""] * MOST), strict=False))
    bound = {**community_queries.sight(viewer), **values(viewer, filters)}
    rows = db.all(_followed(plan(viewer, filters)), skipped=skipped, **asked, **bound)
    further = str(skipped + PAGE) if len(rows) > PAGE else ""
    return met(ThreadList(rows[:PAGE], further, filters), reach_of(viewer))
