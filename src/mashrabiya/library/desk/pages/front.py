"""What waits at the desk, and sources."""

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.library.desk import commands, queries, rules
from mashrabiya.library.desk.types import role_key
from mashrabiya.library.guides import queries as guides
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/y/d", access=Access.PERSONA)
def front(request: Ask) -> Response[bytes]:
    lang = request.viewer.tongue.language
    with request.db.read() as db:
        desk = queries.get_desk(db, request.viewer)
        volumes, reports = queries.volumes(db), queries.open_reports(db)
    return page(
        request,
        "library/desk/front.html",
        lists=rules.lists(volumes, reports, desk, lang),
        duties=[(int(role), role_key(role)) for role in sorted(desk.duties)],
        host=desk.host,
        edits=rules.may_put_out(desk).allowed,
    )


@routes.get("/y/d/s", access=Access.PERSONA)
def sources(request: Ask) -> Response[bytes]:
    return _sources(request)


@routes.post("/y/d/s", access=Access.PERSONA, limit="settings")
def say_opened(request: Ask) -> Response[bytes]:
    code = request.form.text("source")
    try:
        with request.db.write() as uow:
            commands.say_opened(uow, request.viewer, code, request.form.text("says"))
    except Invalid as wrong:
        return _sources(request, wrong)
    request.site.held.refresh()
    return see_other(f"/y/d/s?saved=1#{code}")


def _sources(request: Ask, wrong: Invalid | None = None) -> Response[bytes]:
    lang = request.viewer.tongue.language
    with request.db.read() as db:
        desk = queries.get_desk(db, request.viewer)
        cited, volumes = queries.cited_by(db), queries.volumes(db)
    found = request.site.held[guides.STOCK].sources.values()
    return page(
        request,
        "library/desk/sources.html",
        status=422 if wrong else 200,
        rows=rules.shelve(found, cited, volumes, lang),
        may=rules.may_keep(desk).allowed,
        today=clock.day() * clock.DAY,
        saved=bool(request.query("saved")),
        about=request.form.text("source"),
        wrong=wrong.fields if wrong else {},
    )
