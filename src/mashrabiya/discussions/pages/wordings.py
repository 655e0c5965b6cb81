"""Doors to the earlier wordings of a post: reading them, and letting them go."""

from mashrabiya.discussions import commands, forms, queries
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/t/{tid:str}/v/{n:str}", access=Access.ANYONE)
def wordings(request: Ask, tid: str, n: str) -> Response[bytes]:
    with request.db.read() as db:
        found = queries.history(db, request.viewer, read_id(tid, ID_SIZE), forms.place(n))
    return page(request, "discussions/wordings.html", found=found)


@routes.post("/t/{tid:str}/v/{n:str}", access=Access.ACCOUNT, limit="edit")
def purge(request: Ask, tid: str, n: str) -> Response[bytes]:
    raw, number, which = read_id(tid, ID_SIZE), forms.place(n), forms.which(request.form)
    with request.db.write() as uow:
        placed = commands.purge(uow, request.viewer, raw, number, which=which)
    return see_other(placed.history)
