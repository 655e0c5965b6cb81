"""What the statements of this domain share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    LargeBinary,
    and_,
    bindparam,
    case,
    distinct,
    func,
    literal_column,
    null,
    select,
)

from mashrabiya.communities.queries import visible
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import STARTER, PostState
from mashrabiya.kernel.clock import SIX_HOURS
from mashrabiya.people.queries import is_present, is_unseen
from mashrabiya.people.tables import PERSONA
from mashrabiya.safety.types import ELSEWHERE

TID = bindparam("tid", type_=LargeBinary)
CID = bindparam("cid", type_=LargeBinary)
PID = bindparam("pid", type_=LargeBinary)

PLACED = THREAD.join(COMMUNITY, COMMUNITY.c.id == THREAD.c.cid)
MAY_READ = visible(THREAD.c.audience, COMMUNITY.c.audience, cid=THREAD.c.cid)


def constant(number: int) -> ColumnElement[int]:
    """A number written out in the statement, so that only what varies is bound."""
    return literal_column(str(int(number)))


YES, NO = constant(1), constant(0)

STANDS = constant(PostState.SHOWN)
_QUIET = and_(POST.c.state == STANDS, is_unseen(PERSONA))
# How a post stands for whoever reads, where the persona that wrote it is joined.
STANDING = case((_QUIET, constant(PostState.AWAY)), else_=POST.c.state)

# The first post of a thread, and whose it is: joined where something of the thread itself is shown.
OPENING, OPENER = POST.alias("opening"), PERSONA.alias("opener")
OPENED = and_(OPENING.c.tid == THREAD.c.id, OPENING.c.n == YES)
WHO_OPENED = OPENER.c.id == OPENING.c.pid


def with_opening(threads: FromClause) -> Any:
    """These threads with their first posts, and the personas that wrote those."""
    return threads.outerjoin(OPENING, OPENED).outerjoin(OPENER, WHO_OPENED)


def unless_unseen(words: ColumnElement[str]) -> ColumnElement[str]:
    """What the opening of a thread says, but for one that is not shown while its author is away."""
    return case((is_unseen(OPENER), literal_column("''")), else_=words)


# The same where nothing is joined.
_UNSEEN_OPENING = (
    select(YES)
    .select_from(OPENING.join(OPENER, WHO_OPENED))
    .where(OPENED, is_unseen(OPENER))
    .correlate(THREAD)
    .exists()
)
TITLE = case((_UNSEEN_OPENING, literal_column("''")), else_=THREAD.c.title)


def label_of(post: FromClause, persona: FromClause) -> ColumnElement[Any]:
    """The label under which a post stands; nothing where it stands under a name.

    Labels count voices, so that somebody away stands under the number that an unnamed voice in her
    place would have had, and whoever comes later takes no number from her.
    """
    away, first = post.c.home_tid != post.c.tid, constant(STARTER)
    return case(
        # Whoever opened the thread in which it was written did not open the one in which it stands.
        (and_(post.c.label == first, away), constant(ELSEWHERE)),
        (post.c.pid.is_(None), post.c.label),
        (is_present(persona), null()),
        (and_(post.c.voice == first, away), constant(ELSEWHERE)),
        else_=voice_number(post),
    )


def voice_number(post: FromClause) -> ColumnElement[Any]:
    """Which voice of its thread wrote a post by name: whoever opened it, or the so-manieth to be heard.

    Where some of the thread went elsewhere the voices cannot be counted any more: then it was kept. A translation is
    no voice of the thread: whoever wrote nothing else there stands under a number that no voice has.
    """
    first, earlier = POST.alias("first"), POST.alias("earlier")
    begins = (
        select(func.min(first.c.n))
        .where(first.c.tid == post.c.tid, first.c.pid == post.c.pid, first.c.n > NO)
        .correlate(post)
        .scalar_subquery()
    )
    heard = (
        select(func.count(distinct(func.coalesce(earlier.c.pid, earlier.c.tok))))
        .where(earlier.c.tid == post.c.tid, earlier.c.n.between(YES, begins - YES))
        .correlate(post)
        .scalar_subquery()
    )
    return func.coalesce(post.c.voice, case((begins == YES, constant(STARTER)), else_=heard + YES))


def time_of(post: FromClause, persona: FromClause) -> ColumnElement[int]:
    """When a post was written: of somebody away no more exactly than of an unnamed voice."""
    exact = post.c.pid.is_(None) | is_present(persona)
    return case((exact, post.c.t), else_=post.c.t - post.c.t % constant(SIX_HOURS))


def met_as(post: FromClause, persona: FromClause) -> ColumnElement[Any]:
    """The persona a reader meets in a post; nobody's while it is away, for those as well who know it."""
    return case((is_present(persona), post.c.pid))
