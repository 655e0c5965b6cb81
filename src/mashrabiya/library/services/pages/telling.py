"""Doors of members: what they found there, and that something is wrong."""

from __future__ import annotations

from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.services import commands, forms, queries
from mashrabiya.library.services.types import ID_SIZE, Doubt
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.screening import Look, look_over

routes = Routes()
UNSEEN = Look()


@routes.post("/y/s/{service:str}/e", access=Access.PERSONA, limit="react")
def tell_lived(request: Ask, service: str) -> Response[bytes]:
    found, which = forms.read_lived(request.form), read_id(service, ID_SIZE)
    with request.db.write() as uow:
        if request.form.flag("forget"):
            commands.forget_lived(uow, request.viewer, which)
        else:
            commands.tell_lived(uow, request.viewer, which, found)
    return see_other(f"/y/s/{service}")


@routes.get("/y/s/{service:str}/w", access=Access.PERSONA)
def begin_doubt(request: Ask, service: str) -> Response[bytes]:
    return _doubt(request, service)


@routes.post("/y/s/{service:str}/w", access=Access.PERSONA, limit="report")
def doubt(request: Ask, service: str) -> Response[bytes]:
    which = read_id(service, ID_SIZE)
    look = look_over(request.form, "words")
    if look.is_due:
        return _doubt(request, service, look=look)
    try:
        with request.db.write() as uow:
            if request.form.flag("forget"):
                commands.withdraw_doubt(uow, request.viewer, which)
            else:
                what, words = forms.read_doubt(request.form), request.form.text("words")
                commands.doubt(uow, request.viewer, which, what, words=words)
    except Invalid as wrong:
        return _doubt(request, service, wrong)
    return see_other(f"/y/s/{service}")


def _doubt(
    request: Ask, service: str, wrong: Invalid | None = None, *, look: Look = UNSEEN
) -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        row, record = queries.get(db, viewer, read_id(service, ID_SIZE))
        own = queries.own_doubt(db, viewer, row.id)
    stands = {"pick_what": own.what, "words": own.words} if own else {}
    return page(
        request,
        "library/services/wrong.html",
        status=422 if wrong or look.is_due else 200,
        service=row,
        record=record,
        own=own,
        form=(request.form.typed or stands) | look.texts,
        look=look,
        wrong=wrong.fields if wrong else {},
        doubts=[str(what) for what in Doubt],
    )
