"""The sign-ins that are open: how many, and nothing else, since nothing else is known."""

from __future__ import annotations

from mashrabiya.people import queries
from mashrabiya.people.commands import sessions
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.pages.session import give_back, opened
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/me/in", access=Access.ACCOUNT)
def sign_ins(request: Ask) -> Response[bytes]:
    assert request.viewer.work is not None
    with request.db.read() as db:
        count = queries.open_sign_ins(db, request.viewer.work)
    return page(
        request,
        "people/signins.html",
        others=max(0, count - 1),
        own=opened(request).own_device,
        saved=bool(request.query("saved")),
    )


@routes.post("/me/in/others", access=Access.ACCOUNT)
def end_others(request: Ask) -> Response[bytes]:
    assert request.viewer.work is not None
    with request.db.write() as uow:
        sessions.end_others(uow, request.viewer.work, request.viewer.sid)
    return see_other("/me/in?saved=1")


@routes.post("/me/end", access=Access.ACCOUNT)
def end_all(request: Ask) -> Response[bytes]:
    assert request.viewer.work is not None
    marks: Marks = request.site.rooms["marks"]
    marks.drop(request.viewer.work)
    request.site.rooms["pushes"].end(request.viewer.siblings)
    with request.db.write() as uow:
        sessions.end_everywhere(uow, request.viewer.work)
    give_back(request)
    return see_other("/in")
