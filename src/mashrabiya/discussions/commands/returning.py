"""Bringing back what one took back: exactly what was visible, at its old place, to nobody more."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, Text, bindparam, case, update

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands.calling import follow
from mashrabiya.discussions.commands.doors import hold_back, hold_to_now
from mashrabiya.discussions.commands.editing import WISH
from mashrabiya.discussions.commands.endings import RETITLE
from mashrabiya.discussions.commands.refusing import refuse_answering, refuse_beginning, refuse_blocked
from mashrabiya.discussions.commands.tags import bring_tags_back
from mashrabiya.discussions.events import PostRestored
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.types import EXCERPT_LIMIT, Placed, PostFacts, PostState, ThreadFacts, Words
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.matching.watch import UNWATCHED, Watch
from mashrabiya.safety.trust.types import FREE, Allowance

_RETURN: Statement[None] = Statement(
    update(POST)
    .where(POST.c.tid == bindparam("tid", type_=LargeBinary), POST.c.n == bindparam("at"))
    .values(
        state=bindparam("shown"),
        body=bindparam("new_body"),
        html=bindparam("new_html"),
        lang=bindparam("new_lang"),
        kind=bindparam("new_kind", type_=Integer),
        to_n=bindparam("new_to", type_=Integer),
        notes=bindparam("new_notes", type_=Integer),
        newcomer=bindparam("new_newcomer", type_=Integer),
        links=bindparam("new_links", type_=Integer),
        # Not where it was taken back meanwhile.
        care_note=case((POST.c.care_note.is_not(None), bindparam("said", type_=Text))),
    )
)


def bring_back(
    uow: Write, viewer: Viewer, words: Words, *, allowed: Allowance = FREE, watch: Watch = UNWATCHED
) -> Placed:
    """Put an own post back where it stood, with number, label and time as they were; twice, it is once.

    Marks of help, earlier wordings and pictures do not come back: they went with it, and are kept nowhere.
    """
    thread, post = _place(uow, viewer, words)
    if post.state != PostState.DELETED:
        return Placed(thread.id, post.n, post.is_held)
    rules.may_bring_back(words, thread, post).or_raise()
    _refuse_writing(uow, viewer, thread, post, to=words.to_n, allowed=allowed)
    cid = thread.community.id
    heed = watch.hold(cid, (words.title, words.body))
    notes = (words.notes | post.noted | heed.notes) & ALL_NOTES
    body = queries.without_gone(uow, words.body)
    uow.run(
        _RETURN,
        tid=thread.id,
        at=post.n,
        shown=int(PostState.SHOWN),
        new_body=body,
        new_html=markdown.render(body, links=bool(words.links)),
        new_lang=words.lang,
        new_kind=words.kind,
        new_to=words.to_n,
        new_notes=notes,
        new_newcomer=words.newcomer,
        new_links=words.links,
        said=words.care_note,
    )
    hold_to_now(uow, thread)
    if post.n == 1:
        _retitle(uow, thread.id, words, body, notes=notes)
    uow.record(PostRestored(thread.id, post.id))
    return Placed(thread.id, post.n, follow(uow, cid, post.id, heed))


def _place(uow: Write, viewer: Viewer, words: Words) -> tuple[ThreadFacts, PostFacts]:
    """Where it stood. That a thread is gone, or closed to her now, is one and the same to her."""
    try:
        thread, post = queries.get_standing(uow, viewer, words.tid, words.post)
    except NotFound:
        raise Refused("taken.thread_gone") from None
    if not rules.is_author(viewer, post):
        raise Refused("taken.thread_gone")
    return thread, post


def _refuse_writing(
    uow: Write, viewer: Viewer, thread: ThreadFacts, post: PostFacts, *, to: int | None, allowed: Allowance
) -> None:
    """Whatever would keep her from writing it there now keeps it from coming back."""
    unnamed, cid = not post.is_named, thread.community.id
    try:
        if post.n == 1:
            rules.may_open(viewer, thread.community, unnamed=unnamed).or_raise()
            refuse_beginning(uow, viewer, cid, unnamed=unnamed)
        else:
            speaking, answered = queries.speaking_to(uow, viewer, thread, to)
            rules.may_reply(viewer, thread, speaking, unnamed=unnamed).or_raise()
            refuse_answering(uow, viewer, thread, allowed=allowed, speaking=speaking, unnamed=unnamed)
            refuse_blocked(uow, viewer, answered, speaking, unnamed=unnamed)
    except NotFound:
        raise Refused("taken.closed") from None
    hold_back(uow, viewer, thread.community, allowed, unnamed=unnamed)


def _retitle(uow: Write, tid: bytes, words: Words, body: str, *, notes: int) -> None:
    excerpt = markdown.excerpt(body, EXCERPT_LIMIT)
    uow.run(RETITLE, tid=tid, new_title=words.title, new_excerpt=excerpt)
    wishes = {"new_wants": words.wants, "new_spare": words.spare, "new_answers": words.answers}
    uow.run(WISH, tid=words.tid, new_notes=notes, **wishes)
    bring_tags_back(uow, words.tid, words.tags)
