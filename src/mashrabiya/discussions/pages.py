"""Doors of the discussions: lists of threads, one thread, writing, editing, deleting."""

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import commands, forms, queries, rules
from mashrabiya.discussions.types import ID_SIZE, POST_ID_SIZE, Placed
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/t", access=Access.ANYONE)
def latest(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        threads = queries.latest(db, request.viewer, request.query("after"))
    return page(request, "discussions/latest.html", threads=threads)


@routes.get("/c/{cid:str}", access=Access.ANYONE)
def community(request: Ask, cid: str) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, raw)
        threads = queries.community_threads(db, viewer, raw, request.query("after"))
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
    return _thread(request, tid, forms.number(request.query("n")))


@routes.post("/t/{tid:str}", access=Access.ACCOUNT, limit="reply")
def reply(request: Ask, tid: str) -> Response[bytes]:
    raw, new = read_id(tid, ID_SIZE), forms.read_reply(request.form)
    try:
        with request.db.write() as uow:
            placed = commands.reply(uow, request.viewer, raw, new)
    except (Invalid, Refused) as trouble:
        return _thread(request, tid, forms.LAST, trouble)
    return see_other(placed.address)


@routes.get("/c/{cid:str}/t", access=Access.ACCOUNT)
def begin_thread(request: Ask, cid: str) -> Response[bytes]:
    return _new_thread(request, cid)


@routes.post("/c/{cid:str}/t", access=Access.ACCOUNT, limit="thread")
def open_thread(request: Ask, cid: str) -> Response[bytes]:
    raw, new = read_id(cid, COMMUNITY_ID_SIZE), forms.read_thread(request.form)
    try:
        with request.db.write() as uow:
            placed = commands.open_thread(uow, request.viewer, raw, new)
    except (Invalid, Refused) as trouble:
        return _new_thread(request, cid, trouble)
    return see_other(placed.address)


@routes.get("/t/{tid:str}/e/{post:str}", access=Access.ACCOUNT)
def begin_edit(request: Ask, tid: str, post: str) -> Response[bytes]:
    return _own_post(request, "discussions/edit.html", tid, post)


@routes.post("/t/{tid:str}/e/{post:str}", access=Access.ACCOUNT, limit="edit")
def edit(request: Ask, tid: str, post: str) -> Response[bytes]:
    new = forms.read_change(request.form)
    try:
        with request.db.write() as uow:
            placed = commands.edit(uow, request.viewer, *_ids(tid, post), new=new)
    except Invalid as trouble:
        return _own_post(request, "discussions/edit.html", tid, post, trouble=trouble)
    return see_other(placed.address)


@routes.get("/t/{tid:str}/d/{post:str}", access=Access.ACCOUNT)
def ask_to_delete(request: Ask, tid: str, post: str) -> Response[bytes]:
    return _own_post(request, "discussions/delete.html", tid, post)


@routes.post("/t/{tid:str}/d/{post:str}", access=Access.ACCOUNT, limit="edit")
def delete(request: Ask, tid: str, post: str) -> Response[bytes]:
    with request.db.write() as uow:
        placed = commands.delete_post(uow, request.viewer, *_ids(tid, post))
    return see_other(placed.address if placed else "/t")


def _ids(tid: str, post: str) -> tuple[bytes, bytes]:
    return read_id(tid, ID_SIZE), read_id(post, POST_ID_SIZE)


def _wrong(trouble: Invalid | Refused | None) -> dict[str, str]:
    """What to say beside which field; a refusal stands above them all."""
    if trouble is None:
        return {}
    return trouble.fields if isinstance(trouble, Invalid) else {"who": trouble.why}


def _thread(request: Ask, tid: str, number: int, trouble: Invalid | Refused | None = None) -> Response[bytes]:
    with request.db.read() as db:
        found = queries.thread_page(db, request.viewer, read_id(tid, ID_SIZE), number)
    return page(
        request,
        "discussions/thread.html",
        status=422 if trouble else 200,
        found=found,
        ways=found.ways,
        form=request.form.typed,
        wrong=_wrong(trouble),
    )


def _new_thread(request: Ask, cid: str, trouble: Invalid | Refused | None = None) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    with request.db.read() as db:
        found = community_queries.get_community(db, viewer, raw)
        small = community_queries.is_small(db, raw)
    ways = rules.ways_to_open(viewer, found, small=small)
    if not (ways.any or trouble):
        return see_other(found.path)
    return page(
        request,
        "discussions/new.html",
        status=422 if trouble else 200,
        community=found,
        ways=ways,
        form=request.form.typed or {"lang": viewer.tongue.language},
        wrong=_wrong(trouble),
    )


def _own_post(
    request: Ask, template: str, tid: str, post: str, *, trouble: Invalid | None = None
) -> Response[bytes]:
    with request.db.read() as db:
        own = queries.get_own_post(db, request.viewer, *_ids(tid, post))
    return page(
        request,
        template,
        status=422 if trouble else 200,
        thread=own.thread,
        post=own.post,
        place=Placed(own.post.tid, own.post.n).address,
        form=request.form.typed or {"title": own.thread.title, "body": own.post.body},
        wrong=_wrong(trouble),
    )
