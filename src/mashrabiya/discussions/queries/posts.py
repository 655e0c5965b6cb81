"""The posts of one thread, a page at a time: in order, or only those that were asked for."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from sqlalchemy import (
    BigInteger,
    Integer,
    LargeBinary,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
)

from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.beside import beside
from mashrabiya.discussions.queries.mentions import draw_html, draw_source, names_of
from mashrabiya.discussions.queries.parts import NO, PID, STANDING, TID, YES, constant
from mashrabiya.discussions.queries.threads import get_thread, speaking
from mashrabiya.discussions.tables import PICTURE, POST
from mashrabiya.discussions.types import (
    EVERYTHING,
    PAGE,
    Paging,
    Placed,
    PostRow,
    PostState,
    Sought,
    ThreadFacts,
    ThreadPage,
)
from mashrabiya.discussions.types.mentions import Names
from mashrabiya.kernel import clock
from mashrabiya.kernel.folding import words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import face_of, is_present, is_unseen
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.platform.markdown import holds_reference
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word
from mashrabiya.safety.types import ANYBODY

_TOK = bindparam("tok", type_=LargeBinary)
_FIRST = bindparam("first", type_=Integer)
_SHOWN = constant(PostState.SHOWN)
_SIBLINGS = sixteen("sibling")
_AT_HOME = POST.c.home_tid == POST.c.tid
_ANSWERED, _WHOM = POST.alias("answered"), PERSONA.alias("whom")

_COLUMNS = (
    POST.c.id,
    POST.c.n,
    STANDING,
    POST.c.label,
    *face_of(PERSONA),
    case((is_unseen(PERSONA), ""), else_=POST.c.html),
    POST.c.lang,
    POST.c.kind,
    POST.c.t,
    POST.c.edited,
    POST.c.notes,
    POST.c.helped,
    POST.c.newcomer,
    # How many said welcome is counted for its author alone.
    case(
        (or_(POST.c.pid == PID, and_(POST.c.tok == _TOK, POST.c.home_tid == TID)), POST.c.welcomed), else_=NO
    ),
    # A number means a post of the thread it was written in, and nothing where that moved away.
    case((_AT_HOME, POST.c.to_n), else_=null()),
    _ANSWERED.c.label,
    case((is_present(_WHOM), _WHOM.c.name)),
    # The token is this thread's: posts moved in from elsewhere are changed from their own page.
    case(
        (POST.c.state == constant(PostState.DELETED), NO),
        (POST.c.pid == PID, YES),
        (and_(POST.c.tok == _TOK, POST.c.home_tid == TID), YES),
        (POST.c.pid.in_(_SIBLINGS), constant(2)),
        else_=NO,
    ),
    case((and_(STANDING == _SHOWN, exists().where(PICTURE.c.post == POST.c.id)), YES), else_=NO),
    case((and_(POST.c.n == bindparam("quoted", type_=Integer), STANDING == _SHOWN), POST.c.body)),
    POST.c.pid,
    POST.c.home_tid,
)
_PLACED = (
    POST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
    .outerjoin(
        _ANSWERED,
        # What is gone or hidden has a number, and nobody's name.
        and_(
            _ANSWERED.c.tid == POST.c.tid,
            _ANSWERED.c.n == POST.c.to_n,
            _ANSWERED.c.state == _SHOWN,
            _AT_HOME,
        ),
    )
    .outerjoin(_WHOM, _WHOM.c.id == _ANSWERED.c.pid)
)
_OF_THREAD = select(*_COLUMNS).select_from(_PLACED).where(POST.c.tid == TID).order_by(POST.c.n)
_POSTS = Statement(_OF_THREAD.where(POST.c.n.between(_FIRST, bindparam("last", type_=Integer))), into=PostRow)
_SOME = _OF_THREAD.where(POST.c.n >= _FIRST).limit(constant(PAGE + 1))
_OF_KIND = Statement(
    _SOME.where(
        or_(
            POST.c.n == YES,
            and_(POST.c.kind == bindparam("kind", type_=Integer), STANDING == _SHOWN),
        )
    ),
    into=PostRow,
)
_THAT_HELPED = Statement(
    _SOME.where(or_(POST.c.n == YES, and_(POST.c.helped > NO, STANDING == _SHOWN))), into=PostRow
)

_OF_DAY: Statement[None] = Statement(
    select(func.min(POST.c.n)).where(POST.c.tid == TID, POST.c.t >= bindparam("begins", type_=BigInteger))
)


def thread_page(
    db: Read, viewer: Viewer, tid: bytes, number: int = 1, *, sought: Sought = EVERYTHING, quoted: int = 0
) -> ThreadPage:
    """The page of the thread on which the post of that number stands, or from there on what was sought.

    The post of the number ``quoted`` brings its source along.
    """
    thread = get_thread(db, viewer, tid)
    found, paging = _posts(db, thread, number, sought, **_reader(viewer, thread, quoted))
    mentioning = [post.html for post in found if holds_reference(post.html)]
    about = beside(db, viewer, thread.community.id, found, mentioning=mentioning)
    posts = [_drawn(viewer, thread, post, about.names) for post in found] if mentioning else found
    unfolded = sought.unfolded or sought.some or not thread.spare
    # Most posts have neither a note nor an unwanted kind: they are not asked about one by one.
    reach = reach_of(viewer)
    asked = [post for post in posts if post.notes or (post.kind and not unfolded) or reach is not ANYBODY]
    folds = {
        post.n: fold
        for post in asked
        if (fold := rules.fold_of(viewer, thread, post, unfolded=unfolded, reach=reach))
    }
    ways = rules.ways_to_reply(viewer, thread, speaking(db, viewer, thread))
    hidden = reach.hides and has_hidden_word(reach, words_of(thread.title))
    return ThreadPage(thread, posts, paging, ways, sought, folds, about.marked, about.pictures, hidden)


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
    db: Read, thread: ThreadFacts, number: int, sought: Sought, **reader: Any
) -> tuple[list[PostRow], Paging]:
    if not sought.some:
        paging = Paging.of(number, thread.n)
        return db.all(_POSTS, first=paging.first, last=paging.last, **reader), paging
    if sought.kind:
        found = db.all(_OF_KIND, first=number, kind=int(sought.kind), **reader)
    else:
        found = db.all(_THAT_HELPED, first=number, **reader)
    return found[:PAGE], Paging.among(number, [post.n for post in found])
