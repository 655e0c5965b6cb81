"""The number that a session asks for: setting it, locking, and opening again."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec

from mashrabiya.kernel.errors import Busy, Invalid, NotFound
from mashrabiya.people import flows
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.flows.freezing import check_paper
from mashrabiya.people.flows.locking import Place
from mashrabiya.people.pages.again import unlock_again
from mashrabiya.people.pages.entering import kept_fields
from mashrabiya.people.pages.places import next_path
from mashrabiya.people.pages.session import OWN_DEVICE_DAYS, give_back, opened, receive
from mashrabiya.people.rules.pins import check_pin
from mashrabiya.people.sealed.core import Cookie
from mashrabiya.people.sealed.lock import open_words, seal_words
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.languages import to_latin
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.cookies import session_cookie
from mashrabiya.platform.web.finding import find_route

routes = Routes()
MINUTES, USUAL = ("5", "10", "20"), "10"
# As much as fits into a form on its way back.
_LONGEST_KEPT = 120 * 1024
_LONGEST_PIN = 16


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What was typed into which form, when the session locked."""

    path: str
    words: dict[str, str]


@routes.get("/me/lock", access=Access.ACCOUNT)
def begin(request: Ask) -> Response[bytes]:
    return _settings(request)


def _settings(
    request: Ask, wrong: dict[str, str] | None = None, off: dict[str, str] | None = None
) -> Response[bytes]:
    typed = request.form.typed
    return page(
        request,
        "people/lock.html",
        status=422 if wrong or off else 200,
        form=typed,
        wrong=wrong or {},
        wrong_off=off or {},
        minutes=[int(choice) for choice in MINUTES],
        chosen=int(request.form.choice("minutes", MINUTES, str(request.viewer.lock_minutes or USUAL))),
        saved=bool(request.query("saved")),
    )


@routes.post("/me/lock", access=Access.ACCOUNT, limit="passphrase")
def set_pin(request: Ask) -> Response[bytes]:
    form = request.form
    pin, minutes = to_latin(form.text("pin")), int(form.choice("minutes", MINUTES, USUAL))
    place = Place(request.viewer.slot, opened(request).own_device)
    try:
        why = check_pin(pin) or ("" if to_latin(form.text("new_pin")) == pin else "lock.pin_twice")
        if why:
            raise Invalid({"pin": why})
        who = unlock_again(request)
        check_paper(request.site, who, form.text("code"))
    except Invalid as wrong:
        return _settings(request, wrong.fields)
    receive(request, flows.set_pin(request.site, who, pin, minutes, place=place))
    return see_other("/me/lock?saved=1")


@routes.post("/me/lock/off", access=Access.ACCOUNT, limit="passphrase")
def drop_pin(request: Ask) -> Response[bytes]:
    place = Place(request.viewer.slot, opened(request).own_device)
    try:
        who = unlock_again(request)
    except Invalid as wrong:
        return _settings(request, off=wrong.fields)
    receive(request, flows.drop_pin(request.site, who, place=place))
    return see_other("/me/lock?saved=1")


@routes.post("/me/lock/now", access=Access.ACCOUNT)
def lock_now(request: Ask) -> Response[bytes]:
    if not request.viewer.lock_minutes:
        raise NotFound
    keep = OWN_DEVICE_DAYS if opened(request).own_device else 0
    if request.viewer.work is not None:
        # Once it is locked, whoever leaves could not find them.
        marks: Marks = request.site.rooms["marks"]
        marks.drop(request.viewer.work)
        request.site.rooms["news"].forget(request.viewer)
        request.site.rooms["pushes"].hold(request.viewer.pid)
    cookie = flows.lock(request.site, request.visit.cookie)
    request.set_cookie(session_cookie(cookie.text, keep_days=keep))
    words = kept_fields(request)
    if not words:
        return see_other("/")
    # The script locked while she was writing: her words wait behind the number.
    return _number(request, kept=_sealed(cookie.key, Kept(request.form.text("kept_path"), words)))


def stand_in(request: Ask) -> Response[bytes]:
    """What a locked session meets wherever it knocks. Words that were sent wait behind the number."""
    flows.lock_idle(request.site, request.visit.cookie)
    path, words = request.scope["path"], request.form.words
    if kept_fields(request):
        path, words = request.form.text("kept_path"), kept_fields(request)
    if request.method != "POST":
        return _number(request, back=path)
    return _number(request, kept=_sealed(request.viewer.key, Kept(path, words)) if words else "")


@routes.post("/u", access=Access.ANYONE, tokenless=True, while_locked=True)
def open_again(request: Ask) -> Response[bytes]:
    if not request.viewer.locked:
        return see_other("/")
    pin, kept, key = to_latin(request.form.text("pin")), request.form.text("kept"), request.viewer.key
    try:
        left = flows.open_with_pin(request.site, request.visit.cookie, pin[:_LONGEST_PIN])
    except Busy:
        return _number(request, kept=kept, back=request.form.text("next"), busy=True)
    if left is not None:
        if not left:
            give_back(request)
        return _number(request, kept=kept, back=request.form.text("next"), left=left)
    return _go_on(request, key, kept)


def _number(
    request: Ask, *, kept: str = "", back: str = "", left: int | None = None, busy: bool = False
) -> Response[bytes]:
    return page(
        request,
        "people/number.html",
        status=503 if busy else 200 if left is None else 422,
        kept=kept,
        back=back,
        left=left,
        busy=busy,
    )


def _go_on(request: Ask, key: bytes, kept: str) -> Response[bytes]:
    """Where she was, or to the words she had typed."""
    cookie = Cookie.read(request.keys.of("sess"), request.visit.cookie)
    assert cookie is not None, "it has just opened a session"
    receive(request, cookie)
    words = _opened(key, kept)
    route = find_route(request, "POST", words.path) if words else None
    if words is None or route is None or route.tokenless:
        return see_other(next_path(request))
    return page(
        request, "people/resume.html", kept=words.words, action=words.path, token=request.csrf(route.path)
    )


def _sealed(key: bytes, kept: Kept) -> str:
    sealed = seal_words(key, msgspec.json.encode(kept))
    return urlsafe_b64encode(sealed).decode() if len(sealed) <= _LONGEST_KEPT else ""


def _opened(key: bytes, sealed: str) -> Kept | None:
    try:
        return msgspec.json.decode(open_words(key, urlsafe_b64decode(sealed)), type=Kept)
    except (Unopenable, ValueError, msgspec.DecodeError):
        return None
