"""Reading one thread. To fetch is to authorise: what the viewer may not read is not found."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    select,
    true,
)

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import SMALL, Audience, CommunityFacts
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.parts import (
    CID,
    NO,
    OPENER,
    OPENING,
    TID,
    YES,
    constant,
    unless_unseen,
    with_opening,
)
from mashrabiya.discussions.tables import BALLOT, POST, THREAD, TOLD
from mashrabiya.discussions.types import (
    ClosedWriting,
    OwnPost,
    Pace,
    Placed,
    PostFacts,
    PostState,
    Speaking,
    ThreadFacts,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import is_unseen
from mashrabiya.people.queries.guards import PAUSED, SLOWED, UNNAMED_COMMUNITY, UNNAMED_SLOWED
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.people.types import Reached
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

_TOK = bindparam("tok", type_=LargeBinary)
_SIBLINGS = sixteen("sibling")

_OWN_COLUMNS = (
    THREAD.c.id,
    unless_unseen(THREAD.c.title),
    THREAD.c.lang,
    THREAD.c.audience,
    THREAD.c.retention_days,
    THREAD.c.n,
    THREAD.c.labels,
    THREAD.c.wants,
    THREAD.c.spare,
    THREAD.c.notes,
    THREAD.c.answers,
    THREAD.c.anon_mode,
    case((is_unseen(OPENER), NO), else_=THREAD.c.poll_day),
    unless_unseen(THREAD.c.poll),
    func.coalesce(OPENING.c.state, constant(PostState.DELETED)),
)


def _facts(*row: Any) -> ThreadFacts:
    own = len(_OWN_COLUMNS)
    return ThreadFacts(*[*row[:own], CommunityFacts(*row[own:])])


# Where no thread is, she is asked for in a community that is none: the same steps as for one that is hidden.
_PLACE = (
    select(func.coalesce(select(THREAD.c.cid).where(THREAD.c.id == TID).scalar_subquery(), TID).label("cid"))
    .cte("place")
    .prefix_with("MATERIALIZED")
)
_STANDING = community_queries.standing(_PLACE.c.cid)
_THREAD = Statement(
    select(*_OWN_COLUMNS, *community_queries.facts(_STANDING))
    .select_from(
        with_opening(
            _STANDING.join(THREAD, THREAD.c.id == TID).join(COMMUNITY, COMMUNITY.c.id == _STANDING.c.cid)
        )
    )
    .where(
        community_queries.opens(_STANDING, THREAD.c.audience, COMMUNITY.c.audience, door=Audience.SIGNED_IN)
    ),
    into=_facts,
)
_VOICE = (
    select(PERSONA.c.id, PERSONA.c.name)
    .join(POST, POST.c.pid == PERSONA.c.id)
    .where(POST.c.tid == TID, POST.c.pid.in_(_SIBLINGS))
    .limit(YES)
    .subquery("voice")
)
_LABEL = select(POST.c.label).where(POST.c.home_tid == TID, POST.c.tok == _TOK).limit(YES)
_FEW = select(MEMBERSHIP.c.role).where(MEMBERSHIP.c.cid == CID).limit(constant(SMALL))
_PAUSE: ColumnElement[str] = literal_column("'pause'")
_SLOW: ColumnElement[str] = literal_column("'slow'")
_PACE = (
    select(func.max(case((GUARD.c.kind == _PAUSE, constant(Pace.PAUSED)), else_=constant(Pace.SLOWED))))
    .where(
        GUARD.c.kind.in_([_PAUSE, _SLOW]),
        GUARD.c.scope == CID,
        GUARD.c.subject.in_(_SIBLINGS),
        GUARD.c.until_day >= bindparam("today", type_=Integer),
    )
    .scalar_subquery()
)
_SPOKEN = select(
    _LABEL.scalar_subquery(),
    _VOICE.c.id,
    _VOICE.c.name,
    select(func.count()).select_from(_FEW.subquery()).scalar_subquery(),
    case((exists().where(TOLD.c.home_tid == TID, TOLD.c.tok == _TOK), YES), else_=NO),
    func.coalesce(_PACE, NO),
)
_PERSON = select(YES).subquery("person").outerjoin(_VOICE, true())
_SPEAKING = Statement(_SPOKEN.select_from(_PERSON), into=Speaking)
# The same where a poll is open: what she chose, which her own session alone can ask.
_CHOSEN = select(BALLOT.c.chosen).where(
    BALLOT.c.tid == TID, BALLOT.c.bnull == bindparam("bnull", type_=LargeBinary)
)
_VOTING = Statement(
    _SPOKEN.add_columns(func.coalesce(_CHOSEN.scalar_subquery(), NO)).select_from(_PERSON), into=Speaking
)
# Who opened the thread and who wrote the post that is answered, where they did so by name: a row each.
_AUTHORS = (
    select(PERSONA.c.id, PERSONA.c.bpub, PERSONA.c.state)
    .select_from(POST.join(PERSONA, PERSONA.c.id == POST.c.pid))
    .where(POST.c.tid == TID, POST.c.n.in_([YES, bindparam("to", type_=Integer)]))
    .distinct()
    .subquery("authors")
)
_SPEAKING_TO: Statement[None] = Statement(
    _SPOKEN.add_columns(*_AUTHORS.c).select_from(_PERSON.outerjoin(_AUTHORS, true()))
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
        POST.c.notes,
        POST.c.html,
        POST.c.body,
    ).where(POST.c.id == bindparam("post"), POST.c.tid == TID),
    into=PostFacts,
)
_SOURCE: Statement[None] = Statement(
    select(POST.c.body).where(
        POST.c.tid == TID, POST.c.n == bindparam("at"), POST.c.state == constant(PostState.SHOWN)
    )
)
_CLOSED: Statement[None] = Statement(
    select(GUARD.c.kind, GUARD.c.subject).where(
        GUARD.c.kind.in_([literal_column("'anon_comm'"), literal_column("'anon_slow'"), _PAUSE, _SLOW]),
        GUARD.c.scope == CID,
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


def speaking(db: Read, viewer: Viewer, thread: ThreadFacts) -> Speaking:
    """How this person has spoken there; asked only of those who could speak."""
    if not thread.community.kin_belongs:
        return Speaking()
    asking = _asking(viewer, thread)
    if thread.kept_poll and thread.takes_votes and viewer.work is not None:
        mine = viewer.work.nullifier(b"ballot", thread.id)
        return db.first(_VOTING, bnull=mine, **asking) or Speaking()
    return db.first(_SPEAKING, **asking) or Speaking()


def speaking_to(
    db: Read, viewer: Viewer, thread: ThreadFacts, to: int | None
) -> tuple[Speaking, list[Reached]]:
    """The same, and the personas that a reply reaches: of the thread's first post and the one it answers."""
    if not thread.community.kin_belongs:
        return Speaking(), []
    rows = db.tuples(_SPEAKING_TO, to=to or 1, **_asking(viewer, thread))
    own = len(_SPOKEN.selected_columns)
    return Speaking(*rows[0][:own]), [Reached(*row[own:]) for row in rows if row[own] is not None]


def _asking(viewer: Viewer, thread: ThreadFacts) -> dict[str, Any]:
    return {
        "tid": thread.id,
        "cid": thread.community.id,
        "tok": viewer.token(thread.id),
        "today": clock.day(),
        **sibling_values(viewer.siblings),
    }


def get_own_post(db: Read, viewer: Viewer, tid: bytes, post: bytes) -> OwnPost:
    """A post that the viewer may change. Everybody else's, and what was deleted, is not found."""
    thread, found = get_thread(db, viewer, tid), get_post(db, tid, post)
    rules.may_change(viewer, found).or_raise()
    if found.is_held and found.n == 1:
        # While it is held, its source begins with the title.
        title, _, body = found.body.partition("\n")
        return OwnPost(structs.replace(thread, title=title), structs.replace(found, body=body))
    return OwnPost(thread, found)


def get_post(db: Read, tid: bytes, post: bytes) -> PostFacts:
    """A post of a thread that was found already, or not found."""
    found = db.first(_POST, tid=tid, post=post)
    if found is None:
        raise NotFound
    return found


def source_of(db: Read, tid: bytes, number: int) -> str:
    """What was typed in a post of a thread that was found already; nothing where that is not shown."""
    return str(db.scalar(_SOURCE, tid=tid, at=number) or "")


def place_of(db: Read, thread: ThreadFacts, post: bytes) -> Placed:
    """Where a post of that thread stands; the end of the thread, if it is gone."""
    found = db.first(_POST, tid=thread.id, post=post)
    return Placed(thread.id, found.n, found.is_held) if found else Placed(thread.id, thread.n)


def closed_writing(db: Read, cid: bytes) -> ClosedWriting:
    """For whom writing in that community is closed or slowed now: all of it, or what is unnamed."""
    found: dict[str, list[bytes]] = {kind: [] for kind in (UNNAMED_COMMUNITY, UNNAMED_SLOWED, PAUSED, SLOWED)}
    for kind, subject in db.tuples(_CLOSED, cid=cid, today=clock.day()):
        found[kind].append(bytes(subject))
    return ClosedWriting(*found.values())
