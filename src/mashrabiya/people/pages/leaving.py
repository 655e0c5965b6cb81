"""Leaving quickly: the session is gone, the page is another, and nothing asks why."""

from mashrabiya.people.commands import sessions
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.pages.session import give_back
from mashrabiya.people.sealed.core import Cookie
from mashrabiya.platform.look import keep_look
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.cookies import UNCHOSEN, without_choices_cookie

routes = Routes()
# Never "cache": it can freeze a browser for many seconds.
_CLEAR = '"cookies", "storage"'


@routes.post("/x", access=Access.ANYONE, tokenless=True, while_locked=True)
def leave(request: Ask) -> Response[bytes]:
    end_session(request)
    request.set_cookie(without_choices_cookie())
    answer = see_other("/g")
    answer.set_header("clear-site-data", _CLEAR)
    return answer


@routes.get("/g", access=Access.ANYONE, slow=True, while_locked=True)
def gone(request: Ask) -> Response[bytes]:
    if request.visit.cookie:
        # Where a script leaves, the form is still on its way, or never sets out where the network was
        # cut: the browser must not keep a way back meanwhile. A strict cookie comes from our own pages
        # only, so nobody else can do this to her.
        end_session(request)
    if request.visit.cookie or request.visit.choices != UNCHOSEN:
        request.set_cookie(without_choices_cookie())
    address = "" if request.visit.onion else request.house.exit_in(request.viewer.tongue.language)
    return page(request, "platform/gone.html", address=address)


@routes.post("/me/out", access=Access.ACCOUNT)
def sign_out(request: Ask) -> Response[bytes]:
    # The page after signing out looks as those before: what she chose holds until the browser closes.
    keep_look(request, discreet=request.viewer.discreet)
    end_session(request)
    return see_other("/")


def end_session(request: Ask) -> None:
    """End the row behind the cookie, whatever else it may be, and take the cookie back."""
    if request.viewer.work is not None:
        marks: Marks = request.site.rooms["marks"]
        marks.drop(request.viewer.work)
        request.site.rooms["news"].forget(request.viewer)
        request.site.rooms["pushes"].end([request.viewer.pid])
    cookie = Cookie.read(request.keys.of("sess"), request.visit.cookie)
    if cookie is not None:
        with request.db.write() as uow:
            sessions.end(uow, cookie.sid)
    give_back(request)
