"""Translations: writing one, wishing for one, and the word of whoever wrote the original."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Integer, LargeBinary, bindparam, delete, literal_column, update

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands.calling import follow
from mashrabiya.discussions.commands.doors import hold_back, hold_to_now
from mashrabiya.discussions.commands.endings import grant_wishes, take_back
from mashrabiya.discussions.commands.mentions import refer
from mashrabiya.discussions.commands.parting import keep_voice
from mashrabiya.discussions.commands.refusing import count_answer, refuse_answering, refuse_blocked
from mashrabiya.discussions.commands.words import body_of, refuse, title_of
from mashrabiya.discussions.events import PostWritten
from mashrabiya.discussions.tables import POST, WISH
from mashrabiya.discussions.types import (
    POST_ID_SIZE,
    Judged,
    Kind,
    NewTranslation,
    Placed,
    PostState,
    ThreadFacts,
    Tongue,
    numbers_of,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import audit, markdown, submissions
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.safety.matching.watch import UNWATCHED, Heed, Watch
from mashrabiya.safety.trust import rules as trust
from mashrabiya.safety.trust.types import FREE, Allowance

_TONGUE = bindparam("bits", type_=Integer)
_AT = (POST.c.tid == bindparam("tid", type_=LargeBinary), POST.c.n == bindparam("at", type_=Integer))
_ADD: Statement[None] = Statement(update(POST).where(*_AT).values(tongue=POST.c.tongue.bitwise_or(_TONGUE)))
_TAKE_OFF: Statement[None] = Statement(
    update(POST).where(*_AT).values(tongue=POST.c.tongue.bitwise_and(_TONGUE))
)
_CLEAR: Statement[None] = Statement(delete(POST).where(*_AT))
_STALE: Statement[None] = Statement(
    update(POST)
    .where(
        POST.c.tid == bindparam("tid", type_=LargeBinary),
        POST.c.n.between(bindparam("lowest", type_=Integer), bindparam("highest", type_=Integer)),
    )
    .values(tongue=POST.c.tongue.bitwise_or(literal_column(str(int(Tongue.STALE)))))
)
_OF_POST = (WISH.c.post == bindparam("of_post", type_=LargeBinary), WISH.c.lang == bindparam("into"))
_UNWISH: Statement[None] = Statement(
    delete(WISH).where(*_OF_POST, WISH.c.wnull == bindparam("mine", type_=LargeBinary))
)


def as_kept(title: str, body: str) -> str:
    """A translation as it is kept: that of a first post begins with the title, as a heading."""
    return f"# {title}\n\n{body}" if title else body


def translate(
    uow: Write,
    viewer: Viewer,
    tid: bytes,
    number: int,
    *,
    new: NewTranslation,
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
) -> Placed:
    """Write a translation of a post, by name, beside it, wherever it stands by now. Sent twice, it is written once."""
    thread, post = queries.get_shown(uow, viewer, tid, number)
    made = new_id(POST_ID_SIZE)
    before = submissions.claim(uow, new.submission, made, post.shown, new.lang, new.title, new.body)
    if before is not None:
        return queries.place_of(uow, thread, before)
    tid, number = post.tid, post.n
    speaking, reached = queries.speaking_to(uow, viewer, thread, number)
    rules.may_translate(viewer, thread, speaking, post).or_raise()
    slowed = refuse_answering(uow, viewer, thread, allowed=allowed, speaking=speaking, unnamed=False)
    refuse_blocked(uow, viewer, reached, speaking, unnamed=False)
    hold_back(uow, viewer, thread.community, allowed, unnamed=False)
    trust.may_answer_more(allowed).or_raise()
    cid, there = thread.community.id, queries.translations_there(uow, tid, number)
    title, body = _checked(viewer, post, new, there)
    heed = watch.hold(cid, (title, body), partial(queries.is_first, uow, viewer, cid))
    place = (cid, thread.audience)
    body = refer(uow, viewer, place, as_kept(title, body), kept=post.source, only_kept=True)
    hold_to_now(uow, thread)
    placed = Placed(tid, _free(uow, viewer, tid, number, there=there))
    links = allowed.may_show(unnamed=False)
    _insert(uow, viewer, placed, made, cid=cid, lang=new.lang, body=body, links=links, heed=heed)
    keep_voice(uow, thread, made, beside=True)
    uow.run(_ADD, tid=tid, at=number, bits=int(Tongue.HAS))
    uow.record(PostWritten(tid, made, heed.weight))
    held = follow(uow, cid, made, heed)
    if not held:
        grant_wishes(uow, tid, number, new.lang)
    count_answer(allowed, thread, body, slowed=slowed)
    return Placed(tid, placed.n, held)


def _checked(viewer: Viewer, post: Judged, new: NewTranslation, there: list[Judged]) -> tuple[str, str]:
    """Title and text as they are kept; Invalid with all that is wrong with them."""
    title, body = title_of(new.title) if post.n == 1 else "", body_of(new.body)
    typed = NewTranslation(title=title, body=body, lang=new.lang)
    refuse(rules.wrong_translation(post, typed, known=LANGUAGES, there=there, pid=viewer.pid))
    return title, body


def _free(uow: Write, viewer: Viewer, tid: bytes, number: int, *, there: list[Judged]) -> int:
    """The next number for a translation of that post. Where one of hers stood and is gone, that is given again:
    nobody uses the numbers up alone.
    """
    for one in there:
        if one.state == PostState.DELETED and one.pid == viewer.pid:
            uow.run(_CLEAR, tid=tid, at=one.n)
            return one.n
    lowest = min((one.n for one in there), default=numbers_of(number)[0] + 1)
    if lowest - 1 not in numbers_of(number):
        raise Refused("translation.full")
    return lowest - 1


def _insert(
    uow: Write,
    viewer: Viewer,
    placed: Placed,
    made: bytes,
    *,
    cid: bytes,
    lang: str,
    body: str,
    links: bool,
    heed: Heed,
) -> None:
    uow.insert(
        POST,
        tid=placed.tid,
        n=placed.n,
        id=made,
        home_tid=placed.tid,
        cid=cid,
        pid=viewer.pid,
        tok=None,
        label=None,
        state=int(PostState.SHOWN),
        kind=int(Kind.PLAIN),
        lang=lang,
        t=clock.ten_minutes(),
        edited=0,
        to_n=None,
        notes=heed.notes & ALL_NOTES,
        helped=0,
        newcomer=0,
        welcomed=0,
        links=int(links),
        tongue=int(Tongue.NONE),
        html=markdown.render(body, links=links),
        body=body,
    )


def original_changed(uow: Write, tid: bytes, number: int) -> None:
    """Every translation of that post says from now on that its original is another."""
    numbers = numbers_of(number)
    uow.run(_STALE, tid=tid, lowest=numbers[-1], highest=numbers[0])


def wish_translated(uow: Write, viewer: Viewer, tid: bytes, number: int, *, lang: str, wish: bool) -> Placed:
    """Wish to read a post in a language, or wish it no more. One wish a person, under all her names."""
    thread, post = queries.get_shown(uow, viewer, tid, number)
    if viewer.work is None:
        raise NotFound
    asked = rules.may_wish(viewer, thread.community, post) if wish else rules.may_wish_no_more(viewer, post)
    asked.or_raise()
    if lang not in LANGUAGES or lang == post.lang:
        raise Invalid({"lang": "translation.same" if lang == post.lang else "translation.language_missing"})
    mine = queries.wish_of(viewer, post.id)
    uow.run(_UNWISH, of_post=post.id, into=lang, mine=mine)
    if wish:
        uow.insert(WISH, post=post.id, lang=lang, wnull=mine, cid=thread.community.id, day=clock.day())
    return Placed(post.tid, post.n)


def decide_on_translating(uow: Write, viewer: Viewer, tid: bytes, number: int, *, alone: bool) -> Placed:
    """Whoever wrote a post wants no translation of it, or lets it be translated again. What stands is hidden meanwhile."""
    _, post = queries.get_shown(uow, viewer, tid, number)
    rules.may_decide_on_translating(viewer, post).or_raise()
    if alone:
        uow.run(_ADD, tid=post.tid, at=post.n, bits=int(Tongue.ALONE))
    else:
        uow.run(_TAKE_OFF, tid=post.tid, at=post.n, bits=int(Tongue.HAS))
    return Placed(post.tid, post.n)


def take_translation_away(
    uow: Write, viewer: Viewer, tid: bytes, number: int, *, translation: bytes
) -> Placed:
    """Whoever wrote a post takes a translation of it away: what is said in her words is hers. Twice is once."""
    _, post = queries.get_shown(uow, viewer, tid, number)
    rules.may_decide_on_translating(viewer, post).or_raise()
    found = queries.get_post(uow, post.tid, translation)
    if found.original != post.n:
        raise NotFound
    if found.state == PostState.SHOWN:
        take_back(uow, post.tid, {found.n: found.id})
    return Placed(post.tid, post.n)


def check_translation(uow: Write, viewer: Viewer, tid: bytes, number: int, *, checked: bool) -> Placed:
    """Say that a translation was compared with its original, or take that back. The log has it."""
    thread, post = queries.get_shown(uow, viewer, tid, number)
    rules.may_check_translation(viewer, thread.community, post).or_raise()
    placed = Placed(post.tid, post.n)
    if bool(post.tongue & Tongue.CHECKED) == checked:
        return placed
    if checked:
        uow.run(_ADD, tid=placed.tid, at=placed.n, bits=int(Tongue.CHECKED))
    else:
        uow.run(_TAKE_OFF, tid=placed.tid, at=placed.n, bits=int(Tongue.STALE))
    act = "translation:checked" if checked else "translation:unchecked"
    audit.record(uow, act, role=_role(thread), thing=post.id)
    return placed


def _role(thread: ThreadFacts) -> str:
    place = thread.community
    return "community" if place.helps or place.may_translate else "care"
