"""What somebody takes back, read before it goes, and what she can still bring again."""

from __future__ import annotations

from msgspec import Struct, structs
from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.mentions import draw_source, names_in
from mashrabiya.discussions.queries.parts import MAY_READ, PLACED
from mashrabiya.discussions.queries.threads import get_own_post
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import Words
from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.people.types import TAKEN_HOURS
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen


class _Rest(Struct, frozen=True):
    """What only bringing it back needs."""

    kind: int
    to_n: int | None
    newcomer: int
    links: int
    care_note: str | None


_REST = Statement(
    select(POST.c.kind, POST.c.to_n, POST.c.newcomer, POST.c.links, POST.c.care_note).where(
        POST.c.id == bindparam("post", type_=LargeBinary)
    ),
    into=_Rest,
)


# So many at most are shown.
_HERE: Statement[None] = Statement(
    select(THREAD.c.id).select_from(PLACED).where(THREAD.c.id.in_(sixteen("thread")), MAY_READ)
)


def words_to_keep(db: Read, viewer: Viewer, tid: bytes, post_id: bytes) -> Words | None:
    """An own post as it stands, to be sealed before it goes; None where it could not come back."""
    own = get_own_post(db, viewer, tid, post_id)
    rest = db.first(_REST, post=post_id)
    if rest is None or not rules.may_be_kept(viewer, own).allowed:
        return None
    thread, post = own.thread, own.post
    return Words(
        tid=tid,
        post=post_id,
        n=post.n,
        until_h=clock.hour() + TAKEN_HOURS,
        audience=thread.audience,
        title=thread.title if post.n == 1 else "",
        body=post.body,
        lang=post.lang,
        kind=rest.kind,
        to_n=rest.to_n,
        notes=post.notes & ~post.noted,
        newcomer=rest.newcomer,
        links=rest.links,
        wants=thread.wants,
        spare=thread.spare,
        answers=thread.answers,
        care_note=rest.care_note,
        tags=tuple(tag.ref for tag in thread.tagged) if post.n == 1 else (),
    )


def find_taken(db: Read, viewer: Viewer, post: bytes) -> Words | None:
    """What the persona in use took back of that post, as it was."""
    return next(
        (Words.unpack(one.body) for one in people.taken_back(db, viewer) if one.what == post),
        None,
    )


def taken_words(db: Read, viewer: Viewer) -> list[Words]:
    """What the persona in use took back and can still open, as it is typed, with the names of the moment."""
    kept = [Words.unpack(one.body) for one in people.taken_back(db, viewer)][:SLOTS]
    names = names_in(db, b"", [one.body for one in kept])
    asked = sibling_values([*(one.tid for one in kept), *[b""] * SLOTS][:SLOTS], "thread")
    here = (
        {bytes(row[0]) for row in db.tuples(_HERE, **asked, **community_queries.sight(viewer))}
        if kept
        else ()
    )
    return [structs.replace(one, body=draw_source(one.body, names), here=one.tid in here) for one in kept]
