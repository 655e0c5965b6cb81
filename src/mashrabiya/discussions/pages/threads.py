"""Doors of the discussions: one thread, writing."""

from functools import partial

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import commands, flows, forms, queries, rules
from mashrabiya.discussions.pages.asked import UNSEEN, Trouble, ids_of, newcomers, places_lost, wrong_of
from mashrabiya.discussions.pages.following import followed_too
from mashrabiya.discussions.pages.places import as_read
from mashrabiya.discussions.pages.sending import send
from mashrabiya.discussions.pages.showing import PREVIEW, SIMILAR, is_showing, preview_of
from mashrabiya.discussions.pages.whom import choice, has_turned, is_turning
from mashrabiya.discussions.types import (
    EVERYTHING,
    ID_SIZE,
    STARTER,
    Judged,
    Placed,
    ThreadFacts,
    ThreadPage,
    kinds_in,
)
from mashrabiya.kernel.ids import read_id
from mashrabiya.people import queries as people_queries
from mashrabiya.people.flows import keep_away as keep
from mashrabiya.people.rules.reach import read_wish
from mashrabiya.people.sealed.saved import MOST
from mashrabiya.people.types import PrivateNote, Voice
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look
from mashrabiya.safety.trust.types import FREE

routes = Routes()


@routes.get("/t/{tid:str}", access=Access.ANYONE)
def thread(request: Ask, tid: str) -> Response[bytes]:
    day = forms.day(request.query("day"))
    if day is not None or request.query("go"):
        return _jump(request, tid, day)
    return _thread(request, tid)


@routes.post("/t/{tid:str}", access=Access.ACCOUNT, limit="reply", uploads=True, shows=(PREVIEW,))
def reply(request: Ask, tid: str) -> Response[bytes]:
    again = partial(_thread, request, tid)
    if is_turning(request):
        return choice(request) or again()
    if request.form.flag(PREVIEW):
        return again()
    raw, new = read_id(tid, ID_SIZE), forms.read_reply(request.form)
    write = partial(flows.reply, request.db, request.viewer, raw, new)
    return send(
        request, followed_too(request, write), again, spare=flows.heard_in(request.db, request.viewer, raw)
    )


@routes.post("/t/{tid:str}/h/{post:str}", access=Access.ACCOUNT, limit="react")
def helped(request: Ask, tid: str, post: str) -> Response[bytes]:
    wish = forms.read_wish(request.form)
    with request.db.write() as uow:
        marked = commands.mark_helped(uow, request.viewer, *ids_of(tid, post), wish=wish)
    return see_other(marked.placed.link)


@routes.post("/t/{tid:str}/w/{n:str}", access=Access.ACCOUNT, limit="react")
def needed(request: Ask, tid: str, n: str) -> Response[bytes]:
    raw, number, wish = read_id(tid, ID_SIZE), forms.number(n), request.form.flag("needed")
    with request.db.write() as uow:
        placed = commands.mark_needed(uow, request.viewer, raw, number, wish=wish)
    return see_other(placed.link)


@routes.get("/t/{tid:str}/m/{n:str}", access=Access.PERSONA)
def voice(request: Ask, tid: str, n: str) -> Response[bytes]:
    thread, post, heard = _voice(request, tid, n)
    return page(
        request,
        "discussions/keep_away.html",
        thread=thread,
        post=post,
        kept=people_queries.kept_of(request.viewer, heard),
        several=request.viewer.used > 1,
    )


@routes.post("/t/{tid:str}/m/{n:str}", access=Access.PERSONA, limit="settings")
def keep_away(request: Ask, tid: str, n: str) -> Response[bytes]:
    thread, post, heard = _voice(request, tid, n)
    keep(request.site, request.viewer, heard, read_wish(request.form.typed))
    return see_other(f"/t/{thread.shown}/m/{post.n}")


def _voice(request: Ask, tid: str, n: str) -> tuple[ThreadFacts, Judged, Voice]:
    """Somebody else who wrote there: by name, or under a label of the thread it was written in."""
    viewer = request.viewer
    with request.db.read() as db:
        thread, post = queries.get_shown(db, viewer, read_id(tid, ID_SIZE), forms.place(n))
    rules.may_keep_away(viewer, post).or_raise()
    # Who is away stands under a label, as if she had never had a name.
    if post.pid is not None and post.name is not None:
        return thread, post, Voice(pid=post.pid)
    return thread, post, Voice(tid=post.home_tid, label=max(post.label or STARTER, STARTER))


@routes.get("/c/{cid:str}/t", access=Access.ACCOUNT)
def begin_thread(request: Ask, cid: str) -> Response[bytes]:
    return _new_thread(request, cid)


@routes.post("/c/{cid:str}/t", access=Access.ACCOUNT, limit="thread", uploads=True, shows=(PREVIEW, SIMILAR))
def open_thread(request: Ask, cid: str) -> Response[bytes]:
    again = partial(_new_thread, request, cid)
    if is_turning(request):
        return choice(request) or again()
    if is_showing(request):
        return again()
    raw, new = read_id(cid, COMMUNITY_ID_SIZE), forms.read_thread(request.form)
    write = partial(flows.open_thread, request.db, request.viewer, raw, new)
    return send(
        request, followed_too(request, write), again, spare=flows.heard_at(request.db, request.viewer, raw)
    )


def _jump(request: Ask, tid: str, day: int | None) -> Response[bytes]:
    """To the stable link of the post of a number, or of a day."""
    raw = read_id(tid, ID_SIZE)
    with request.db.read() as db:
        if day is not None:
            return see_other(queries.place_of_day(db, request.viewer, raw, day).link)
        last = queries.get_thread(db, request.viewer, raw).n
    return see_other(Placed(raw, min(max(forms.number(request.query("go")), 1), last)).link)


def show_poll(request: Ask, tid: str, why: str) -> Response[bytes]:
    """The thread at its poll, with the reason why a vote was not taken."""
    return _thread(request, tid, polled=why)


def _thread(
    request: Ask, tid: str, trouble: Trouble | None = None, *, look: Look = UNSEEN, polled: str = ""
) -> Response[bytes]:
    """A page of the thread, with what was typed where that was not taken."""
    typed, asked, back = request.form.typed | look.texts, request.query, bool(trouble or look.is_due)
    raw, quoted = read_id(tid, ID_SIZE), forms.number(asked("quote"), 0)
    to = forms.number(typed.get("to", "") or asked("to"), 0) or quoted
    written = back or has_turned(request) or request.form.flag(PREVIEW)
    at = to or (forms.LAST if written else forms.number(asked("n")))
    sought = EVERYTHING if to or written else forms.sought(asked("kind"), asked("only"), asked("all"))
    with request.db.read() as db:
        found = queries.thread_page(db, request.viewer, raw, at, sought=sought, quoted=quoted)
        now = _gone_on(request, db, found, at) if at > 1 and not (to or written) else None
    if now is not None:
        return see_other(now.link)
    found = found if back else as_read(request, found)
    answered = found.post(to)
    ways, pace = found.ways, found.thread.pace
    form = typed or (forms.begun_with(answered, unnamed=ways.stays_unnamed) if ways.any else {})
    allowed = newcomers(request).allowance_known(request.viewer) if ways.any else FREE
    return page(
        request,
        "discussions/thread.html",
        status=422 if back or polled else 200,
        found=found,
        ways=ways,
        follows=raw in people_queries.followed(request.viewer),
        allowed=allowed,
        wait=allowed.wait(raw, pace) if pace else 0,
        preview=preview_of(request, allowed),
        may_join=community_rules.may_join(request.viewer, found.thread.community).allowed,
        answered=answered,
        form=form,
        more=forms.says_more(form),
        look=look,
        lost=places_lost(request),
        wrong={"poll": polled}
        if polled
        else wrong_of(trouble) or (_unwanted(request, found.thread) if look.is_due else {}),
    )


def _gone_on(request: Ask, db: Read, found: ThreadPage, number: int) -> Placed | None:
    """Where the post stands that was asked for by its number, once it went to another thread."""
    if not found.thread.parted or found.sought.some or found.post(number) is not None:
        return None
    return queries.place_now(db, request.viewer, found.thread, number)


def _unwanted(request: Ask, thread: ThreadFacts) -> dict[str, str]:
    """Said beside what was found, so that one press more is enough for both."""
    new = forms.read_reply(request.form)
    return rules.wrong_kind(thread, rules.used_kind(thread.community, new.kind), told=new.told)


def _brought(request: Ask, db: Read) -> PrivateNote | None:
    """The private note that she comes from, if it is there."""
    number = forms.number(request.query("note"), MOST)
    if number >= MOST or not request.viewer.speaks:
        return None
    return people_queries.find_private_note(db, request.viewer, number)


def _looks(request: Ask) -> bool:
    """Whether threads like this title are looked for."""
    return request.form.flag(SIMILAR) and bool(request.form.text("title"))


def _new_thread(
    request: Ask, cid: str, trouble: Trouble | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, raw)
        small = community_queries.is_small(db, raw)
        typed = request.form.typed | look.texts
        note = None if typed else _brought(request, db)
        similar = queries.similar_threads(db, viewer, raw, typed["title"]) if _looks(request) else None
        pace = rules.pace_of(viewer, queries.closed_writing(db, raw))
    ways = rules.ways_to_open(viewer, found, small=small, pace=pace)
    back = bool(trouble or look.is_due)
    if not (ways.any or typed):
        return see_other(found.path)
    form, allowed = (
        typed or forms.begun_from(note, viewer.tongue.language),
        newcomers(request).allowance_known(viewer),
    )
    return page(
        request,
        "discussions/new.html",
        status=422 if back else 200,
        community=found,
        ways=ways,
        allowed=allowed,
        preview=preview_of(request, allowed),
        similar=similar,
        kinds=[int(kind) for kind in kinds_in(found.wants)],
        form=form,
        more=forms.says_more(form, viewer.tongue.language),
        look=look,
        lost=places_lost(request),
        wrong=wrong_of(trouble),
    )
