"""How words end: taken back, faded with their thread, or left without a name."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    case,
    delete,
    exists,
    literal_column,
    null,
    select,
    update,
)

from mashrabiya.communities.commands import forget_place
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import PlaceState
from mashrabiya.discussions.commands.answerable import forget_author, forget_authors
from mashrabiya.discussions.commands.pictures import take_down, take_down_all
from mashrabiya.discussions.commands.polls import drop_poll, forget_amendment, forget_ballots
from mashrabiya.discussions.commands.tags import coarsen_tagged, drop_tags
from mashrabiya.discussions.commands.versions import forget_all_versions, forget_versions
from mashrabiya.discussions.events import PostDeleted, ThreadDeleted
from mashrabiya.discussions.tables import PARTED, POST, REACTION, THREAD, WISH
from mashrabiya.discussions.types import PostState, numbers_of
from mashrabiya.kernel import clock
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.trust.commands import forget_thread

BATCH = 50
FRESH_DAYS = 2
"""So long a time stays as exact as it was written; then it says the day."""


_TID = bindparam("tid", type_=LargeBinary)
_PID = bindparam("pid", type_=LargeBinary)
_NONE: ColumnElement[int] = literal_column("0")
_DAY: BindParameter[int] = bindparam("day_length", type_=BigInteger)
_BEFORE: BindParameter[int] = bindparam("before", type_=BigInteger)

RETITLE: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == _TID)
    .values(title=bindparam("new_title"), excerpt=bindparam("new_excerpt"))
)
_BLANK: Statement[None] = Statement(
    update(POST)
    .where(POST.c.tid == _TID, POST.c.n == bindparam("at"))
    .values(
        state=bindparam("deleted"),
        body=bindparam("nothing"),
        html=bindparam("nothing"),
        kind=_NONE,
        to_n=null(),
        notes=_NONE,
        helped=_NONE,
        newcomer=_NONE,
        # That carers said something there is not lost with what they said, for as long as it may come back.
        care_note=case((POST.c.care_note.is_not(None), bindparam("nothing", type_=Text))),
    )
)
_UNWISH: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == _TID)
    .values(
        title=bindparam("nothing"),
        excerpt=bindparam("nothing"),
        wants=_NONE,
        spare=_NONE,
        notes=_NONE,
        helped=_NONE,
        tags=_NONE,
        # That carers set others holds, should the words come back.
        own_tags=case((THREAD.c.own_tags.is_not(None), _NONE)),
    )
)
_UNMARK: Statement[None] = Statement(
    delete(REACTION).where(REACTION.c.post == bindparam("post", type_=LargeBinary))
)
_UNMARK_ALL: Statement[None] = Statement(
    delete(REACTION).where(REACTION.c.post.in_(select(POST.c.id).where(POST.c.tid == _TID)))
)
_UNNAMED: Statement[None] = Statement(
    select(POST.c.tid, POST.c.n).where(
        POST.c.id == bindparam("post", type_=LargeBinary),
        POST.c.tok.is_not(None),
        POST.c.state != bindparam("deleted"),
    )
)
_NAMED: Statement[None] = Statement(
    select(POST.c.tid, POST.c.n).where(
        POST.c.id == bindparam("post", type_=LargeBinary),
        POST.c.pid == _PID,
        POST.c.state != bindparam("deleted"),
    )
)
_BESIDE: Statement[None] = Statement(
    select(POST.c.n, POST.c.id).where(
        POST.c.tid == _TID,
        POST.c.n.between(bindparam("lowest", type_=Integer), bindparam("highest", type_=Integer)),
        POST.c.state != bindparam("deleted"),
    )
)
_GRANT: Statement[None] = Statement(delete(WISH).where(WISH.c.post == bindparam("post", type_=LargeBinary)))
_GRANT_IN: Statement[None] = Statement(
    delete(WISH).where(
        WISH.c.lang == bindparam("into"),
        WISH.c.post.in_(select(POST.c.id).where(POST.c.tid == _TID, POST.c.n == bindparam("at"))),
    )
)
_GRANT_ALL: Statement[None] = Statement(
    delete(WISH).where(WISH.c.post.in_(select(POST.c.id).where(POST.c.tid == _TID)))
)
_HOLDS_WORDS: Statement[None] = Statement(
    select(exists().where(POST.c.tid == _TID, POST.c.n > _NONE, POST.c.state != bindparam("deleted")))
)
UNNEED: Statement[None] = Statement(
    update(THREAD).where(THREAD.c.id == _TID, THREAD.c.needed == bindparam("at")).values(needed=_NONE)
)
# Of what stood here and stands elsewhere the numbers are kept, so that answers lead there.
_FORGET_PARTED: Statement[None] = Statement(
    delete(PARTED).where(PARTED.c.post.in_(select(POST.c.id).where(POST.c.tid == _TID)))
)
_DROP_POSTS: Statement[None] = Statement(delete(POST).where(POST.c.tid == _TID))
_DROP_THREAD: Statement[None] = Statement(delete(THREAD).where(THREAD.c.id == _TID))

_KEPT_DAYS = case(
    (THREAD.c.retention_days < COMMUNITY.c.retention_days, THREAD.c.retention_days),
    else_=COMMUNITY.c.retention_days,
)
_FADED: Statement[None] = Statement(
    select(THREAD.c.id)
    .join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
    .where(THREAD.c.last_day + _KEPT_DAYS <= bindparam("today"))
    .limit(BATCH)
)
_EMPTY: Statement[None] = Statement(
    select(COMMUNITY.c.id)
    .where(
        COMMUNITY.c.state == bindparam("closed", type_=Integer),
        ~exists().where(THREAD.c.cid == COMMUNITY.c.id),
    )
    .limit(BATCH)
)
_COARSEN_POSTS: Statement[None] = Statement(
    update(POST)
    .where(POST.c.t < _BEFORE, POST.c.t % _DAY != bindparam("none"))
    .values(t=POST.c.t - POST.c.t % _DAY)
)
_COARSEN_THREADS: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.pos < _BEFORE, THREAD.c.pos % _DAY != bindparam("none"))
    .values(pos=THREAD.c.pos - THREAD.c.pos % _DAY)
)


def take_back(uow: Write, tid: bytes, posts: Mapping[int, bytes]) -> bool:
    """Blank these posts, by number and id, and with each its translations; False when the thread went with them,
    as nothing was left.
    """
    for number, post in _with_translations(uow, tid, posts).items():
        uow.run(_BLANK, tid=tid, at=number, deleted=int(PostState.DELETED), nothing="")
        uow.run(_UNMARK, post=post)
        uow.run(UNNEED, tid=tid, at=number)
        uow.run(_GRANT, post=post)
        take_down(uow, post)
        forget_versions(uow, post)
        forget_author(uow, post)
        if number == 1:
            uow.run(_UNWISH, tid=tid, nothing="")
            drop_tags(uow, tid)
            drop_poll(uow, tid)
        uow.record(PostDeleted(tid, post))
    if uow.scalar(_HOLDS_WORDS, tid=tid, deleted=int(PostState.DELETED)):
        return True
    drop_thread(uow, tid)
    return False


def grant_wishes(uow: Write, tid: bytes, number: int, lang: str) -> None:
    """That post can be read in this language now: nobody waits for it any more."""
    uow.run(_GRANT_IN, tid=tid, at=number, into=lang)


def let_translations_go(uow: Write, tid: bytes, number: int) -> None:
    """What translates a post goes when its text does."""
    take_back(uow, tid, _translations(uow, tid, number))


def _translations(uow: Write, tid: bytes, number: int) -> dict[int, bytes]:
    numbers = numbers_of(number)
    rows = uow.tuples(
        _BESIDE, tid=tid, lowest=numbers[-1], highest=numbers[0], deleted=int(PostState.DELETED)
    )
    return {int(n): bytes(post) for n, post in rows}


def _with_translations(uow: Write, tid: bytes, posts: Mapping[int, bytes]) -> dict[int, bytes]:
    whole = dict(posts)
    for number in posts:
        if number > 0:
            whole |= _translations(uow, tid, number)
    return whole


def take_back_unnamed(uow: Write, post: bytes) -> None:
    """An unnamed post of somebody who has left goes as if its author had deleted it. Safe to repeat."""
    found = uow.tuples(_UNNAMED, post=post, deleted=int(PostState.DELETED))
    for tid, number in found:
        take_back(uow, bytes(tid), {number: post})


def take_back_named(uow: Write, post: bytes, pid: bytes) -> None:
    """The same of a post by name, while it is that persona's still. Safe to repeat."""
    found = uow.tuples(_NAMED, post=post, pid=pid, deleted=int(PostState.DELETED))
    for tid, number in found:
        take_back(uow, bytes(tid), {number: post})


def drop_thread(uow: Write, tid: bytes) -> None:
    """Remove a thread with all its posts. For the house itself: no viewer is asked."""
    uow.run(_UNMARK_ALL, tid=tid)
    uow.run(_GRANT_ALL, tid=tid)
    take_down_all(uow, tid)
    forget_all_versions(uow, tid)
    forget_authors(uow, tid)
    forget_ballots(uow, tid)
    forget_amendment(uow, tid)
    drop_tags(uow, tid)
    forget_thread(uow, tid)
    uow.run(_FORGET_PARTED, tid=tid)
    uow.run(_DROP_POSTS, tid=tid)
    uow.run(_DROP_THREAD, tid=tid)
    uow.record(ThreadDeleted(tid))


def fade_threads(uow: Write) -> int:
    """Remove some threads whose time is over, whole; answers how many."""
    faded = uow.tuples(_FADED, today=clock.day())
    for (tid,) in faded:
        drop_thread(uow, bytes(tid))
    return len(faded)


def let_places_go(uow: Write) -> int:
    """Remove some closed places in which nothing stands any more; answers how many."""
    empty = uow.tuples(_EMPTY, closed=int(PlaceState.CLOSED))
    for (cid,) in empty:
        forget_place(uow, bytes(cid))
    return len(empty)


def coarsen_times(uow: Write) -> int:
    """Let times older than two days say the day only, whole days at once; answers how many."""
    before = (clock.day() - FRESH_DAYS) * clock.DAY
    values = {"before": before, "day_length": clock.DAY, "none": 0}
    coarsen_tagged(uow, before, clock.DAY)
    return uow.run(_COARSEN_POSTS, **values) + uow.run(_COARSEN_THREADS, **values)
