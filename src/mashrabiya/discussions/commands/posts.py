"""Writing: one function per intention."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec import structs
from sqlalchemy import LargeBinary, bindparam, literal_column, update

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands.answerable import close_author
from mashrabiya.discussions.commands.calling import follow
from mashrabiya.discussions.commands.doors import hold_back, hold_to_now
from mashrabiya.discussions.commands.mentions import refer
from mashrabiya.discussions.commands.parting import keep_voice
from mashrabiya.discussions.commands.pictures import hang
from mashrabiya.discussions.commands.polls import as_kept
from mashrabiya.discussions.commands.refusing import (
    count_answer,
    refuse_answering,
    refuse_beginning,
    refuse_blocked,
    refuse_new,
)
from mashrabiya.discussions.commands.regarding import held_against, said_in
from mashrabiya.discussions.commands.tags import list_tags, numbers_in
from mashrabiya.discussions.commands.words import body_of, refuse, title_of
from mashrabiya.discussions.events import PostWritten, ThreadOpened
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import (
    EXCERPT_LIMIT,
    ID_SIZE,
    POST_ID_SIZE,
    STARTER,
    Answers,
    Kind,
    NewReply,
    NewThread,
    Placed,
    PostState,
    ThreadFacts,
    Tongue,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import markdown, submissions
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.matching.watch import UNHEEDED, UNWATCHED, Heed, Watch
from mashrabiya.safety.trust import rules as trust
from mashrabiya.safety.trust.types import FREE, Allowance

Before = Callable[[Write], None]

_TID = bindparam("tid", type_=LargeBinary)

_COUNT: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == _TID)
    .values(
        n=THREAD.c.n + literal_column("1"),
        labels=bindparam("new_labels"),
        last_day=bindparam("new_day"),
    )
)


def nothing_first(_uow: Write) -> None:
    """It takes nothing's place."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What is put into a post's place. ``closed``: unnamed, its persona is kept for two of the care team."""

    body: str
    lang: str
    new: NewReply | NewThread
    closed: bool = False
    links: bool = True
    heed: Heed = UNHEEDED
    kind: Kind = Kind.PLAIN
    to: int | None = None
    id: bytes = field(default_factory=lambda: new_id(POST_ID_SIZE))


def open_thread(
    uow: Write,
    viewer: Viewer,
    cid: bytes,
    new: NewThread,
    *,
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
    first: Before = nothing_first,
) -> Placed:
    """Begin a thread, once. It keeps audience, retention and the way of unnamed writing that hold today.

    ``first`` is what it takes the place of: done with it, or not at all.
    """
    community = community_queries.get_community(uow, viewer, cid)
    rules.may_open(viewer, community, unnamed=new.unnamed).or_raise()
    tid = new_id(ID_SIZE)
    made = submissions.claim(uow, new.submission, tid, community.shown, new.title, new.body)
    if made is not None:
        return Placed(made, 1)
    first(uow)
    ready, heed = look_at(uow, viewer, community, new, allowed=allowed, watch=watch)
    body = refer(uow, viewer, (cid, community.audience), ready.body, unnamed=new.unnamed)
    ready = structs.replace(ready, body=body)
    return begin(uow, viewer, community, ready, tid=tid, heed=heed, allowed=allowed)


def look_at(
    uow: Write, viewer: Viewer, community: CommunityFacts, new: NewThread, *, allowed: Allowance, watch: Watch
) -> tuple[NewThread, Heed]:
    """Whether this thread may begin now, and how it would stand there, in which language; writes nothing."""
    refuse_beginning(uow, viewer, community.id, unnamed=new.unnamed)
    hold_back(uow, viewer, community, allowed, unnamed=new.unnamed)
    refuse_new(allowed, new, trust.may_begin)
    refuse(rules.wrong_door(community, new.told))
    title, body, wants, spare = _checked(community, new)
    new, heed = held_against(uow, viewer, community.id, new, watch=watch)
    said = {"title": title, "body": body, "lang": said_in(viewer, body, community.language, new)}
    return structs.replace(new, **said, wants=wants, spare=spare, notes=new.notes | community.notes), heed


def begin(
    uow: Write,
    viewer: Viewer,
    community: CommunityFacts,
    new: NewThread,
    *,
    tid: bytes,
    heed: Heed,
    allowed: Allowance,
) -> Placed:
    """Write what was looked at, with mentions as references."""
    closed = _is_closed(viewer, new, community.is_accountable and new.unnamed)
    said = {"title": new.title, "excerpt": markdown.excerpt(new.body, EXCERPT_LIMIT), "lang": new.lang}
    wished = {
        "wants": new.wants,
        "spare": new.spare,
        "notes": new.notes & ALL_NOTES,
        "answers": int(Answers(new.answers)),
        "tags": rules.tag_bits(community.all_tags, new.tags),
        **as_kept(new.poll),
    }
    _begin(uow, tid, community, **said, **wished)
    words = _Words(new.body, new.lang, new, closed, allowed.may_show(unnamed=new.unnamed), heed)
    label = STARTER if new.unnamed else None
    placed = _write(uow, viewer, Placed(tid, 1), words, cid=community.id, label=label)
    allowed.wrote("first_thread", community.id, new.body)
    return placed


def _begin(uow: Write, tid: bytes, community: CommunityFacts, **said: Any) -> None:
    """The thread's row, with what holds in its community today."""
    pos = clock.ten_minutes()
    uow.insert(
        THREAD,
        **said,
        id=tid,
        cid=community.id,
        audience=community.audience,
        retention_days=community.retention_days,
        pos=pos,
        n=1,
        labels=1,
        parted=0,
        last_day=clock.day(),
        helped=0,
        needed=0,
        anon_mode=community.anon_mode,
        shut=0,
        top=0,
        slow=0,
        slow_day=0,
        own_tags=None,
    )
    list_tags(uow, tid, numbers_in(said["tags"]), cid=community.id, pos=pos)
    uow.record(ThreadOpened(tid, community.id))


def reply(
    uow: Write,
    viewer: Viewer,
    tid: bytes,
    new: NewReply,
    *,
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
) -> Placed:
    """Add a post to a thread, under the persona in use or unnamed. Sent twice, it is added once."""
    thread, post = queries.get_thread(uow, viewer, tid), new_id(POST_ID_SIZE)
    made = submissions.claim(uow, new.submission, post, thread.shown, new.body)
    if made is not None:
        return queries.place_of(uow, thread, made)
    to = _answered(thread, new)
    speaking, answered = queries.speaking_to(uow, viewer, thread, to)
    cid = thread.community.id
    rules.may_reply(viewer, thread, speaking, unnamed=new.unnamed).or_raise()
    slowed = refuse_answering(uow, viewer, thread, allowed=allowed, speaking=speaking, unnamed=new.unnamed)
    refuse_blocked(uow, viewer, answered, speaking, unnamed=new.unnamed)
    hold_back(uow, viewer, thread.community, allowed, unnamed=new.unnamed)
    refuse_new(allowed, new, trust.may_answer_more)
    body, kind = _checked_reply(thread, new)
    new, heed = held_against(uow, viewer, cid, new, watch=watch)
    # Of a voice that was learned there is nothing more to learn, so nothing more is kept.
    closed = _is_closed(viewer, new, thread.is_accountable and new.unnamed and not speaking.learned)
    label = rules.label_of(thread, speaking) if new.unnamed else None
    voices = rules.voices_with(thread, speaking, unnamed=new.unnamed)
    uow.do(_COUNT, tid=tid, new_labels=voices, new_day=clock.day())
    hold_to_now(uow, thread)
    placed = Placed(tid, thread.n + 1)
    lang = said_in(viewer, body, thread.lang, new)
    quoted = queries.source_of(uow, tid, to) if to and "@" in body else ""
    body = refer(uow, viewer, (cid, thread.audience), body, unnamed=new.unnamed, quoted=quoted, was=new.was)
    links = allowed.may_show(unnamed=new.unnamed)
    words = _Words(body, lang, new, closed, links, heed, kind, to, post)
    placed = _write(uow, viewer, placed, words, cid=cid, label=label)
    keep_voice(uow, thread, post)
    count_answer(allowed, thread, body, slowed=slowed)
    return placed


def _write(
    uow: Write, viewer: Viewer, placed: Placed, words: _Words, *, cid: bytes, label: int | None
) -> Placed:
    """Put a post in its place: with a persona where there is no label, else with a token. A rule may keep it back there."""
    named = label is None
    uow.insert(
        POST,
        tid=placed.tid,
        n=placed.n,
        id=words.id,
        home_tid=placed.tid,
        cid=cid,
        pid=viewer.pid if named else None,
        tok=None if named else viewer.token(placed.tid),
        label=label,
        state=int(PostState.SHOWN),
        kind=int(words.kind),
        lang=words.lang,
        t=clock.ten_minutes() if named else clock.six_hours(),
        edited=0,
        to_n=words.to,
        notes=words.new.notes & ALL_NOTES,
        helped=0,
        newcomer=int(words.new.newcomer),
        welcomed=0,
        links=int(words.links),
        tongue=int(Tongue.ALONE if words.new.alone else Tongue.NONE),
        html=markdown.render(words.body, links=words.links),
        body=words.body,
    )
    hang(uow, words.id, words.new.pictures)
    if words.closed:
        close_author(uow, viewer, cid, words.id)
    uow.record(PostWritten(placed.tid, words.id, words.heed.weight))
    return structs.replace(placed, held=follow(uow, cid, words.id, words.heed))


def _checked(community: CommunityFacts, new: NewThread) -> tuple[str, str, int, int]:
    """Title, text and both wishes as they are kept; Invalid with all that is wrong with them."""
    title, body = title_of(new.title), body_of(new.body)
    wants, spare = rules.used_wishes(community, new.wants, new.spare)
    wrong = {**rules.wrong_title(title), **rules.wrong_body(body), **rules.wrong_wishes(wants, spare)}
    wrong |= rules.wrong_tags(community.all_tags, new.tags)
    refuse(wrong | rules.wrong_pictures(new.pictures) | rules.wrong_poll(new.poll))
    return title, body, wants, spare


def _checked_reply(thread: ThreadFacts, new: NewReply) -> tuple[str, Kind]:
    """Text and kind as they are kept; Invalid with all that is wrong with them."""
    body, kind = body_of(new.body), rules.used_kind(thread.community, new.kind)
    wrong = {**rules.wrong_body(body), **rules.wrong_kind(thread, kind, told=new.told)}
    refuse(wrong | rules.wrong_pictures(new.pictures))
    return body, kind


def _answered(thread: ThreadFacts, new: NewReply) -> int | None:
    """A number that no post has was not typed by anybody: it is left out, and the words stay."""
    return new.to if new.to is not None and 1 <= new.to <= thread.n else None


def _is_closed(viewer: Viewer, new: NewThread | NewReply, to_be: bool) -> bool:
    """Whether its persona is kept for two; Invalid where the form did not say so, or said it of another."""
    refuse(rules.wrong_warning(viewer, learnable=new.learnable) if to_be else {})
    return to_be
