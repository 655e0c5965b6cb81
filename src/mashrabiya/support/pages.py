"""The door of help now."""

from mashrabiya.platform.web import Access, Ask, Response, Routes, page
from mashrabiya.support.sheet import POLICY, SHEET

routes = Routes()


@routes.get("/h", access=Access.ANYONE)
def help_now(request: Ask) -> Response[bytes]:
    # Which situation stands open; an address that names it would stay in the history of the browser.
    about, whole = request.query("s"), bool(request.query("all"))
    answer = page(request, "support/help.html", sheet=SHEET, open=whole, about=about)
    answer.headers["content-security-policy"] = POLICY
    return answer
