"""The door by which a visitor switches the neutral look on or off, for this browser and until it closes."""

from dataclasses import replace

from mashrabiya.platform.web import Access, Ask, Response, Routes, see_other
from mashrabiya.platform.web.finding import find_route

routes = Routes()


@routes.post("/v", access=Access.ANYONE, tokenless=True)
def switch_look(request: Ask) -> Response[bytes]:
    keep_look(request, discreet=request.form.flag("on"))
    back = request.form.text("back")
    return see_other(back if find_route(request, "GET", back) else "/")


def keep_look(request: Ask, *, discreet: bool) -> None:
    """Remember the look in this browser; a browser that never chose anything keeps nothing."""
    choices = request.visit.choices
    if choices.discreet != discreet:
        request.set_cookie(replace(choices, discreet=discreet).header())
