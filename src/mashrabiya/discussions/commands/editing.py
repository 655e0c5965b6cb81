"""Changing what one wrote, and taking it back."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, update

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands.calling import follow
from mashrabiya.discussions.commands.doors import hold_back, hold_to_now
from mashrabiya.discussions.commands.endings import RETITLE, take_back
from mashrabiya.discussions.commands.mentions import refer
from mashrabiya.discussions.commands.pictures import rehang
from mashrabiya.discussions.commands.polls import change_poll
from mashrabiya.discussions.commands.words import body_of, refuse, title_of
from mashrabiya.discussions.events import PostEdited
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import EXCERPT_LIMIT, Answers, Change, Placed, PostFacts, ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety import commands as safety
from mashrabiya.safety.matching.watch import UNWATCHED, Watch
from mashrabiya.safety.trust import rules as trust
from mashrabiya.safety.trust.types import FREE, Allowance

_TID = bindparam("tid", type_=LargeBinary)
_AT = (POST.c.tid == _TID, POST.c.n == bindparam("at"))

_REWRITE: Statement[None] = Statement(
    update(POST)
    .where(*_AT)
    .values(
        body=bindparam("new_body"),
        html=bindparam("new_html"),
        links=bindparam("new_links", type_=Integer),
        lang=bindparam("new_lang"),
        edited=bindparam("new_edited"),
        notes=bindparam("new_notes", type_=Integer),
    )
)
_WISH: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == _TID)
    .values(
        wants=bindparam("new_wants", type_=Integer),
        spare=bindparam("new_spare", type_=Integer),
        notes=bindparam("new_notes", type_=Integer),
        answers=bindparam("new_answers", type_=Integer),
    )
)


def edit(
    uow: Write,
    viewer: Viewer,
    tid: bytes,
    post_id: bytes,
    *,
    new: Change,
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
) -> Placed:
    """Change an own post, and with the first one title and wishes. Readers see that it was edited."""
    thread, post = _own(uow, viewer, tid, post_id)
    unnamed = not post.is_named
    hold_back(uow, viewer, thread.community, allowed, unnamed=unnamed)
    title, body = title_of(new.title), body_of(new.body)
    wants, spare = _wishes(thread, new)
    wrong = {**rules.wrong_title(title), **rules.wrong_wishes(wants, spare)} if post.n == 1 else {}
    refuse(
        {**wrong, **rules.wrong_body(body), **rules.wrong_places(new.places), **rules.wrong_poll(new.poll)}
    )
    _refuse_pictures(allowed, new, unnamed=unnamed)
    heed = watch.hold(thread.community.id, (title if post.n == 1 else "", body, *_described(new)))
    notes = ((post.notes if new.notes is None else new.notes) | heed.notes) & ALL_NOTES
    lang, place = rules.language_of(body, post.lang), (thread.community.id, thread.audience)
    body = refer(uow, viewer, place, body, unnamed=unnamed, kept=post.body, was=new.was)
    words = _as_it_stands(post, title, body, links=allowed.may_show(unnamed=unnamed))
    uow.run(_REWRITE, tid=tid, at=post.n, **words, new_lang=lang, new_edited=clock.day(), new_notes=notes)
    hold_to_now(uow, thread)
    if post.n == 1:
        said = ("", "") if post.is_held else (title, body)  # what is held shows no title either
        _rewish(uow, thread, new, words=said, wishes=(wants, spare, notes))
    rehang(uow, post_id, new.places, new.pictures)
    uow.record(PostEdited(tid, post_id, heed.weight))
    held = follow(uow, thread.community.id, post_id, heed)
    if post.is_held and not held:
        watch.let_go(uow, post_id)
    return Placed(tid, post.n, held)


def _as_it_stands(post: PostFacts, title: str, body: str, *, links: bool) -> dict[str, object]:
    """Its words as they are kept: held, they show to nobody, and the first post holds the title as well."""
    if not post.is_held:
        return {"new_body": body, "new_html": markdown.render(body, links=links), "new_links": int(links)}
    held = f"{title}\n{body}" if post.n == 1 else body
    return {"new_body": held, "new_html": "", "new_links": int(links)}


def _own(uow: Write, viewer: Viewer, tid: bytes, post_id: bytes) -> tuple[ThreadFacts, PostFacts]:
    own = queries.get_own_post(uow, viewer, tid, post_id)
    return own.thread, own.post


def _refuse_pictures(allowed: Allowance, new: Change, *, unnamed: bool) -> None:
    if new.pictures:
        trust.may_bring_pictures(allowed, unnamed=unnamed).or_raise()


def _rewish(
    uow: Write, thread: ThreadFacts, new: Change, *, words: tuple[str, str], wishes: tuple[int, int, int]
) -> None:
    """With the first post, what the thread is called and asks for."""
    title, body = words
    uow.run(RETITLE, tid=thread.id, new_title=title, new_excerpt=markdown.excerpt(body, EXCERPT_LIMIT))
    answers = thread.answers if new.answers is None else int(Answers(new.answers))
    wants, spare, notes = wishes
    change_poll(uow, thread, new.poll)
    uow.run(_WISH, tid=thread.id, new_wants=wants, new_spare=spare, new_notes=notes, new_answers=answers)


def _described(new: Change) -> list[str]:
    """What the pictures are said to show, from now on, and what a poll asks."""
    choices = new.poll.choices if new.poll else ()
    return [*(one.alt for one in new.places), *(one.alt for one in new.pictures), *choices]


def delete_post(uow: Write, viewer: Viewer, tid: bytes, post_id: bytes) -> Placed | None:
    """Take an own post back at once. Answers its empty place, or None when the thread went with it."""
    post = queries.get_own_post(uow, viewer, tid, post_id).post
    safety.call_off(uow, post_id)
    return Placed(tid, post.n) if take_back(uow, tid, {post.n: post_id}) else None


def _wishes(thread: ThreadFacts, new: Change) -> tuple[int, int]:
    """What helps and what does not, once changed; what was not said again stays as it is."""
    wants, spare = rules.used_wishes(thread.community, new.wants or 0, new.spare or 0)
    return (
        thread.wants if new.wants is None else wants,
        thread.spare if new.spare is None else spare,
    )
