"""Doors of the discussions: lists of threads, one thread, writing, editing, deleting."""

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import commands, flows, forms, queries, rules
from mashrabiya.discussions.flows import Sent
from mashrabiya.discussions.types import (
    EVERYTHING,
    ID_SIZE,
    POST_ID_SIZE,
    STARTER,
    Filters,
    Judged,
    Placed,
    ThreadFacts,
    kinds_in,
)
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.people import queries as people_queries
from mashrabiya.people.flows import keep_away as keep
from mashrabiya.people.rules.reach import read_wish
from mashrabiya.people.types import Voice
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.pictures import kept_picture
from mashrabiya.safety.screening import Look, look_over

routes = Routes()
UNSEEN = Look()


@routes.get("/t", access=Access.ANYONE)
def latest(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        threads = queries.latest(db, request.viewer, request.query("after"), filters=_filters(request))
    return page(request, "discussions/latest.html", threads=threads)


@routes.get("/c/{cid:str}", access=Access.ANYONE)
def community(request: Ask, cid: str) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, raw)
        threads = queries.community_threads(
            db, viewer, raw, request.query("after"), filters=_filters(request)
        )
        run_by = community_queries.run_by(db, raw)
    return page(
        request,
        "discussions/community.html",
        community=found,
        threads=threads,
        run_by=run_by,
        may_read=community_rules.may_read(viewer, found).allowed,
        may_join=community_rules.may_join(viewer, found).allowed,
        may_open=rules.ways_to_open(viewer, found, small=False).any,
    )


@routes.get("/t/{tid:str}", access=Access.ANYONE)
def thread(request: Ask, tid: str) -> Response[bytes]:
    day = forms.day(request.query("day"))
    if day is not None or request.query("go"):
        return _jump(request, tid, day)
    return _thread(request, tid)


@routes.post("/t/{tid:str}", access=Access.ACCOUNT, limit="reply", uploads=True)
def reply(request: Ask, tid: str) -> Response[bytes]:
    raw, new = read_id(tid, ID_SIZE), forms.read_reply(request.form)
    look = look_over(request.form, *forms.WRITTEN)
    if look.is_due:
        return _thread(request, tid, look=look)
    try:
        placed = flows.reply(request.db, request.viewer, raw, new, sent=_pictures(request))
    except (Invalid, Refused) as trouble:
        return _thread(request, tid, trouble, look=look)
    return see_other(placed.address)


@routes.post("/t/{tid:str}/h/{post:str}", access=Access.ACCOUNT, limit="react")
def helped(request: Ask, tid: str, post: str) -> Response[bytes]:
    wish = forms.read_wish(request.form)
    with request.db.write() as uow:
        marked = commands.mark_helped(uow, request.viewer, *_ids(tid, post), wish=wish)
    return see_other(marked.placed.link)


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
        thread, post = queries.get_shown(db, viewer, read_id(tid, ID_SIZE), forms.number(n))
    rules.may_keep_away(viewer, post).or_raise()
    if post.pid is not None:
        return thread, post, Voice(pid=post.pid)
    return thread, post, Voice(tid=post.home_tid, label=post.label or STARTER)


@routes.get("/m/{file:str}", access=Access.ANYONE, slow=True)
def picture(request: Ask, file: str) -> Response[bytes]:
    """A picture in one of its sizes, where its post may be read. Its address is a name, never a path."""
    shown, _, size = file.partition(".")
    name = read_id(shown, ID_SIZE)
    with request.db.read() as db:
        queries.authorise_picture(db, request.viewer, name)
    return kept_picture(request, name, size)


@routes.get("/c/{cid:str}/t", access=Access.ACCOUNT)
def begin_thread(request: Ask, cid: str) -> Response[bytes]:
    return _new_thread(request, cid)


@routes.post("/c/{cid:str}/t", access=Access.ACCOUNT, limit="thread", uploads=True)
def open_thread(request: Ask, cid: str) -> Response[bytes]:
    raw, new = read_id(cid, COMMUNITY_ID_SIZE), forms.read_thread(request.form)
    look = look_over(request.form, *forms.WRITTEN)
    if look.is_due:
        return _new_thread(request, cid, look=look)
    try:
        placed = flows.open_thread(request.db, request.viewer, raw, new, sent=_pictures(request))
    except (Invalid, Refused) as trouble:
        return _new_thread(request, cid, trouble, look=look)
    return see_other(placed.address)


@routes.get("/t/{tid:str}/e/{post:str}", access=Access.ACCOUNT)
def begin_edit(request: Ask, tid: str, post: str) -> Response[bytes]:
    return _own_post(request, "discussions/edit.html", tid, post)


@routes.post("/t/{tid:str}/e/{post:str}", access=Access.ACCOUNT, limit="edit")
def edit(request: Ask, tid: str, post: str) -> Response[bytes]:
    new, look = forms.read_change(request.form), look_over(request.form, "title", "body")
    if look.is_due:
        return _own_post(request, "discussions/edit.html", tid, post, look=look)
    try:
        with request.db.write() as uow:
            placed = commands.edit(uow, request.viewer, *_ids(tid, post), new=new)
    except Invalid as trouble:
        return _own_post(request, "discussions/edit.html", tid, post, trouble=trouble, look=look)
    return see_other(placed.address)


@routes.get("/t/{tid:str}/d/{post:str}", access=Access.ACCOUNT)
def ask_to_delete(request: Ask, tid: str, post: str) -> Response[bytes]:
    return _own_post(request, "discussions/delete.html", tid, post)


@routes.post("/t/{tid:str}/d/{post:str}", access=Access.ACCOUNT, limit="edit")
def delete(request: Ask, tid: str, post: str) -> Response[bytes]:
    with request.db.write() as uow:
        placed = commands.delete_post(uow, request.viewer, *_ids(tid, post))
    return see_other(placed.address if placed else "/t")


def _filters(request: Ask) -> Filters:
    return queries.read_filters(request.query("only"), request.query("in"))


def _pictures(request: Ask) -> list[Sent]:
    """The pictures sent. Each is taken from a budget of its own, before any is looked at."""
    sent = forms.read_pictures(request.form)
    work = request.viewer.work
    for _ in sent:
        request.site.spend("picture", work.budget_key() if work else b"", request.visit.network)
    return sent


def _ids(tid: str, post: str) -> tuple[bytes, bytes]:
    return read_id(tid, ID_SIZE), read_id(post, POST_ID_SIZE)


def _wrong(trouble: Invalid | Refused | None) -> dict[str, str]:
    """What to say beside which field; a refusal stands above them all."""
    if trouble is None:
        return {}
    return trouble.fields if isinstance(trouble, Invalid) else {"who": trouble.why}


def _jump(request: Ask, tid: str, day: int | None) -> Response[bytes]:
    """To the stable link of the post of a number, or of a day."""
    raw = read_id(tid, ID_SIZE)
    with request.db.read() as db:
        if day is not None:
            return see_other(queries.place_of_day(db, request.viewer, raw, day).link)
        last = queries.get_thread(db, request.viewer, raw).n
    return see_other(Placed(raw, min(max(forms.number(request.query("go")), 1), last)).link)


def _thread(
    request: Ask, tid: str, trouble: Invalid | Refused | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    """A page of the thread, with what was typed where that was not taken."""
    typed, asked, back = request.form.typed | look.texts, request.query, bool(trouble or look.is_due)
    quoted = forms.number(asked("quote"), 0)
    to = forms.number(typed.get("to", "") or asked("to"), 0) or quoted
    at = to or (forms.LAST if back else forms.number(asked("n")))
    sought = EVERYTHING if to or back else forms.sought(asked("kind"), asked("only"), asked("all"))
    with request.db.read() as db:
        raw = read_id(tid, ID_SIZE)
        found = queries.thread_page(db, request.viewer, raw, at, sought=sought, quoted=quoted)
    answered = found.post(to)
    form = typed or (forms.begun_with(answered) if found.ways.any else {})
    return page(
        request,
        "discussions/thread.html",
        status=422 if back else 200,
        found=found,
        ways=found.ways,
        may_join=community_rules.may_join(request.viewer, found.thread.community).allowed,
        answered=answered,
        form=form,
        more=forms.says_more(form),
        look=look,
        lost=bool(request.form.files),
        wrong=_wrong(trouble) or (_unwanted(request, found.thread) if look.is_due else {}),
    )


def _unwanted(request: Ask, thread: ThreadFacts) -> dict[str, str]:
    """Said beside what was found, so that one press more is enough for both."""
    new = forms.read_reply(request.form)
    return rules.wrong_kind(thread, rules.used_kind(thread.community, new.kind), told=new.told)


def _new_thread(
    request: Ask, cid: str, trouble: Invalid | Refused | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, raw)
        small = community_queries.is_small(db, raw)
    ways = rules.ways_to_open(viewer, found, small=small)
    back = bool(trouble or look.is_due)
    if not (ways.any or back):
        return see_other(found.path)
    form = request.form.typed | look.texts or {"lang": viewer.tongue.language}
    return page(
        request,
        "discussions/new.html",
        status=422 if back else 200,
        community=found,
        ways=ways,
        kinds=[int(kind) for kind in kinds_in(found.wants)],
        form=form,
        more=forms.says_more(form, viewer.tongue.language),
        look=look,
        lost=bool(request.form.files),
        wrong=_wrong(trouble),
    )


def _own_post(
    request: Ask,
    template: str,
    tid: str,
    post: str,
    *,
    trouble: Invalid | None = None,
    look: Look = UNSEEN,
) -> Response[bytes]:
    with request.db.read() as db:
        own = queries.get_own_post(db, request.viewer, *_ids(tid, post))
    form = request.form.typed | look.texts or forms.filled_with(own.thread, own.post)
    return page(
        request,
        template,
        status=422 if trouble or look.is_due else 200,
        thread=own.thread,
        post=own.post,
        place=Placed(own.post.tid, own.post.n).address,
        kinds=[int(kind) for kind in kinds_in(own.thread.community.wants)],
        form=form,
        more=forms.says_more(form),
        look=look,
        wrong=_wrong(trouble),
    )
