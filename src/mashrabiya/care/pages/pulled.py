"""Vouching that was taken back, for the house's care team."""

from mashrabiya.care import commands, queries
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()

_ID_SIZE = 16


@routes.get("/care/v", access=Access.CARE, slow=True)
def vouching_taken_back(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        rows = queries.pulled(db, request.viewer, request.keys)
    return page(request, "care/pulled.html", rows=rows)


@routes.post("/care/v", access=Access.CARE, limit="decide")
def put_away(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        commands.put_away_pulled(uow, request.viewer, read_id(request.form.text("mark"), _ID_SIZE))
    return see_other("/care/v")
