"""Doors of an author to a post of her own: editing it, with its pictures, and taking it back."""

from functools import partial

from mashrabiya.discussions import flows, forms, queries, rules
from mashrabiya.discussions.pages.asked import (
    UNSEEN,
    Trouble,
    ids_of,
    newcomers,
    places_lost,
    watch_seen,
    why_not,
    wrong_of,
)
from mashrabiya.discussions.pages.sending import send
from mashrabiya.discussions.pages.showing import PREVIEW, preview_of
from mashrabiya.discussions.types import Placed, kinds_in
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.people import commands as people
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look

routes = Routes()


@routes.get("/t/{tid:str}/e/{post:str}", access=Access.ACCOUNT)
def begin_edit(request: Ask, tid: str, post: str) -> Response[bytes]:
    return _own_post(request, "discussions/edit.html", tid, post)


@routes.post("/t/{tid:str}/e/{post:str}", access=Access.ACCOUNT, limit="edit", uploads=True, shows=(PREVIEW,))
def edit(request: Ask, tid: str, post: str) -> Response[bytes]:
    ids = ids_of(tid, post)
    write = partial(flows.edit, request.db, request.viewer, *ids, new=forms.read_change(request.form))
    again = partial(_own_post, request, "discussions/edit.html", tid, post)
    if request.form.flag(PREVIEW):
        return again()
    return send(request, write, again, spare=flows.heard_in(request.db, request.viewer, ids[0]))


@routes.get("/t/{tid:str}/d/{post:str}", access=Access.ACCOUNT)
def ask_to_delete(request: Ask, tid: str, post: str) -> Response[bytes]:
    try:
        return _own_post(request, "discussions/delete.html", tid, post)
    except NotFound:
        with request.db.read() as db:
            gone = queries.get_taken_back(db, request.viewer, *ids_of(tid, post))
        return see_other(gone.address)


@routes.post("/t/{tid:str}/d/{post:str}", access=Access.ACCOUNT, limit="edit")
def delete(request: Ask, tid: str, post: str) -> Response[bytes]:
    keep, key = request.form.flag("keep"), request.keys.of("field")
    gone, kept = flows.take_back(request.db, request.viewer, *ids_of(tid, post), keep=keep, key=key)
    if kept is None:
        return see_other("/me/undo?full=1")
    return see_other("/me/undo" if kept else gone.address)


@routes.get("/me/undo", access=Access.PERSONA)
def taken(request: Ask) -> Response[bytes]:
    return _taken(request)


@routes.post("/me/undo", access=Access.PERSONA, limit="edit")
def bring_back(request: Ask) -> Response[bytes]:
    """Bring it back, or let the sealed copy go now."""
    ids = ids_of(request.form.text("tid"), request.form.text("post"))
    if request.form.flag("drop"):
        with request.db.write() as uow:
            people.let_taken_go(uow, request.viewer, ids[1])
        return see_other("/me/undo")
    allowed, watch = newcomers(request).allowance(request.viewer), watch_seen(request)
    try:
        placed = flows.bring_back(request.db, request.viewer, *ids, allowed=allowed, watch=watch)
    except Refused as trouble:
        return _taken(request, ids[1], trouble)
    return see_other(placed.told)


def _taken(request: Ask, post: bytes = b"", trouble: Refused | None = None) -> Response[bytes]:
    """What can be brought back, and beside one why not: its text is there to copy all the same."""
    with request.db.read() as db:
        words = queries.taken_words(db, request.viewer)
    return page(
        request,
        "discussions/taken.html",
        status=422 if trouble else 200,
        words=words,
        met=post,
        why=why_not(trouble),
        full=bool(request.query("full")),
    )


def _own_post(
    request: Ask,
    template: str,
    tid: str,
    post: str,
    *,
    trouble: Trouble | None = None,
    look: Look = UNSEEN,
) -> Response[bytes]:
    with request.db.read() as db:
        own = queries.read_own_post(db, request.viewer, *ids_of(tid, post))
        hung = queries.pictures_of(db, own.post.id)
        fast = own.post.n == 1 and queries.stands_fast(db, own.thread)
    noted = {f"note_{int(note)}": f"note.{note.code}" for note in notes_in(own.post.noted)}
    form = request.form.typed | look.texts or forms.filled_with(own, hung)
    wrong, allowed = wrong_of(trouble), newcomers(request).allowance_known(request.viewer)
    if "mark" in wrong:
        # It says what stands now: pressed again, it is meant.
        form = {**form, "mark": own.mark}
    return page(
        request,
        template,
        status=422 if trouble or look.is_due else 200,
        thread=own.thread,
        post=own.post,
        place=Placed(own.post.tid, own.post.n).address,
        kinds=[int(kind) for kind in kinds_in(own.thread.community.wants)],
        allowed=allowed,
        noted=noted,
        preview=preview_of(request, allowed),
        poll_fast=fast,
        hung={row.place: row for row in hung},
        keeps=rules.may_be_kept(request.viewer, own).allowed,
        form=form,
        more=bool(noted) or forms.says_more(form),
        look=look,
        lost=places_lost(request),
        wrong=wrong,
    )
