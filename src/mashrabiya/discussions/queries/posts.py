"""The posts of one thread, a page at a time: in order, or only those that were asked for."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from sqlalchemy import BigInteger, Integer, and_, bindparam, func, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.beside import Beside, beside
from mashrabiya.discussions.queries.mentions import draw_html, draw_source, names_in, names_of
from mashrabiya.discussions.queries.mixed import as_neighbour, asked_in, mixed_posts
from mashrabiya.discussions.queries.parts import NO, STANDING, STANDS, TID
from mashrabiya.discussions.queries.rows import OF_THREAD
from mashrabiya.discussions.queries.sought import FIRST, among
from mashrabiya.discussions.queries.speaking import speaking
from mashrabiya.discussions.queries.threads import get_thread, get_thread_and_mark
from mashrabiya.discussions.queries.translations import beside_each
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import (
    EVERYTHING,
    PAGE,
    SMALL_PAGE,
    Fold,
    Paging,
    Placed,
    PollView,
    PostRow,
    PostState,
    Sought,
    Speaking,
    ThreadFacts,
    ThreadPage,
    Translated,
)
from mashrabiya.discussions.types.mentions import Names
from mashrabiya.kernel import clock
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read, Statement, sibling_values
from mashrabiya.platform.markdown import holds_reference
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word
from mashrabiya.safety.types import ANYBODY

_POSTS = Statement(OF_THREAD.where(POST.c.n.between(FIRST, bindparam("last", type_=Integer))), into=PostRow)
_OF_KIND = among(and_(POST.c.kind == bindparam("kind", type_=Integer), STANDING == STANDS))
_THAT_HELPED = among(and_(POST.c.helped > NO, STANDING == STANDS))
_OF_DAY: Statement[None] = Statement(
    select(func.min(POST.c.n)).where(
        POST.c.tid == TID, POST.c.n > NO, POST.c.t >= bindparam("begins", type_=BigInteger)
    )
)


def thread_page(
    db: Read, viewer: Viewer, tid: bytes, number: int = 1, *, sought: Sought = EVERYTHING, quoted: int = 0
) -> ThreadPage:
    """The page of the thread on which the post of that number stands, or from there on what was sought.

    The post of the number ``quoted`` brings its source along.
    """
    thread, read = get_thread_and_mark(db, viewer, tid)
    size = SMALL_PAGE if viewer.light else PAGE
    found, paging = _posts(
        db, thread, number, sought, viewer=viewer, size=size, **_reader(viewer, thread, quoted)
    )
    mentioning = [post.html for post in found if holds_reference(post.html)]
    about = beside(db, viewer, thread, found, mentioning=mentioning)
    posts = [_drawn(viewer, thread, post, about.names) for post in found] if mentioning else found
    if thread.is_mixed:
        posts = [asked_in(viewer, post, about.homes) for post in posts]
    reach, folds = reach_of(viewer), _folds(viewer, thread, posts, sought)
    spoken = speaking(db, viewer, thread)
    ways = rules.ways_to_reply(viewer, thread, spoken)
    hidden = reach.hides and has_hidden_word(reach, words_of(thread.title))
    said, opened = _said_by_carers(thread, found), rules.is_opener(viewer, thread)
    poll = _poll(viewer, thread, spoken, posts) if thread.kept_poll else None
    return ThreadPage(
        thread,
        posts,
        paging,
        ways,
        sought,
        folds,
        about.marked,
        about.pictures,
        hidden,
        care_notes=said,
        opened=opened,
        read=read,
        poll=poll,
        translated=_translated(db, viewer, thread, posts, about=about) if about.translated else {},
        **_neighbours(viewer, thread, about),
    )


def _neighbours(viewer: Viewer, thread: ThreadFacts, about: Beside) -> dict[str, Any]:
    """Where it began, and where some of it went, for whoever reads there."""
    if not thread.is_mixed:
        return {}
    began = as_neighbour(viewer, about.homes.get(thread.began or b""))
    went = (as_neighbour(viewer, other) for other in about.went)
    return {"began": began, "went": tuple(one for one in went if one)}


def _translated(
    db: Read, viewer: Viewer, thread: ThreadFacts, posts: list[PostRow], *, about: Beside
) -> dict[int, Translated]:
    names = _all_names(db, thread, about)
    return beside_each(viewer, thread, posts, rows=about.translated, names=names)


def _all_names(db: Read, thread: ThreadFacts, about: Beside) -> Names:
    """Whom translations mention: those of their originals, whose names are there; where one was changed since, it is asked."""
    texts = [row.html for row in about.translated if holds_reference(row.html)]
    missing = texts and not about.names.keys() >= markdown.referred(texts)
    return about.names | names_in(db, thread.community.id, texts) if missing else about.names


def _folds(viewer: Viewer, thread: ThreadFacts, posts: list[PostRow], sought: Sought) -> dict[int, Fold]:
    """Why which post waits to be opened."""
    unfolded = sought.unfolded or sought.some or not thread.spare
    # Most posts have neither a note nor an unwanted kind: they are not asked about one by one.
    reach = reach_of(viewer)
    asked = [post for post in posts if post.notes or (post.kind and not unfolded) or reach is not ANYBODY]
    return {
        post.n: fold
        for post in asked
        if (fold := rules.fold_of(viewer, thread, post, unfolded=unfolded, reach=reach))
    }


def _said_by_carers(thread: ThreadFacts, posts: list[PostRow]) -> dict[int, str]:
    """What the care team says under posts that are shown, and above them all: few have anything."""
    noted = [(post.n, post.care_note) for post in posts if post.care_note and post.state == PostState.SHOWN]
    said = {n: markdown.render(note) for n, note in noted}
    return said | {1: markdown.render(thread.care_note)} if thread.care_note else said


def _poll(viewer: Viewer, thread: ThreadFacts, spoken: Speaking, posts: list[PostRow]) -> PollView | None:
    """The poll, on the page where the thread opens. A word that the reader hid waits in it to be opened, as in a text."""
    if not posts or posts[0].n != 1:
        return None
    reach, poll = reach_of(viewer), rules.poll_view(viewer, thread, spoken, own=posts[0].mine == 1)
    if poll is None or posts[0].mine or not reach.hides:
        return poll
    said = " ".join(line.text for line in poll.lines)
    return structs.replace(poll, hidden=has_hidden_word(reach, words_of(said)))


def _drawn(viewer: Viewer, thread: ThreadFacts, post: PostRow, names: Names) -> PostRow:
    """The post with the names of the moment, before anything else reads its words."""
    if not holds_reference(post.html):
        return post
    html = draw_html(post.html, names, viewer.tongue, linked=thread.community.belongs)
    if not post.source:
        return structs.replace(post, html=html)
    source, shown = draw_source(post.source, names), names_of(post.source, names)
    return structs.replace(post, html=html, source=source, names=shown)


def place_of_day(db: Read, viewer: Viewer, tid: bytes, day: int) -> Placed:
    """Where the first post of that day or after stands; the end of the thread, if there is none."""
    thread = get_thread(db, viewer, tid)
    found = db.scalar(_OF_DAY, tid=tid, begins=day * clock.DAY)
    return Placed(tid, int(found or thread.n))


def _reader(viewer: Viewer, thread: ThreadFacts, quoted: int) -> dict[str, Any]:
    return {
        "tid": thread.id,
        "pid": viewer.pid,
        "tok": viewer.token(thread.id),
        "quoted": quoted,
        **sibling_values(viewer.siblings),
    }


def _posts(
    db: Read, thread: ThreadFacts, number: int, sought: Sought, *, viewer: Viewer, size: int, **reader: Any
) -> tuple[list[PostRow], Paging]:
    if thread.is_mixed:
        sight = community_queries.sight(viewer)
        return mixed_posts(db, thread, number, sought, viewer=viewer, size=size, **{**reader, **sight})
    if not sought.some:
        paging = Paging.of(number, thread.n, size)
        return db.all(_POSTS, first=paging.first, last=paging.last, **reader), paging
    if sought.kind:
        found = db.all(_OF_KIND, first=number, kind=int(sought.kind), **reader)
    else:
        found = db.all(_THAT_HELPED, first=number, **reader)
    return [one.post for one in found], Paging.among([one.post.n for one in found], *found[0].ends)
