"""Doors of an author to a post of her own: editing it, with its pictures, and taking it back."""

from functools import partial

from mashrabiya.discussions import commands, flows, forms, queries
from mashrabiya.discussions.pages.asked import UNSEEN, Trouble, ids_of, newcomers, places_lost, wrong_of
from mashrabiya.discussions.pages.sending import send
from mashrabiya.discussions.pages.showing import PREVIEW, preview_of
from mashrabiya.discussions.types import Placed, kinds_in
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
    return _own_post(request, "discussions/delete.html", tid, post)


@routes.post("/t/{tid:str}/d/{post:str}", access=Access.ACCOUNT, limit="edit")
def delete(request: Ask, tid: str, post: str) -> Response[bytes]:
    with request.db.write() as uow:
        placed = commands.delete_post(uow, request.viewer, *ids_of(tid, post))
    return see_other(placed.address if placed else "/t")


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
    form = request.form.typed | look.texts or forms.filled_with(own, hung)
    allowed = newcomers(request).allowance_known(request.viewer)
    return page(
        request,
        template,
        status=422 if trouble or look.is_due else 200,
        thread=own.thread,
        post=own.post,
        place=Placed(own.post.tid, own.post.n).address,
        kinds=[int(kind) for kind in kinds_in(own.thread.community.wants)],
        allowed=allowed,
        preview=preview_of(request, allowed),
        poll_fast=fast,
        hung={row.place: row for row in hung},
        form=form,
        more=forms.says_more(form),
        look=look,
        lost=places_lost(request),
        wrong=wrong_of(trouble),
    )
