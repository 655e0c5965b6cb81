"""Doors through which the directory comes in and goes out as a file."""

from __future__ import annotations

from mashrabiya.library.services import commands, files, queries, rules
from mashrabiya.library.services.pages.laws import law_of
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()


@routes.get("/y/s/h/csv", access=Access.HOST)
def write_out(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        rules.may_keep(request.viewer).or_raise()
        text = files.written(queries.everything(db, request.viewer))
    return Response(
        content=text.encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="list.csv"'},
    )


@routes.get("/y/s/h/in", access=Access.HOST)
def begin_reading(request: Ask) -> Response[bytes]:
    return _reading(request)


@routes.post("/y/s/h/in", access=Access.HOST, limit="settings")
def read_in(request: Ask) -> Response[bytes]:
    """The report is the answer: it stands nowhere else."""
    text = request.form.raw("file")
    with request.db.read() as db:
        rules.may_keep(request.viewer).or_raise()
        rows, faults = files.read_file(text, law_of(request, db))
    new = other = 0
    if rows:
        with request.db.write() as uow:
            new, other = commands.read_in(uow, request.viewer, rows)
    return _reading(request, faults=faults, new=new, other=other, read=len(rows), text="" if rows else text)


def _reading(request: Ask, **found: object) -> Response[bytes]:
    return page(
        request,
        "library/services/read_in.html",
        status=422 if found and not found["read"] else 200,
        sent=bool(found),
        columns=files.COLUMNS,
        most=files.MOST_ROWS,
        **{"faults": [], "new": 0, "other": 0, "read": 0, "text": "", **found},
    )
