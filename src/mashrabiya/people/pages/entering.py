"""Signing in, and finding what one had typed before the session ended."""

from mashrabiya.kernel.errors import Busy, Refused
from mashrabiya.people import flows
from mashrabiya.people.flows import Excluded
from mashrabiya.people.pages.excluded import case_page
from mashrabiya.people.pages.places import next_path
from mashrabiya.people.pages.session import receive
from mashrabiya.people.pages.toll import Toll, ask_toll, is_paid, limits_of
from mashrabiya.people.sealed.core import Cookie
from mashrabiya.people.sealed.vault import folded_name
from mashrabiya.platform.look import keep_look
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.finding import find_route

routes = Routes()
_KEPT = "kept_"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")


@routes.get("/in", access=Access.ANYONE)
def begin(request: Ask) -> Response[bytes]:
    if request.viewer.is_member:
        return see_other("/")
    return _form(request)


@routes.post("/in", access=Access.ANYONE)
def sign_in(request: Ask) -> Response[bytes]:
    limits, name = limits_of(request), folded_name(request.form.text("name"))
    wait = limits.name_wait(name)
    if wait:
        return _form(request, wait=wait, status=429)
    if limits.sign_in_needs_work(request.visit.network) and not is_paid(request):
        return _form(request, toll=ask_toll(request))
    limits.count_try(name)
    try:
        cookie = _try(request)
    except Busy:
        return _form(request, why="signin.busy", status=503)
    except Refused:
        limits.count_miss(name)
        return _form(request, why="signin.wrong", status=422)
    except Excluded as met:
        return case_page(request, met.case)
    receive(request, cookie)
    if request.form.flag("discreet"):
        keep_look(request, discreet=True)
    return go_on(request)


def _try(request: Ask) -> Cookie:
    form = request.form
    own = form.choice("device", ("own", "shared"), "shared") == "own"
    return flows.sign_in(request.site, form.text("name"), form.raw("pass"), own=own)


def go_on(request: Ask) -> Response[bytes]:
    """Where she wanted to go, or to the words she had typed."""
    kept = kept_fields(request)
    path = request.form.text("kept_path")
    route = find_route(request, "POST", path) if kept and path else None
    if route is None or route.tokenless:
        return see_other(next_path(request))
    # The form is sent by her, as the name shown here, and not by itself.
    return page(request, "people/resume.html", kept=kept, action=path, token=request.csrf(route.path))


def kept_fields(request: Ask) -> dict[str, str]:
    """What was typed before, by its own field names."""
    typed = request.form.typed
    return {
        name.removeprefix(_KEPT): text
        for name, text in typed.items()
        if name.startswith(_KEPT) and name != "kept_path"
    }


def _form(
    request: Ask, *, why: str = "", wait: int = 0, toll: Toll | None = None, status: int = 200
) -> Response[bytes]:
    return page(
        request,
        "people/in.html",
        status=status,
        name=request.form.text("name"),
        own=request.form.text("device") == "own",
        why=why,
        wait=wait,
        toll=toll,
        next=next_path(request),
        kept=kept_fields(request),
        kept_path=request.form.text("kept_path"),
        insecure=is_insecure(request),
    )


def is_insecure(request: Ask) -> bool:
    """Whether the browser would refuse our cookie: plain http, and neither this machine nor an onion."""
    if request.visit.onion:
        return False
    host = request.headers.get("host", "").rsplit(":", 1)[0]
    proxied = bool(request.site.config.trusted_proxy)
    scheme = request.headers.get("x-forwarded-proto", "https") if proxied else request.scope["scheme"]
    return scheme == "http" and host not in _LOOPBACK
