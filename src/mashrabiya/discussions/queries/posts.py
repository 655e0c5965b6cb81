"""The posts of one thread, a page at a time: in order, or only those that were asked for."""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import structs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
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
from mashrabiya.discussions.queries.beside import Beside, beside
from mashrabiya.discussions.queries.mentions import draw_html, draw_source, names_in, names_of
from mashrabiya.discussions.queries.parts import (
    NO,
    PID,
    STANDING,
    TID,
    YES,
    constant,
    label_of,
    met_as,
    time_of,
)
from mashrabiya.discussions.queries.speaking import speaking
from mashrabiya.discussions.queries.threads import get_thread, get_thread_and_mark
from mashrabiya.discussions.queries.translations import beside_each
from mashrabiya.discussions.tables import PICTURE, POST
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
from mashrabiya.people.queries import face_of, is_present, is_unseen
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.platform.markdown import holds_reference
from mashrabiya.safety.queries import reach_of
from mashrabiya.safety.rules import has_hidden_word
from mashrabiya.safety.types import ANYBODY

_TOK = bindparam("tok", type_=LargeBinary)
_FIRST = bindparam("first", type_=Integer)
_SHOWN = constant(PostState.SHOWN)
_PAGE = constant(PAGE)
_SIBLINGS = sixteen("sibling")
_AT_HOME = POST.c.home_tid == POST.c.tid
_ANSWERED, _WHOM = POST.alias("answered"), PERSONA.alias("whom")

_COLUMNS = (
    POST.c.id,
    POST.c.n,
    STANDING,
    label_of(POST, PERSONA),
    *face_of(PERSONA),
    case((is_unseen(PERSONA), ""), else_=POST.c.html),
    POST.c.lang,
    POST.c.kind,
    time_of(POST, PERSONA),
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
    label_of(_ANSWERED, _WHOM),
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
    met_as(POST, PERSONA),
    POST.c.home_tid,
    POST.c.care_note,
    POST.c.tongue,
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


class _Found(NamedTuple):
    """A post among those that were sought, and where the pages before, after and at the end begin."""

    post: PostRow
    ends: tuple[int | None, int | None, int | None]


def _found(*row: Any) -> _Found:
    return _Found(PostRow(*row[:-3]), row[-3:])


def _among(sought: ColumnElement[bool]) -> Statement[_Found]:
    """The page of the sought posts on which that number stands, or the next that was sought; else their last.

    The first post of the thread is always among them. Pages are counted from it, so that whatever is
    written later changes no page but the last.
    """
    place = func.row_number().over(order_by=POST.c.n) - YES
    placed = select(POST.c.n, (place - place % _PAGE).label("page"))
    some = (
        placed.select_from(POST.outerjoin(PERSONA, PERSONA.c.id == POST.c.pid))
        .where(POST.c.tid == TID, or_(POST.c.n == YES, sought))
        .cte("some")
    )
    last = select(func.max(some.c.page)).scalar_subquery()
    page = func.coalesce(select(func.min(some.c.page)).where(some.c.n >= _FIRST).scalar_subquery(), last)
    begins = [
        select(func.min(some.c.n)).where(some.c.page == which).scalar_subquery()
        for which in (page - _PAGE, page + _PAGE, last)
    ]
    found = _OF_THREAD.add_columns(*begins).join(some, some.c.n == POST.c.n).where(some.c.page == page)
    return Statement(found, into=_found)


_OF_KIND = _among(and_(POST.c.kind == bindparam("kind", type_=Integer), STANDING == _SHOWN))
_THAT_HELPED = _among(and_(POST.c.helped > NO, STANDING == _SHOWN))

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
    found, paging = _posts(db, thread, number, sought, size=size, **_reader(viewer, thread, quoted))
    mentioning = [post.html for post in found if holds_reference(post.html)]
    about = beside(db, viewer, (tid, thread.community.id), found, mentioning=mentioning)
    posts = [_drawn(viewer, thread, post, about.names) for post in found] if mentioning else found
    reach, folds = reach_of(viewer), _folds(viewer, thread, posts, sought)
    spoken = speaking(db, viewer, thread)
    ways = rules.ways_to_reply(viewer, thread, spoken)
    hidden = reach.hides and has_hidden_word(reach, words_of(thread.title))
    said, opened = _said_by_carers(thread, found), rules.is_opener(viewer, thread)
    poll = _poll(viewer, thread, spoken, posts) if thread.kept_poll else None
    translated = _translated(db, viewer, thread, posts, about=about) if about.translated else {}
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
        translated=translated,
    )


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
    db: Read, thread: ThreadFacts, number: int, sought: Sought, *, size: int, **reader: Any
) -> tuple[list[PostRow], Paging]:
    if not sought.some:
        paging = Paging.of(number, thread.n, size)
        return db.all(_POSTS, first=paging.first, last=paging.last, **reader), paging
    if sought.kind:
        found = db.all(_OF_KIND, first=number, kind=int(sought.kind), **reader)
    else:
        found = db.all(_THAT_HELPED, first=number, **reader)
    return [one.post for one in found], Paging.among([one.post.n for one in found], *found[0].ends)
