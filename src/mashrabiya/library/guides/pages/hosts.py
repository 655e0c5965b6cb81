"""Doors of the hosts: which guides can be read, and whether search engines may have them."""

from __future__ import annotations

from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.guides import commands
from mashrabiya.library.guides.pages.parts import stock_of
from mashrabiya.library.guides.types import ID_SIZE
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/o/y", access=Access.HOST)
def listed(request: Ask) -> Response[bytes]:
    return _listed(request)


@routes.post("/o/y", access=Access.HOST, limit="settings")
def let_search(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        commands.let_search(uow, request.viewer, on=request.form.flag("on"))
    request.site.held.refresh()
    return see_other("/o/y?s=1")


@routes.post("/o/y/{guide:str}", access=Access.HOST, limit="settings")
def switch(request: Ask, guide: str) -> Response[bytes]:
    form = request.form
    on, has_read, seen = form.text("on") == "1", form.flag("has_read"), form.text("seen")
    try:
        with request.db.write() as uow:
            which = read_id(guide, ID_SIZE)
            commands.switch(uow, request.viewer, which, on=on, has_read=has_read, seen=seen)
    except Refused as refusal:
        request.site.held.refresh()
        return _listed(request, {guide: refusal.why})
    request.site.held.refresh()
    return see_other("/o/y?s=1")


def _listed(request: Ask, wrong: dict[str, str] | None = None) -> Response[bytes]:
    lang = request.viewer.tongue.language
    entries = [(entry, entry.lang_for(lang)) for entry in stock_of(request).entries.values()]
    return page(
        request,
        "library/guides/hosts.html",
        status=422 if wrong else 200,
        closed=[pair for pair in entries if not pair[0].guide.open],
        open=[pair for pair in entries if pair[0].guide.open],
        wrong=wrong or {},
        saved=request.query("s") == "1",
    )
