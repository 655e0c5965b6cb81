"""What the hosts say of orders, by their own hand and with its day."""

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.platform.house import CANARY_DAYS
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.stewardship import commands

routes = Routes()


@routes.get("/o/c", access=Access.HOST)
def show_canary(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/o/c", access=Access.HOST, limit="settings")
def renew_canary(request: Ask) -> Response[bytes]:
    try:
        with request.db.write() as uow:
            commands.renew_canary(uow, request.viewer, sure=request.form.flag("true"))
    except Invalid as wrong:
        return _page(request, wrong.fields, status=422)
    request.site.held.refresh()
    return see_other("/o/c?s=1")


def _page(request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200) -> Response[bytes]:
    return page(
        request,
        "stewardship/canary.html",
        status=status,
        today=clock.date(clock.day()),
        days=CANARY_DAYS,
        saved=request.query("s") == "1",
        wrong=wrong or {},
    )
