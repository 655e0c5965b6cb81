"""Doors of a poll: voting, and closing it early. Each leads back to the thread it stands in."""

from mashrabiya.discussions import commands, forms
from mashrabiya.discussions.pages.asked import ids_of, newcomers
from mashrabiya.discussions.pages.threads import show_poll
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, see_other

routes = Routes()
MEANWHILE = "poll.closed_meanwhile"


@routes.post("/t/{tid:str}/p", access=Access.ACCOUNT, limit="react")
def vote(request: Ask, tid: str) -> Response[bytes]:
    viewer, raw, chosen = request.viewer, read_id(tid, ID_SIZE), forms.read_vote(request.form)
    allowed = newcomers(request).allowance(viewer)
    try:
        with request.db.write() as uow:
            taken = commands.vote(uow, viewer, raw, chosen, allowed=allowed)
    except Invalid as wrong:
        return show_poll(request, tid, wrong.fields["vote"])
    except Refused as refusal:
        return show_poll(request, tid, refusal.why)
    return see_other(f"/t/{show_id(raw)}#poll") if taken else show_poll(request, tid, MEANWHILE)


@routes.post("/t/{tid:str}/p/{post:str}", access=Access.ACCOUNT, limit="edit")
def close(request: Ask, tid: str, post: str) -> Response[bytes]:
    with request.db.write() as uow:
        placed = commands.close_own_poll(uow, request.viewer, *ids_of(tid, post))
    return see_other(f"{placed.address}#poll")
