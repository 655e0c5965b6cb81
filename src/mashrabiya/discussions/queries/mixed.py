"""The posts of a thread from which some went to another, or that began in one.

Their tokens are of several threads, and numbers have gaps: what a post answers is found where it stands now, for
whoever reads there. Every other thread is read as ever, and pays nothing for this.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import Any, NamedTuple

from msgspec import structs
from sqlalchemy import Integer, and_, bindparam, case, exists, func, or_, select, true

from mashrabiya.discussions.queries.parts import (
    MAY_READ,
    NO,
    PID,
    PLACED,
    STANDING,
    STANDS,
    TID,
    YES,
    constant,
    label_of,
)
from mashrabiya.discussions.queries.rows import ANSWERED, DELETED, SIBLINGS, WHOM, WHOM_NAME, columns
from mashrabiya.discussions.queries.sought import among
from mashrabiya.discussions.tables import PARTED, POST, THREAD
from mashrabiya.discussions.types import (
    PAGE,
    SMALL_PAGE,
    Neighbour,
    Paging,
    PostRow,
    PostState,
    Sought,
    ThreadFacts,
)
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word
from mashrabiya.safety.types import ELSEWHERE

_THERE, _KEPT = POST.alias("there"), PARTED.alias("kept")
_STANDS_THERE = (_THERE.c.tid == POST.c.home_tid, _THERE.c.n == POST.c.to_n)
_ANSWERED_ID = func.coalesce(
    select(_THERE.c.id).where(*_STANDS_THERE).correlate(POST).scalar_subquery(),
    select(_KEPT.c.post)
    .where(_KEPT.c.tid == POST.c.home_tid, _KEPT.c.n == POST.c.to_n)
    .correlate(POST)
    .scalar_subquery(),
)
_MAY_READ_IT = or_(
    ANSWERED.c.tid == POST.c.tid,
    select(YES)
    .select_from(PLACED)
    .where(THREAD.c.id == ANSWERED.c.tid, MAY_READ)
    .correlate(ANSWERED)
    .exists(),
)
# A number of its own thread is said also where nothing stands there any more.
_NUMBER = func.coalesce(
    ANSWERED.c.n,
    case((and_(POST.c.home_tid == POST.c.tid, exists().where(*_STANDS_THERE).correlate(POST)), POST.c.to_n)),
)
_OPENER = and_(func.coalesce(ANSWERED.c.label, ANSWERED.c.voice) == NO, ANSWERED.c.home_tid != POST.c.tid)
_LABEL = case((and_(_OPENER, WHOM_NAME.is_(None)), constant(ELSEWHERE)), else_=label_of(ANSWERED, WHOM))
_PLACED_MIXED = (
    POST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
    .outerjoin(ANSWERED, and_(ANSWERED.c.id == _ANSWERED_ID, ANSWERED.c.state == STANDS, _MAY_READ_IT))
    .outerjoin(WHOM, WHOM.c.id == ANSWERED.c.pid)
)
_COLUMNS = columns(
    welcomed=POST.c.welcomed,
    to=(_NUMBER, _LABEL, WHOM_NAME),
    mine=case((DELETED, NO), (POST.c.pid == PID, YES), (POST.c.pid.in_(SIBLINGS), constant(2)), else_=NO),
)
_ROWS = (
    select(*_COLUMNS, POST.c.tok, ANSWERED.c.tid)
    .select_from(_PLACED_MIXED)
    .where(POST.c.tid == TID)
    .order_by(POST.c.n)
)


class _Mixed(NamedTuple):
    """A post as found, its token, and where the one stands that it answers."""

    post: PostRow
    tok: bytes | None
    answered: bytes | None
    ends: tuple[int | None, int | None, int | None]


def _read(*row: Any) -> _Mixed:
    return _Mixed(PostRow(*row[:-5]), row[-5], row[-4], row[-3:])


_KIND = and_(POST.c.kind == bindparam("kind", type_=Integer), STANDING == STANDS)
_HELPED = and_(POST.c.helped > NO, STANDING == STANDS)
_PAGES = {size: among(true(), _ROWS, into=_read, size=size) for size in (PAGE, SMALL_PAGE)}
_OF_KIND, _THAT_HELPED = (among(one, _ROWS, into=_read) for one in (_KIND, _HELPED))


def mixed_posts(
    db: Read, thread: ThreadFacts, number: int, sought: Sought, *, viewer: Viewer, size: int, **asked: Any
) -> tuple[list[PostRow], Paging]:
    """A page of them: pages are counted by what stands there."""
    if sought.kind:
        found = db.all(_OF_KIND, first=number, kind=int(sought.kind), **asked)
    elif sought.some:
        found = db.all(_THAT_HELPED, first=number, **asked)
    else:
        found = db.all(_PAGES[size], first=number, **asked)
    posts = [_as_met(viewer, thread, one) for one in found]
    paging = Paging.among([post.n for post in posts], *found[0].ends)
    # Whoever is on the last page has read all that there is, wherever the last numbers went.
    whole = not (paging.after or sought.some)
    return posts, structs.replace(paging, last=thread.n) if whole else paging


def as_neighbour(viewer: Viewer, other: Neighbour | None) -> Neighbour | None:
    """Another thread as it is named there: its title waits, where it holds a word that the reader hides."""
    reach = reach_of(viewer)
    if other is None or not reach.hides or not has_hidden_word(reach, words_of(other.title)):
        return other
    return structs.replace(other, title="", hidden=True)


def asked_in(viewer: Viewer, post: PostRow, homes: dict[bytes, Neighbour]) -> PostRow:
    """The post with the title of the thread that its author opened, if that is shown."""
    home = as_neighbour(viewer, homes.get(post.home_tid)) if post.label == ELSEWHERE else None
    return structs.replace(post, asked_in=home.title) if home else post


def _as_met(viewer: Viewer, thread: ThreadFacts, one: _Mixed) -> PostRow:
    """Whether it is hers, by the token of the thread it was written in, is found out in her own session."""
    post, tok = one.post, one.tok
    hers = post.mine == 1 or (
        tok is not None
        and viewer.is_member
        and post.state != PostState.DELETED
        and compare_digest(tok, viewer.token(post.home_tid))
    )
    return structs.replace(
        post,
        mine=1 if hers else post.mine,
        welcomed=post.welcomed if hers else 0,
        to_tid=one.answered if one.answered != thread.id else None,
    )
