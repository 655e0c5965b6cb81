"""Reading threads. To fetch is to authorise: what the viewer may not read is not found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    tuple_,
)

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.queries import belongs, visible
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import SMALL, Audience, CommunityFacts
from mashrabiya.discussions import rules
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import (
    ID_SIZE,
    PAGE,
    OwnPost,
    Paging,
    PostFacts,
    PostRow,
    Speaking,
    ThreadFacts,
    ThreadList,
    ThreadPage,
    ThreadRow,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.platform.db import Read, Statement, sixteen

# Constants of a statement are written out, so that only what varies is bound.
_YES: ColumnElement[int] = literal_column("1")
_NO: ColumnElement[int] = literal_column("0")
_OPEN: ColumnElement[int] = literal_column(str(int(Audience.PUBLIC)))
_BEGINNING = Cursor((1 << 62) - 1, b"\xff" * ID_SIZE)

_TID = bindparam("tid", type_=LargeBinary)
_CID = bindparam("cid", type_=LargeBinary)
_PID = bindparam("pid", type_=LargeBinary)
_TOK = bindparam("tok", type_=LargeBinary)
_SIBLINGS = sixteen("sibling")

_PLACED = THREAD.join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
_MAY_READ = visible(THREAD.c.audience, COMMUNITY.c.audience, cid=THREAD.c.cid)

# --- one thread ----------------------------------------------------------------

_OWN_COLUMNS = (
    THREAD.c.id,
    THREAD.c.title,
    THREAD.c.lang,
    THREAD.c.audience,
    THREAD.c.retention_days,
    THREAD.c.n,
    THREAD.c.labels,
)


def _facts(*row: Any) -> ThreadFacts:
    own = len(_OWN_COLUMNS)
    return ThreadFacts(*[*row[:own], CommunityFacts(*row[own:])])


_THREAD = Statement(
    select(*_OWN_COLUMNS, *community_queries.FACTS)
    .select_from(_PLACED)
    .where(THREAD.c.id == _TID, _MAY_READ),
    into=_facts,
)
_POSTS = Statement(
    select(
        POST.c.id,
        POST.c.n,
        POST.c.state,
        POST.c.label,
        PERSONA.c.name,
        PERSONA.c.pub,
        PERSONA.c.seed,
        POST.c.html,
        POST.c.lang,
        POST.c.kind,
        POST.c.t,
        POST.c.edited,
        # The token is this thread's: posts moved in from elsewhere are changed from their own page.
        case(
            (POST.c.pid == _PID, _YES),
            (and_(POST.c.tok == _TOK, POST.c.home_tid == _TID), _YES),
            else_=_NO,
        ),
    )
    .select_from(POST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid))
    .where(POST.c.tid == _TID, POST.c.n.between(bindparam("first"), bindparam("last")))
    .order_by(POST.c.n),
    into=PostRow,
)

_VOICE = (
    select(PERSONA.c.id)
    .join(POST, POST.c.pid == PERSONA.c.id)
    .where(POST.c.tid == _TID, POST.c.pid.in_(_SIBLINGS))
    .limit(_YES)
)
_FEW = select(MEMBERSHIP.c.role).where(MEMBERSHIP.c.cid == _CID).limit(literal_column(str(SMALL)))
_SPEAKING = Statement(
    select(
        select(POST.c.label).where(POST.c.home_tid == _TID, POST.c.tok == _TOK).limit(_YES).scalar_subquery(),
        _VOICE.scalar_subquery(),
        _VOICE.with_only_columns(PERSONA.c.name).scalar_subquery(),
        select(func.count()).select_from(_FEW.subquery()).scalar_subquery(),
    ),
    into=Speaking,
)
_POST = Statement(
    select(
        POST.c.id,
        POST.c.tid,
        POST.c.n,
        POST.c.home_tid,
        POST.c.pid,
        POST.c.tok,
        POST.c.state,
        POST.c.lang,
        POST.c.html,
        POST.c.body,
    ).where(POST.c.id == bindparam("post"), POST.c.tid == _TID),
    into=PostFacts,
)
_CLOSED: Statement[None] = Statement(
    select(GUARD.c.subject).where(
        GUARD.c.kind == literal_column("'anon_comm'"),
        GUARD.c.scope == _CID,
        GUARD.c.until_day >= bindparam("today", type_=Integer),
    )
)


def find_thread(db: Read, viewer: Viewer, tid: bytes) -> ThreadFacts | None:
    """The thread, if the viewer may read it. One statement, found or not."""
    return db.first(_THREAD, tid=tid, **community_queries.sight(viewer))


def get_thread(db: Read, viewer: Viewer, tid: bytes) -> ThreadFacts:
    """The thread, or not found."""
    found = find_thread(db, viewer, tid)
    if found is None:
        raise NotFound
    return found


def thread_page(db: Read, viewer: Viewer, tid: bytes, number: int = 1) -> ThreadPage:
    """The page of the thread on which the post of that number stands."""
    thread = get_thread(db, viewer, tid)
    paging = Paging.of(number, thread.n)
    posts = db.all(
        _POSTS,
        tid=tid,
        first=paging.first,
        last=paging.last,
        pid=viewer.pid,
        tok=viewer.token(tid),
    )
    ways = rules.ways_to_reply(viewer, thread, speaking(db, viewer, thread))
    return ThreadPage(thread, posts, paging, ways)


def speaking(db: Read, viewer: Viewer, thread: ThreadFacts) -> Speaking:
    """How this person has spoken there; asked only of those who could speak."""
    if not thread.community.kin_belongs:
        return Speaking()
    found = db.first(
        _SPEAKING,
        tid=thread.id,
        cid=thread.community.id,
        tok=viewer.token(thread.id),
        **community_queries.sight(viewer),
    )
    return found or Speaking()


def get_own_post(db: Read, viewer: Viewer, tid: bytes, post: bytes) -> OwnPost:
    """A post that the viewer may change. Everybody else's, and what was deleted, is not found."""
    thread = get_thread(db, viewer, tid)
    found = db.first(_POST, tid=tid, post=post)
    if found is None:
        raise NotFound
    rules.may_change(viewer, found).or_raise()
    return OwnPost(thread, found)


def closed_unnamed(db: Read, cid: bytes) -> list[bytes]:
    """The subjects from which unnamed writing was taken in that community."""
    return [bytes(subject) for (subject,) in db.tuples(_CLOSED, cid=cid, today=clock.day())]


# --- lists of threads ----------------------------------------------------------

_ROWS = (
    select(
        THREAD.c.id,
        THREAD.c.title,
        THREAD.c.excerpt,
        THREAD.c.lang,
        THREAD.c.pos,
        THREAD.c.n,
        THREAD.c.cid,
        COMMUNITY.c.name,
        COMMUNITY.c.seed,
    )
    .select_from(_PLACED)
    .order_by(THREAD.c.pos.desc(), THREAD.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_FURTHER = _ROWS.where(
    tuple_(THREAD.c.pos, THREAD.c.id)
    < tuple_(bindparam("after_pos", type_=THREAD.c.pos.type), bindparam("after_id", type_=LargeBinary))
)
_LATEST = Statement(_FURTHER.where(_MAY_READ), into=ThreadRow)
# The same for a visitor, who sees public threads alone: one run along one index.
_LATEST_PUBLIC = Statement(
    _FURTHER.where(THREAD.c.audience == _OPEN, COMMUNITY.c.audience == _OPEN),
    into=ThreadRow,
)
_OF_COMMUNITY = Statement(_FURTHER.where(THREAD.c.cid == _CID, _MAY_READ), into=ThreadRow)
_OF_MINE = Statement(_FURTHER.where(belongs(THREAD.c.cid), _MAY_READ), into=ThreadRow)
_WAITING = Statement(
    _ROWS.where(THREAD.c.n == literal_column("1"), belongs(THREAD.c.cid), _MAY_READ), into=ThreadRow
)


def latest(db: Read, viewer: Viewer, after: str = "") -> ThreadList:
    """The newest threads that the viewer may read, wherever they stand."""
    if viewer.is_member:
        return _listed(db, _LATEST, after, community_queries.sight(viewer))
    return _listed(db, _LATEST_PUBLIC, after, {})


def community_threads(db: Read, viewer: Viewer, cid: bytes, after: str = "") -> ThreadList:
    """The newest threads of one community that the viewer may read."""
    return _listed(db, _OF_COMMUNITY, after, {"cid": cid, **community_queries.sight(viewer)})


def home_threads(db: Read, viewer: Viewer, after: str = "") -> ThreadList:
    """The newest threads of the communities that the persona in use belongs to."""
    return _listed(db, _OF_MINE, after, community_queries.sight(viewer))


def waiting(db: Read, viewer: Viewer, limit: int = 3) -> list[ThreadRow]:
    """The newest threads there that nobody has answered yet."""
    return db.all(_WAITING, limit=limit, **community_queries.sight(viewer))


def _listed(db: Read, statement: Statement[ThreadRow], after: str, values: dict[str, Any]) -> ThreadList:
    """One page of a list, newest first, from the cursor on. A made-up cursor only names a place."""
    cursor = Cursor.read(after) or _BEGINNING
    rows = db.all(statement, after_pos=cursor.position, after_id=cursor.id, limit=PAGE + 1, **values)
    if len(rows) <= PAGE:
        return ThreadList(rows)
    return ThreadList(rows[:PAGE], Cursor(rows[PAGE - 1].pos, rows[PAGE - 1].id).show())
