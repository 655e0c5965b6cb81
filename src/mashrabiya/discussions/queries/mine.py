"""Everything a person has written, for herself alone: a copy of it, or its end.

Her named posts are found by the persona, a hundred at a time. Her unnamed ones are
recognised by trial among all voices of the house, which takes two microseconds each:
asked for a few times in the life of an account, never for a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from hmac import compare_digest
from typing import Any

from msgspec import structs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    LargeBinary,
    bindparam,
    case,
    literal_column,
    or_,
    select,
    tuple_,
)

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.parts import CID, MAY_READ, PID, PLACED, TITLE, YES, constant
from mashrabiya.discussions.tables import PICTURE, POST, THREAD, VERSION
from mashrabiya.discussions.types import ID_SIZE, PICTURES, OwnWording, OwnWords, PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work, mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read, Statement

BATCH = 100
_VOICES = 2000

_TOK = bindparam("tok", type_=LargeBinary)
_HOME = bindparam("home_tid", type_=LargeBinary)
_NOTHING: ColumnElement[str] = literal_column("''")
_STANDS = (POST.c.state != constant(PostState.DELETED), POST.c.body != _NOTHING)
# What she may not read any more tells her neither its title nor where it stands.
_STILL = or_(MAY_READ, community_queries.kin_reads(THREAD.c.cid))


def _alt(place: int) -> ColumnElement[str | None]:
    """How the picture at this place of the post was described; nothing where there is none."""
    here = (PICTURE.c.post == POST.c.id, PICTURE.c.place == constant(place))
    return select(PICTURE.c.alt).where(*here).scalar_subquery()


def _words(*row: Any) -> OwnWords:
    alts = tuple(alt for alt in row[-PICTURES:] if alt is not None)
    *before, body, poll = row[:-PICTURES]
    # Of others her copy has no name: whom she mentioned is not hers to carry away.
    return OwnWords(*[*before, markdown.nameless(body), alts, poll])


_WRITTEN = select(
    POST.c.tid,
    POST.c.n,
    case((_STILL, TITLE), else_=_NOTHING),
    case((_STILL, COMMUNITY.c.name), else_=_NOTHING),
    POST.c.lang,
    POST.c.kind,
    POST.c.t,
    POST.c.edited,
    POST.c.to_n,
    POST.c.helped,
    POST.c.body,
    case((POST.c.n == YES, THREAD.c.poll), else_=_NOTHING),
    *[_alt(place) for place in range(1, PICTURES + 1)],
).select_from(PLACED.join(POST, POST.c.tid == THREAD.c.id))
_LINE = tuple_(POST.c.t, POST.c.tid, POST.c.n)
_AFTER = tuple_(
    bindparam("after_t", type_=BigInteger),
    bindparam("after_tid", type_=LargeBinary),
    bindparam("after_n", type_=Integer),
)
_NAMED = Statement(
    _WRITTEN.where(POST.c.pid == PID, *_STANDS, _LINE > _AFTER)
    .order_by(POST.c.t, POST.c.tid, POST.c.n)
    .limit(constant(BATCH)),
    into=_words,
)
_UNNAMED = Statement(
    _WRITTEN.where(POST.c.home_tid == _HOME, POST.c.tok == _TOK, *_STANDS).order_by(POST.c.tid, POST.c.n),
    into=_words,
)
_WORDINGS = (
    select(POST.c.tid, POST.c.n, VERSION.c.day, VERSION.c.title, VERSION.c.body)
    .select_from(VERSION.join(POST, POST.c.id == VERSION.c.post))
    .order_by(VERSION.c.v.desc())
)
_UP_TO = tuple_(
    bindparam("last_t", type_=BigInteger),
    bindparam("last_tid", type_=LargeBinary),
    bindparam("last_n", type_=Integer),
)
_NAMED_EARLIER: Statement[None] = Statement(
    _WORDINGS.where(POST.c.pid == PID, *_STANDS, _LINE > _AFTER, _LINE <= _UP_TO)
)
_UNNAMED_EARLIER: Statement[None] = Statement(
    _WORDINGS.where(POST.c.home_tid == _HOME, POST.c.tok == _TOK, *_STANDS)
)
_VOICE = tuple_(POST.c.home_tid, POST.c.tok)
_VOICES_AFTER: Statement[None] = Statement(
    select(POST.c.home_tid, POST.c.tok)
    .distinct()
    .where(
        POST.c.tok.is_not(None),
        tuple_(bindparam("after_home", type_=LargeBinary), bindparam("after_tok", type_=LargeBinary))
        < _VOICE,
    )
    .order_by(POST.c.home_tid, POST.c.tok)
    .limit(constant(_VOICES))
)
_POSTS_OF: Statement[None] = Statement(
    select(POST.c.id).where(
        POST.c.home_tid == _HOME, POST.c.tok == _TOK, POST.c.state != constant(PostState.DELETED)
    )
)

_VOICES_THERE: Statement[None] = Statement(
    select(POST.c.home_tid, POST.c.tok)
    .distinct()
    .where(
        POST.c.tok.is_not(None),
        POST.c.cid == CID,
        tuple_(bindparam("after_home", type_=LargeBinary), bindparam("after_tok", type_=LargeBinary))
        < tuple_(POST.c.home_tid, POST.c.tok),
    )
    .order_by(POST.c.home_tid, POST.c.tok)
    .limit(constant(_VOICES))
)
_NAMED_THERE: Statement[None] = Statement(
    select(POST.c.id).where(POST.c.pid == PID, POST.c.cid == CID, POST.c.state != constant(PostState.DELETED))
)

Voice = tuple[bytes, bytes]


def _with_earlier(posts: list[OwnWords], rows: list[tuple[Any, ...]]) -> list[OwnWords]:
    """The posts with their earlier wordings, without the names of others."""
    kept: dict[tuple[bytes, int], list[OwnWording]] = {}
    for tid, n, day, title, body in rows:
        text = "\n\n".join(part for part in (title, markdown.nameless(body)) if part)
        kept.setdefault((bytes(tid), n), []).append(OwnWording(clock.iso(day), text))
    if not kept:
        return posts
    return [structs.replace(post, earlier=tuple(kept.get((post.tid, post.n), ()))) for post in posts]


def named_posts(db: Read, viewer: Viewer, after: OwnWords | None = None) -> list[OwnWords]:
    """A batch of what the persona in use wrote by name, the oldest first, from a post on."""
    line = {"after_t": -1, "after_tid": b"", "after_n": 0}
    if after is not None:
        line = {"after_t": after.t, "after_tid": after.tid, "after_n": after.n}
    posts = db.all(_NAMED, **line, **community_queries.sight(viewer))
    if not posts:
        return posts
    up_to = {"last_t": posts[-1].t, "last_tid": posts[-1].tid, "last_n": posts[-1].n}
    return _with_earlier(posts, db.tuples(_NAMED_EARLIER, pid=viewer.pid, **line, **up_to))


def unnamed_posts(db: Read, viewer: Viewer, voice: Voice) -> list[OwnWords]:
    """What she wrote with one of her voices."""
    hers = {"home_tid": voice[0], "tok": voice[1]}
    posts = db.all(_UNNAMED, **hers, **community_queries.sight(viewer))
    return _with_earlier(posts, db.tuples(_UNNAMED_EARLIER, **hers))


def unnamed_voices(db: Read, work: Work) -> list[Voice]:
    """The thread and token of every place where this person has written unnamed."""
    return [voice for batch in _batches(db) for voice in batch if _is_of(work.token_key(), voice)]


def unnamed_ids(db: Read, work: Work) -> list[bytes]:
    """The ids of everything she has written unnamed and that still stands."""
    return _posts_of(db, unnamed_voices(db, work))


def written_there(db: Read, viewer: Viewer, cid: bytes, *, unnamed: bool) -> list[bytes]:
    """The ids of what she wrote in one community and that still stands: under the persona in use, or without a name."""
    if not unnamed:
        return [bytes(post) for (post,) in db.tuples(_NAMED_THERE, cid=cid, pid=viewer.pid)]
    if viewer.work is None:
        return []
    key = viewer.work.token_key()
    return _posts_of(db, [voice for batch in _batches(db, cid) for voice in batch if _is_of(key, voice)])


def _posts_of(db: Read, voices: list[Voice]) -> list[bytes]:
    rows: list[tuple[Any, ...]] = []
    for home_tid, tok in voices:
        rows += db.tuples(_POSTS_OF, home_tid=home_tid, tok=tok)
    return [bytes(post) for (post,) in rows]


def _batches(db: Read, cid: bytes | None = None) -> Iterator[list[Voice]]:
    after: Voice = b"", b""
    statement, where = (_VOICES_AFTER, {}) if cid is None else (_VOICES_THERE, {"cid": cid})
    while True:
        rows = db.tuples(statement, after_home=after[0], after_tok=after[1], **where)
        batch = [(bytes(home_tid), bytes(tok)) for home_tid, tok in rows]
        yield batch
        if len(batch) < _VOICES:
            return
        after = batch[-1]


def _is_of(key: bytes, voice: Voice) -> bool:
    """As ``Work.token`` makes it, with the key made once for all."""
    return compare_digest(mac(key, voice[0])[:ID_SIZE], voice[1])
