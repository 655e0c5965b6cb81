"""Doors of the discussions: one thread, writing."""

from functools import partial
from typing import Any

from mashrabiya.communities import rules as community_rules
from mashrabiya.discussions import commands, flows, forms, queries, rules
from mashrabiya.discussions.pages.asked import UNSEEN, Trouble, ids_of, newcomers, places_lost, wrong_of
from mashrabiya.discussions.pages.drafting import (
    KEEP,
    NONE,
    Drafting,
    drafting_of,
    is_keeping,
    opened,
    sent_too,
)
from mashrabiya.discussions.pages.drafting import keep as keep_draft
from mashrabiya.discussions.pages.following import followed_too
from mashrabiya.discussions.pages.places import as_read
from mashrabiya.discussions.pages.sending import goes_back, look_in_preview, send
from mashrabiya.discussions.pages.showing import PREVIEW, preview_of
from mashrabiya.discussions.pages.whom import choice, has_turned, is_turning
from mashrabiya.discussions.types import (
    EVERYTHING,
    ID_SIZE,
    STARTER,
    Judged,
    Placed,
    ThreadFacts,
    ThreadPage,
    Ways,
)
from mashrabiya.kernel.ids import read_id
from mashrabiya.people import queries as people_queries
from mashrabiya.people.flows import keep_away as keep
from mashrabiya.people.rules.reach import read_wish
from mashrabiya.people.types import Voice
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


@routes.post(
    "/t/{tid:str}", access=Access.ACCOUNT, limit="reply", brief=True, uploads=True, shows=(PREVIEW, KEEP)
)
def reply(request: Ask, tid: str) -> Response[bytes]:
    again = partial(_thread, request, tid)
    if is_turning(request):
        return choice(request) or again()
    raw, new = read_id(tid, ID_SIZE), forms.read_reply(request.form)
    if request.form.flag(PREVIEW):
        return again(look=look_in_preview(request, partial(_place_of, request, raw)))
    if is_keeping(request):
        return keep_draft(request, queries.IN_THREAD + raw, again)
    write = sent_too(request, partial(flows.reply, request.db, request.viewer, raw, new))
    spare = flows.heard_in(request.db, request.viewer, raw)
    return send(
        request, followed_too(request, write), again, spare=spare, place=partial(_place_of, request, raw)
    )


@routes.post("/t/{tid:str}/h/{post:str}", access=Access.ACCOUNT, limit="react", brief=True)
def helped(request: Ask, tid: str, post: str) -> Response[bytes]:
    wish = forms.read_wish(request.form)
    with request.db.write() as uow:
        marked = commands.mark_helped(uow, request.viewer, *ids_of(tid, post), wish=wish)
    return see_other(marked.placed.link)


@routes.post("/t/{tid:str}/w/{n:str}", access=Access.ACCOUNT, limit="react", brief=True)
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


def _jump(request: Ask, tid: str, day: int | None) -> Response[bytes]:
    """To the stable link of the post of a number, or of a day."""
    raw = read_id(tid, ID_SIZE)
    with request.db.read() as db:
        if day is not None:
            return see_other(queries.place_of_day(db, request.viewer, raw, day).link)
        last = queries.get_thread(db, request.viewer, raw).n
    return see_other(Placed(raw, min(max(forms.number(request.query("go")), 1), last)).link)


def _place_of(request: Ask, tid: bytes) -> bytes:
    with request.db.read() as db:
        return queries.get_thread(db, request.viewer, tid).community.id


def show_poll(request: Ask, tid: str, why: str) -> Response[bytes]:
    """The thread at its poll, with the reason why a vote was not taken."""
    return _thread(request, tid, polled=why)


def _thread(
    request: Ask,
    tid: str,
    trouble: Trouble | None = None,
    *,
    look: Look = UNSEEN,
    polled: str = "",
    drafting: Drafting = NONE,
) -> Response[bytes]:
    """A page of the thread, with what was typed where that was not taken."""
    asked, back, raw = request.query, bool(trouble or goes_back(request, look)), read_id(tid, ID_SIZE)
    quoted = forms.number(asked("quote"), 0)
    with request.db.read() as db:
        draft = opened(request, db, queries.IN_THREAD + raw)
        typed = draft.fields if draft else request.form.typed | look.texts
        to = forms.number(typed.get("to", "") or asked("to"), 0) or quoted
        written = back or draft or _stays(request)
        at = to or (forms.LAST if written else forms.number(asked("n")))
        sought = EVERYTHING if to or written else forms.sought(asked("kind"), asked("only"), asked("all"))
        found = queries.thread_page(db, request.viewer, raw, at, sought=sought, quoted=quoted)
        now = _gone_on(request, db, found, at) if at > 1 and not (to or written) else None
    if now is not None:
        return see_other(now.link)
    found = found if back else as_read(request, found)
    answered, ways = found.post(to), found.ways
    form = typed or (forms.begun_with(answered, unnamed=ways.stays_unnamed) if ways.any else {})
    return page(
        request,
        "discussions/thread.html",
        status=422 if back or polled else drafting.status,
        found=found,
        follows=raw in people_queries.followed(request.viewer),
        **_allowed(request, found.thread, ways),
        answered=answered,
        form=form,
        more=forms.says_more(form),
        look=look,
        drafting=drafting_of(request, drafting, draft),
        wrong={"poll": polled} if polled else _wrong(request, found.thread, trouble, look),
    )


def _wrong(request: Ask, thread: ThreadFacts, trouble: Trouble | None, look: Look) -> dict[str, str]:
    return wrong_of(trouble) or (_unwanted(request, thread) if goes_back(request, look) else {})


def _gone_on(request: Ask, db: Read, found: ThreadPage, number: int) -> Placed | None:
    """Where the post stands that was asked for by its number, once it went to another thread."""
    if not found.thread.parted or found.sought.some or found.post(number) is not None:
        return None
    return queries.place_now(db, request.viewer, found.thread, number)


def _allowed(request: Ask, thread: ThreadFacts, ways: Ways) -> dict[str, Any]:
    """What she may write there now, and how it would look."""
    allowed, pace = newcomers(request).allowance_known(request.viewer) if ways.any else FREE, thread.pace
    wait = allowed.wait(thread.id, pace) if pace else 0
    joins = community_rules.may_join(request.viewer, thread.community).allowed
    shown = {"ways": ways, "may_join": joins, "preview": preview_of(request, allowed)}
    return {**shown, "allowed": allowed, "wait": wait, "lost": places_lost(request)}


def _stays(request: Ask) -> bool:
    """Whether what was typed stands in the form again, and nothing was written."""
    return has_turned(request) or request.form.flag(PREVIEW) or is_keeping(request)


def _unwanted(request: Ask, thread: ThreadFacts) -> dict[str, str]:
    """Said beside what was found, so that one press more is enough for both."""
    new = forms.read_reply(request.form)
    return rules.wrong_kind(thread, rules.used_kind(thread.community, new.kind), told=new.told)
