"""Posts in which somebody typed a name: asked once, when it was put away, and kept nowhere."""

from __future__ import annotations

from sqlalchemy import Integer, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.parts import MAY_READ, PLACED, STANDING, TITLE, constant
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import PostState, Typed, TypedName
from mashrabiya.kernel.folding import fold
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_LOOKED_AT, _SHOWN_AT_MOST = 20_000, 200
_WORDS: Statement[None] = Statement(
    select(
        POST.c.tid,
        POST.c.n,
        TITLE,
        POST.c.lang,
        POST.c.pid,
        POST.c.tok,
        POST.c.home_tid,
        POST.c.body,
    )
    .select_from(PLACED.join(POST, POST.c.tid == THREAD.c.id).outerjoin(PERSONA, PERSONA.c.id == POST.c.pid))
    .where(MAY_READ, constant(PostState.SHOWN) == STANDING)
    .order_by(THREAD.c.pos.desc(), THREAD.c.id.desc(), POST.c.n)
    .limit(bindparam("most", type_=Integer))
)


def typed_name(db: Read, viewer: Viewer, name: str) -> TypedName:
    """Where the persona in use may read that name in what somebody typed, the newest threads first.

    So many posts are looked at and so many shown; where it stops before the end, it says so.
    """
    wanted = fold(name)
    found: list[Typed] = []
    sight = community_queries.sight(viewer)
    for looked, row in enumerate(db.tuples(_WORDS, most=_LOOKED_AT + 1, **sight)):
        if looked == _LOOKED_AT or len(found) == _SHOWN_AT_MOST:
            return TypedName(found, looked)
        tid, n, title, lang, pid, tok, home_tid, body = row
        if rules.holds_name(f"{title}\n{body}" if n == 1 else body, wanted):
            mine = rules.is_her_voice(viewer, pid, tok, home_tid)
            found.append(Typed(bytes(tid), n, title, lang, mine))
    return TypedName(found)
