"""Posts in which somebody typed a name: asked once, when it was put away, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from sqlalchemy import BigInteger, Integer, LargeBinary, bindparam, case, literal_column, select, tuple_

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.moderation import is_read
from mashrabiya.discussions.queries.parts import MAY_READ, PLACED, STANDING, TITLE, YES, constant
from mashrabiya.discussions.tables import POST, THREAD, VERSION
from mashrabiya.discussions.types import ID_SIZE, Poll, PostState, Typed, TypedName
from mashrabiya.kernel.folding import fold
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement

_BATCH, _LOOKED_AT, _SHOWN_AT_MOST = 2_000, 100_000, 200
_PLACE = tuple_(THREAD.c.pos, THREAD.c.id, POST.c.n)
_BEFORE = tuple_(
    bindparam("before_pos", type_=BigInteger),
    bindparam("before_id", type_=LargeBinary),
    bindparam("before_n", type_=Integer),
)
_NEWEST = ((1 << 62) - 1, b"\xff" * ID_SIZE, 0)
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
        case((POST.c.n == YES, THREAD.c.poll), else_=literal_column("''")),
        THREAD.c.pos,
    )
    .select_from(PLACED.join(POST, POST.c.tid == THREAD.c.id).outerjoin(PERSONA, PERSONA.c.id == POST.c.pid))
    .where(MAY_READ, constant(PostState.SHOWN) == STANDING, _PLACE < _BEFORE)
    .order_by(THREAD.c.pos.desc(), THREAD.c.id.desc(), POST.c.n.desc())
    .limit(constant(_BATCH))
)


_EARLIER_PLACE = tuple_(VERSION.c.post, VERSION.c.v)
_AFTER = tuple_(bindparam("after_post", type_=LargeBinary), bindparam("after_v", type_=Integer))
_EARLIER: Statement[None] = Statement(
    select(
        POST.c.tid,
        POST.c.n,
        TITLE,
        VERSION.c.lang,
        POST.c.pid,
        POST.c.tok,
        POST.c.home_tid,
        VERSION.c.title + literal_column("' '") + VERSION.c.body,
        literal_column("''"),
        VERSION.c.post,
        VERSION.c.v,
    )
    .select_from(
        PLACED.join(POST, POST.c.tid == THREAD.c.id)
        .join(VERSION, VERSION.c.post == POST.c.id)
        .outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
    )
    .where(MAY_READ, constant(PostState.SHOWN) == STANDING, _EARLIER_PLACE > _AFTER)
    .order_by(VERSION.c.post, VERSION.c.v)
    .limit(constant(_BATCH))
)


def typed_name(db: Read, viewer: Viewer, name: str) -> TypedName:
    """Where the persona in use may read that name in what somebody typed, the newest threads first.

    So many posts are looked at and so many shown; where it stops before the end, it says so.
    """
    wanted = fold(name)
    found: dict[tuple[bytes, int, bool], Typed] = {}
    for looked, (earlier, row) in enumerate(chain(_words(db, viewer), _earlier(db, viewer))):
        if looked == _LOOKED_AT or len(found) == _SHOWN_AT_MOST:
            return TypedName([*found.values()], looked)
        tid, n, title, lang, pid, tok, home_tid, body, kept_poll, *_place = row
        poll = Poll.read(kept_poll)
        whole = n == 1 and not earlier
        said = "\n".join((title, body, *(poll.choices if poll else ()))) if whole else body
        # Of a translation the row does not say whether its original is read.
        if rules.holds_name(said, wanted) and is_read(db, bytes(tid), n):
            mine = rules.is_her_voice(viewer, pid, tok, home_tid)
            found.setdefault((bytes(tid), n, earlier), Typed(bytes(tid), n, title, lang, mine, earlier))
    return TypedName([*found.values()])


def _words(db: Read, viewer: Viewer) -> Iterator[tuple[bool, tuple[Any, ...]]]:
    """What she may read, a batch at a time, so that memory never holds all of it."""
    sight, (pos, tid, n) = community_queries.sight(viewer), _NEWEST
    while True:
        rows = db.tuples(_WORDS, before_pos=pos, before_id=tid, before_n=n, **sight)
        yield from ((False, row) for row in rows)
        if len(rows) < _BATCH:
            return
        tid, n, pos = bytes(rows[-1][0]), rows[-1][1], rows[-1][-1]


def _earlier(db: Read, viewer: Viewer) -> Iterator[tuple[bool, tuple[Any, ...]]]:
    """How what she may read stood before: it is read too."""
    sight, (post, v) = community_queries.sight(viewer), (b"", 0)
    while True:
        rows = db.tuples(_EARLIER, after_post=post, after_v=v, **sight)
        yield from ((True, row) for row in rows)
        if len(rows) < _BATCH:
            return
        post, v = bytes(rows[-1][-2]), rows[-1][-1]
