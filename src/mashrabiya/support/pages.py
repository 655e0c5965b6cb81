"""The door of help now."""

from mashrabiya.platform.web import Access, Ask, Response, Routes, page
from mashrabiya.support.sheet import POLICY, SHEET

routes = Routes()


@routes.get("/h", access=Access.ANYONE)
def help_now(request: Ask) -> Response[bytes]:
    answer = page(request, "support/help.html", sheet=SHEET, open=bool(request.query("all")))
    answer.headers["content-security-policy"] = POLICY
    return answer
