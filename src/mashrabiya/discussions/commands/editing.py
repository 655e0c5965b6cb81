"""Changing what one wrote, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs
from sqlalchemy import Integer, LargeBinary, bindparam, update

from mashrabiya.communities.rules import may_write_in
from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands.calling import follow
from mashrabiya.discussions.commands.doors import hold_back, hold_to_now
from mashrabiya.discussions.commands.endings import RETITLE, take_back
from mashrabiya.discussions.commands.mentions import refer
from mashrabiya.discussions.commands.pictures import rehang
from mashrabiya.discussions.commands.polls import change_poll
from mashrabiya.discussions.commands.tags import change_tags, wanted_tags
from mashrabiya.discussions.commands.translations import original_changed
from mashrabiya.discussions.commands.versions import forget_versions, keep_version
from mashrabiya.discussions.commands.words import body_of, refuse, title_of
from mashrabiya.discussions.events import PostEdited
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import (
    EXCERPT_LIMIT,
    Answers,
    Change,
    OwnPost,
    PictureRow,
    Placed,
    Poll,
    PostFacts,
    TakenBack,
    ThreadFacts,
    Tongue,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import markdown, submissions
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
        tongue=bindparam("new_tongue", type_=Integer),
    )
)
WISH: Statement[None] = Statement(
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
    """Change an own post, and with the first one title and wishes. Readers see that it was edited, and what stood before."""
    own = queries.get_own_post(uow, viewer, tid, post_id)
    thread, post, unnamed = own.thread, own.post, not own.post.is_named
    hold_back(uow, viewer, thread.community, allowed, unnamed=unnamed)
    new = _as_opening(own, new)
    title, body = title_of(new.title), body_of(new.body)
    wants, spare, tags = _wishes(thread, new)
    wrong = _wrong_first(thread, new, title, wishes=(wants, spare)) if post.n == 1 else {}
    wrong |= rules.wrong_body(body) | rules.wrong_places(new.places)
    refuse(wrong | rules.wrong_change_of_proposal(own, new, (title, body)))
    _refuse_pictures(allowed, post, new)
    heed = watch.hold(thread.community.id, (title if post.n == 1 else "", body, *_described(new)))
    notes = _noted(thread, post, new, heed.notes)
    lang, body = _referring(uow, viewer, own, body, was=new.was)
    _refuse_adding(uow, own, new, words=(title, body))
    said = (title, body, (wants, spare, notes, tags)) if post.n == 1 else ("", body, (0, 0, notes, 0))
    _keep_before(uow, own, new, said)
    words = _as_it_stands(post, title, body, links=allowed.may_show(unnamed=unnamed))
    words |= {"new_tongue": _tongue(post, new, body), "new_lang": lang, "new_notes": notes}
    uow.run(_REWRITE, tid=thread.id, at=post.n, **words, new_edited=clock.day())
    _tell_translations(uow, own, said)
    hold_to_now(uow, thread)
    if post.n == 1:
        _rewish(uow, own, new, words=(title, body), wishes=(wants, spare, notes))
        change_tags(uow, thread, tags)
    rehang(uow, post_id, new.places, new.pictures)
    uow.record(PostEdited(thread.id, post_id, heed.weight))
    if post.is_held and heed.keep is None:
        watch.let_go(uow, post_id)
    return Placed(thread.id, post.n, follow(uow, thread.community.id, post_id, heed))


def _as_opening(own: OwnPost, new: Change) -> Change:
    """Opened as a reply that meanwhile opens a thread of its own, a form knows of no title: it stays as it is."""
    if own.post.n > 1 or new.title or own.post.home_tid == own.thread.id:
        return new
    return structs.replace(new, title=own.thread.title, mark="")


def _referring(
    uow: Write, viewer: Viewer, own: OwnPost, body: str, *, was: tuple[str, ...]
) -> tuple[str, str]:
    """In which language it is, and the text with whom it mentions as references."""
    post, beside = own.post, bool(own.post.original)
    lang = _refuse_translated(uow, own, body) if beside else rules.language_of(body, post.lang)
    place = (own.thread.community.id, own.thread.audience)
    unnamed = not post.is_named
    return lang, refer(uow, viewer, place, body, unnamed=unnamed, kept=post.body, was=was, only_kept=beside)


def _tell_translations(uow: Write, own: OwnPost, said: rules.Said) -> None:
    """Where other words stand now, every translation says that its original changed."""
    if own.post.tongue & Tongue.HAS and said[:2] != rules.words_before(own):
        original_changed(uow, own.post.tid, own.post.n)


def _refuse_translated(uow: Write, own: OwnPost, body: str) -> str:
    """A translation stays in its language, and beside its original; Invalid where it is none of it any more."""
    post = own.post
    original = queries.find_as_read(uow, post.tid, post.original)
    if original is not None and original.is_shown:
        refuse(rules.wrong_translated_words(original, body, post.lang))
    return post.lang


def _tongue(post: PostFacts, new: Change, body: str) -> int:
    """What is kept about translating it. A translation that is saved again was looked at: nothing changed since."""
    if post.original:
        return post.tongue & Tongue.CHECKED if post.body == body else 0
    if new.alone is None:
        return post.tongue
    return post.tongue & Tongue.HAS | (Tongue.ALONE if new.alone else 0)


def _keep_before(uow: Write, own: OwnPost, new: Change, said: rules.Said) -> None:
    """What stood is kept for readers, unless she wants none of it kept. Changed meanwhile, it is not written over unseen."""
    refuse({"mark": "compose.changed"} if rules.is_stale(own, new.mark, said, new.poll) else {})
    if new.forget:
        forget_versions(uow, own.post.id)
    else:
        keep_version(uow, own, *said[:2])


def _noted(thread: ThreadFacts, post: PostFacts, new: Change, found: int) -> int:
    """Its content notes. What a care team set stays while that decision stands."""
    notes = ((post.notes if new.notes is None else new.notes) | post.noted | found) & ALL_NOTES
    # What every thread carries there is not taken off again; one that was begun before has it not.
    return notes | (post.notes & thread.community.notes if post.n == 1 else 0)


def _as_it_stands(post: PostFacts, title: str, body: str, *, links: bool) -> dict[str, object]:
    """Its words as they are kept: held, they show to nobody, and the first post holds the title as well."""
    if not post.is_held:
        return {"new_body": body, "new_html": markdown.render(body, links=links), "new_links": int(links)}
    held = f"{title}\n{body}" if post.n == 1 else body
    return {"new_body": held, "new_html": "", "new_links": int(links)}


def _refuse_adding(uow: Write, own: OwnPost, new: Change, *, words: tuple[str, str]) -> None:
    """In an archived place an edit takes away, and adds nothing: to the text, to a poll, to what pictures show."""
    thread, post = own.thread, own.post
    if may_write_in(thread.community).allowed:
        return
    hung = queries.pictures_of(uow, post.id)
    old, said = [post.body, *(row.alt for row in hung)], [words[1], *_kept_alts(new, hung)]
    poll = new.poll if post.n == 1 else None
    if post.n == 1:
        asked = Poll.read(thread.kept_poll) or Poll(())
        old += [thread.title, *asked.choices]
        said += [words[0], *(asked.choices if poll is None else poll.choices)]
    longer = poll is not None and bool(poll.choices) and poll.days > rules.days_left(thread)
    more = bool(new.pictures) or longer or bool(post.n == 1 and wanted_tags(thread, new) & ~thread.tags)
    rules.may_rewrite(thread.community, "\n".join(old), "\n".join(said), more=more).or_raise()


def _kept_alts(new: Change, hung: Sequence[PictureRow]) -> list[str]:
    """What its pictures are said to show, once it is changed so."""
    changed = {one.place: "" if one.drop else one.alt for one in new.places}
    return [changed.get(row.place, row.alt) for row in hung]


def _refuse_pictures(allowed: Allowance, post: PostFacts, new: Change) -> None:
    """A translation brings no pictures: those of its original stand beside it already."""
    if new.pictures and post.original:
        raise NotFound
    if new.pictures:
        unnamed = not post.is_named
        trust.may_bring_pictures(allowed, unnamed=unnamed).or_raise()


def _rewish(
    uow: Write, own: OwnPost, new: Change, *, words: tuple[str, str], wishes: tuple[int, int, int]
) -> None:
    """With the first post, what the thread is called and asks for. What is held shows no title either."""
    thread, (title, body) = own.thread, ("", "") if own.post.is_held else words
    uow.run(RETITLE, tid=thread.id, new_title=title, new_excerpt=markdown.excerpt(body, EXCERPT_LIMIT))
    answers = thread.answers if new.answers is None else int(Answers(new.answers))
    wants, spare, notes = wishes
    change_poll(uow, thread, new.poll)
    uow.run(WISH, tid=thread.id, new_wants=wants, new_spare=spare, new_notes=notes, new_answers=answers)


def _described(new: Change) -> list[str]:
    """What the pictures are said to show, from now on, and what a poll asks."""
    choices = new.poll.choices if new.poll else ()
    return [*(one.alt for one in new.places), *(one.alt for one in new.pictures), *choices]


def delete_post(uow: Write, viewer: Viewer, tid: bytes, post_id: bytes) -> TakenBack:
    """Take an own post back at once; the thread goes with it where nothing else was left.

    Asked again, from whichever page of hers, it ends where it ended the first time.
    """
    try:
        own = queries.get_own_post(uow, viewer, tid, post_id)
    except NotFound:
        return queries.get_taken_back(uow, viewer, tid, post_id)
    cid, number, tid = own.thread.community.id, own.post.n, own.thread.id
    safety.call_off(uow, post_id)
    if take_back(uow, tid, {number: post_id}):
        return TakenBack(cid, Placed(tid, number))
    # Of the thread nothing is left that could say whose it was: this press remembers the place, until the day is over.
    submissions.claim(uow, queries.taking_back(viewer, post_id), cid)
    return TakenBack(cid)


def _wrong_first(thread: ThreadFacts, new: Change, title: str, *, wishes: tuple[int, int]) -> dict[str, str]:
    """What is wrong with what only the first post says."""
    tags = () if new.tags is None or thread.own_tags is not None else new.tags
    said = rules.wrong_title(title) | rules.wrong_wishes(*wishes) | rules.wrong_poll(new.poll)
    return said | rules.wrong_tags(thread.community.all_tags, tags, thread.tags)


def _wishes(thread: ThreadFacts, new: Change) -> tuple[int, int, int]:
    """What helps, what does not, and the tags, once changed; what was not said again stays as it is."""
    wants, spare = rules.used_wishes(thread.community, new.wants or 0, new.spare or 0)
    return (
        thread.wants if new.wants is None else wants,
        thread.spare if new.spare is None else spare,
        wanted_tags(thread, new),
    )
