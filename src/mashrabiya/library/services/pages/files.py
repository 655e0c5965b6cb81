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


@routes.post("/y/s/h/in", access=Access.HOST, limit="settings", uploads=True)
def read_in(request: Ask) -> Response[bytes]:
    """The report is the answer: it stands nowhere else. A file that was chosen comes before what was pasted."""
    rules.may_keep(request.viewer).or_raise()
    text, why = request.form.raw("file"), ""
    for sent in request.form.files[:1]:
        text, why = files.decoded(sent)
    if why:
        faults = [files.Fault(0, "", why)]
        return _reading(request, faults=faults, text=request.form.raw("file"))
    with request.db.read() as db:
        rows, faults = files.read_file(text, law_of(request, db))
    found = commands.ReadIn(0, 0, ())
    if rows:
        with request.db.write() as uow:
            found = commands.read_in(uow, request.viewer, rows)
    faults += [files.Fault(line, "", "library.services.csv_meanwhile") for line in found.left]
    read = len(rows) - len(found.left)
    shown = "" if rows else request.form.raw("file")
    return _reading(request, faults=faults, new=found.new, other=found.other, read=read, text=shown)


def _reading(request: Ask, **found: object) -> Response[bytes]:
    return page(
        request,
        "library/services/read_in.html",
        status=422 if found and not found.get("read") else 200,
        sent=bool(found),
        columns=files.COLUMNS,
        most=files.MOST_ROWS,
        **{"faults": [], "new": 0, "other": 0, "read": 0, "text": "", **found},
    )
