"""Signing in, and finding what one had typed before the session ended."""

from mashrabiya.kernel.errors import Busy, Refused
from mashrabiya.people import flows
from mashrabiya.people.flows import Excluded, lone, proving
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.people.pages.excluded import case_page
from mashrabiya.people.pages.places import next_path
from mashrabiya.people.pages.session import give_back, pending_cookie, receive
from mashrabiya.people.pages.toll import Toll, ask_toll, is_paid, limits_of
from mashrabiya.people.sealed.core import Cookie
from mashrabiya.people.sealed.passkey import Answer, Passkey, Place, to_text
from mashrabiya.people.sealed.vault import folded_name
from mashrabiya.platform.look import keep_look
from mashrabiya.platform.web import LOOPBACK, Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.finding import find_route

routes = Routes()
_KEPT = "kept_"


@routes.get("/in", access=Access.ANYONE)
def begin(request: Ask) -> Response[bytes]:
    if request.viewer.is_member:
        return see_other("/")
    return _form(request)


@routes.post("/in", access=Access.ANYONE, apart=True)
def sign_in(request: Ask) -> Response[bytes]:
    if request.form.text("client"):
        return sign_in_by_key(request)
    limits, name = limits_of(request), folded_name(request.form.text("name"))
    wait = limits.name_wait(name)
    if wait:
        return _form(request, wait=wait, status=429)
    if limits.sign_in_needs_work(request.visit.network) and not is_paid(request):
        return _form(request, toll=ask_toll(request))
    limits.count_try(name)
    try:
        who = flows.unlock(request.site, request.form.text("name"), request.form.raw("pass"))
        if who.vault.totp:
            return ask_code(request, who, own=_is_own(request))
        cookie = flows.enter(request.site, who, own=_is_own(request))
    except Busy:
        return _form(request, why="signin.busy", status=503)
    except Refused:
        limits.count_miss(name)
        return _form(request, why="signin.wrong", status=422)
    except Excluded as met:
        return case_page(request, met.case)
    return _come_in(request, cookie)


def sign_in_by_key(request: Ask) -> Response[bytes]:
    """A passkey in the place of name, passphrase and second step: its device has asked for a finger or a number."""
    place = Place(request.headers.get("host", ""))
    try:
        who = lone.unlock_by_key(request.site, read_answer(request), request.form.raw("prf"), place=place)
        cookie = flows.enter(request.site, who, own=_is_own(request))
    except Refused:
        return _form(request, why=lone.WRONG, status=422)
    except Excluded as met:
        return case_page(request, met.case)
    return _come_in(request, cookie)


def _come_in(request: Ask, cookie: Cookie) -> Response[bytes]:
    receive(request, cookie)
    if request.form.flag("discreet"):
        keep_look(request, discreet=True)
    return go_on(request)


def _is_own(request: Ask) -> bool:
    return request.form.choice("device", ("own", "shared"), "shared") == "own"


def ask_code(request: Ask, who: Unlocked, *, own: bool) -> Response[bytes]:
    """The passphrase was right: the second step, on a page of its own unless words are on their way."""
    shown = flows.halfway(request.site, who, own=own)
    request.visit.cookie = shown
    request.set_cookie(pending_cookie(shown, plain=request.visit.plain_cookie))
    if request.form.text("kept_path"):
        return code_page(request, who)
    wanted = next_path(request)
    return see_other("/in/code" + (f"?next={wanted}" if wanted != "/" else ""))


@routes.get("/in/code", access=Access.ANYONE)
def begin_code(request: Ask) -> Response[bytes]:
    found = flows.find_halfway(request.site, request.visit.cookie)
    return code_page(request, found[0]) if found else see_other("/in")


@routes.post("/in/code", access=Access.ANYONE)
def prove(request: Ask) -> Response[bytes]:
    found = flows.find_halfway(request.site, request.visit.cookie)
    if found is None:
        return _form(request, why="signin.wrong", status=422)
    who, own = found
    wait = proving.wait(request.site, who.row.id)
    if wait:
        return code_page(request, who, wait=wait, status=429)
    if not _is_proven(request, who):
        # The sentence of a wrong passphrase: whoever looks on, or keeps what is sent, learns nothing more.
        return code_page(request, who, why="signin.wrong", status=422)
    try:
        receive(request, flows.enter(request.site, who, own=own))
    except Excluded as met:
        give_back(request)
        return case_page(request, met.case)
    return go_on(request)


def _is_proven(request: Ask, who: Unlocked) -> bool:
    form, site, account = request.form, request.site, who.row.id
    if not form.text("client"):
        return proving.is_proven(site, account, who.vault, form.text("code"))
    place = Place(request.headers.get("host", ""))
    return proving.is_proven_by_key(site, account, who.vault, read_answer(request), place=place)


def read_answer(request: Ask) -> Answer:
    """What a browser's authenticator said, from the fields that the script filled."""
    form = request.form
    return Answer(
        form.raw("client"), form.raw("authenticator"), form.raw("credential"), form.raw("signature")
    )


def code_page(
    request: Ask, who: Unlocked, *, why: str = "", wait: int = 0, status: int = 200
) -> Response[bytes]:
    keys = [to_text(Passkey.unpack(packed).id) for packed in who.vault.pk]
    return page(
        request,
        "people/in_code.html",
        status=status,
        why=why,
        wait=wait,
        keys=" ".join(keys),
        challenge=proving.challenge(request.site, who.row.id),
        next=next_path(request),
        kept=kept_fields(request),
        kept_path=request.form.text("kept_path"),
    )


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
        # It belongs to one name, and no browser of the onion has any.
        challenge="" if request.visit.onion else lone.challenge(request.site),
    )


def is_insecure(request: Ask) -> bool:
    """Whether the browser would refuse our cookie: plain http, and neither this machine nor an onion."""
    if request.visit.onion:
        return False
    host = request.headers.get("host", "").rsplit(":", 1)[0]
    proxied = bool(request.site.config.trusted_proxy)
    scheme = request.headers.get("x-forwarded-proto", "https") if proxied else request.scope["scheme"]
    return scheme == "http" and host not in LOOPBACK
