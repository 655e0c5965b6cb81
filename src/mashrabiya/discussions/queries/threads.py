"""Reading one thread. To fetch is to authorise: what the viewer may not read is not found."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from sqlalchemy import (
    and_,
    bindparam,
    case,
    func,
    select,
)

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import Audience, CommunityFacts
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.parts import (
    NO,
    OPENER,
    OPENING,
    TID,
    constant,
    unless_unseen,
    with_opening,
)
from mashrabiya.discussions.tables import PARTED, POST, THREAD
from mashrabiya.discussions.types import (
    ROOM,
    OwnPost,
    Placed,
    PostFacts,
    PostState,
    TakenBack,
    ThreadFacts,
    original_of,
)
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.people.queries import is_unseen
from mashrabiya.platform import submissions
from mashrabiya.platform.db import Read, Statement

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
# What those who care for the place did with it; the reply that was needed, and who opened it: a person knows
# herself in that.
_FURTHER = (
    THREAD.c.shut,
    THREAD.c.top,
    THREAD.c.slow,
    THREAD.c.slow_day,
    THREAD.c.care_note,
    THREAD.c.needed,
    THREAD.c.parted,
    THREAD.c.began,
    OPENING.c.pid,
    OPENING.c.tok,
    OPENING.c.home_tid,
    THREAD.c.tags,
    THREAD.c.own_tags,
)


def _facts(*row: Any) -> ThreadFacts:
    own, further = len(_OWN_COLUMNS), len(_OWN_COLUMNS) + len(_FURTHER)
    return ThreadFacts(*[*row[:own], CommunityFacts(*row[further:]), *row[own:further]])


# Where no thread is, she is asked for in a community that is none: the same steps as for one that is hidden.
_PLACE = (
    select(func.coalesce(select(THREAD.c.cid).where(THREAD.c.id == TID).scalar_subquery(), TID).label("cid"))
    .cte("place")
    .prefix_with("MATERIALIZED")
)
_STANDING = community_queries.standing(_PLACE.c.cid)
_READ = (
    select(*_OWN_COLUMNS, *_FURTHER, *community_queries.facts(_STANDING))
    .select_from(
        with_opening(
            _STANDING.join(THREAD, THREAD.c.id == TID).join(COMMUNITY, COMMUNITY.c.id == _STANDING.c.cid)
        )
    )
    .where(
        community_queries.opens(_STANDING, THREAD.c.audience, COMMUNITY.c.audience, door=Audience.SIGNED_IN)
    )
)
_THREAD = Statement(_READ, into=_facts)
# Asked of those alone whose places are remembered: nobody else pays for it.
_THREAD_AND_MARK: Statement[None] = Statement(_READ.add_columns(people.ONE_MARK))
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
        POST.c.t,
        POST.c.html,
        POST.c.body,
        func.coalesce(POST.c.noted, NO),
        POST.c.tongue,
    ).where(POST.c.id == bindparam("post"), POST.c.tid == TID),
    into=PostFacts,
)
_WENT_AT: Statement[None] = Statement(
    select(POST.c.tid, POST.c.n)
    .join(PARTED, PARTED.c.post == POST.c.id)
    .where(PARTED.c.tid == TID, PARTED.c.n == bindparam("at"))
)
_WENT: Statement[None] = Statement(
    select(POST.c.tid, POST.c.n)
    .join(PARTED, PARTED.c.post == POST.c.id)
    .where(PARTED.c.tid == TID, PARTED.c.post == bindparam("post"))
    .limit(constant(1))
)
# A translation went with what it translates, whose number its own tells.
_BESIDE = POST.alias("beside")
_WENT_WITH: Statement[None] = Statement(
    select(POST.c.tid, POST.c.n)
    .join_from(POST, _BESIDE, and_(_BESIDE.c.tid == POST.c.tid, _BESIDE.c.n == -POST.c.n // constant(ROOM)))
    .join(PARTED, PARTED.c.post == _BESIDE.c.id)
    .where(PARTED.c.tid == TID, POST.c.id == bindparam("post"), POST.c.n < NO)
)
_SOURCE: Statement[None] = Statement(
    select(POST.c.body).where(
        POST.c.tid == TID, POST.c.n == bindparam("at"), POST.c.state == constant(PostState.SHOWN)
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


def get_thread_and_mark(db: Read, viewer: Viewer, tid: bytes) -> tuple[ThreadFacts, int]:
    """The thread, and up to which post she has read there; 0 where nothing is known of it."""
    if not viewer.remembers:
        return get_thread(db, viewer, tid), 0
    keys = people.read_keys(viewer)
    rows = db.tuples(_THREAD_AND_MARK, tid=tid, mark=keys.tag(tid), **community_queries.sight(viewer))
    if not rows:
        raise NotFound
    *row, blob = rows[0]
    return _facts(*row), keys.open(tid, bytes(blob)) if blob else 0


def get_own_post(db: Read, viewer: Viewer, tid: bytes, post: bytes) -> OwnPost:
    """A post that the viewer may change. Everybody else's, and what was deleted, is not found."""
    thread, found = get_standing(db, viewer, tid, post)
    rules.may_change(viewer, found).or_raise()
    if found.is_held and found.n == 1:
        # While it is held, its source begins with the title.
        title, _, body = found.body.partition("\n")
        thread, found = structs.replace(thread, title=title), structs.replace(found, body=body)
    return OwnPost(thread, found, mark=rules.mark_of(viewer, thread, found))


def taking_back(viewer: Viewer, post: bytes) -> str:
    """The name of the one press that takes a post back: the same on every page of hers, and nobody else's."""
    return viewer.work.nullifier(b"take back", post).hex() if viewer.work else ""


def get_taken_back(db: Read, viewer: Viewer, tid: bytes, post: bytes) -> TakenBack:
    """Where a post of hers was that she took back already; of everybody else's nothing is found."""
    thread = find_thread(db, viewer, tid)
    if thread is None:
        cid = submissions.made(db, taking_back(viewer, post))
        if not cid:
            raise NotFound
        return TakenBack(cid)
    thread, found = get_standing(db, viewer, tid, post)
    if found.state != PostState.DELETED or not rules.is_author(viewer, found):
        raise NotFound
    return TakenBack(thread.community.id, Placed(thread.id, found.n))


def get_standing(db: Read, viewer: Viewer, tid: bytes, post: bytes) -> tuple[ThreadFacts, PostFacts]:
    """A post by the thread in which somebody knew it, and by its id: where it stands now, for whoever reads there."""
    thread = get_thread(db, viewer, tid)
    found = db.first(_POST, tid=tid, post=post)
    if found is None and thread.parted:
        for now, _ in db.tuples(_WENT, tid=tid, post=post) or db.tuples(_WENT_WITH, tid=tid, post=post):
            thread, found = get_thread(db, viewer, bytes(now)), db.first(_POST, tid=bytes(now), post=post)
    if found is None:
        raise NotFound
    return thread, found


def place_now(db: Read, viewer: Viewer, thread: ThreadFacts, number: int) -> Placed | None:
    """Where the post stands that went from there to another thread with this number, for whoever reads there.

    A translation went with what it translates, and stands there as far below it as it stood here.
    """
    whose = original_of(number)
    for tid, n in db.tuples(_WENT_AT, tid=thread.id, at=whose) if thread.parted else ():
        if find_thread(db, viewer, bytes(tid)) is not None:
            moved = int(n) if number == whose else number + (whose - int(n)) * ROOM
            return Placed(bytes(tid), moved)
    return None


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
