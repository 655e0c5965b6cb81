"""The second step of signing in: on, off, and passkeys beside it."""

from __future__ import annotations

from typing import Any

import minijinja

from mashrabiya.kernel.errors import Invalid
from mashrabiya.people.flows import proving, second
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.people.pages.again import ask_again, unlock_again
from mashrabiya.people.pages.entering import read_answer
from mashrabiya.people.pages.session import opened
from mashrabiya.people.sealed import totp
from mashrabiya.people.sealed.passkey import MOST, Passkey, Place, to_text
from mashrabiya.people.sealed.pending import Slip
from mashrabiya.platform.art.qr import qr
from mashrabiya.platform.languages import catalogue
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_CODE, _NEW, _KEYS = "people/second.html", "people/second_new.html", "people/passkeys.html"
# What the app and the phone show of us: the neutral name, as in the neutral look.
_LABEL = "discreet.name"


@routes.get("/me/code", access=Access.ACCOUNT)
def begin(request: Ask) -> Response[bytes]:
    return page(
        request, _CODE, wrong={}, form={}, on=opened(request).second, saved=bool(request.query("saved"))
    )


def _again(request: Ask, wrong: Invalid) -> Response[bytes]:
    return ask_again(request, _CODE, wrong, on=opened(request).second)


@routes.post("/me/code", access=Access.ACCOUNT, limit="passphrase")
def show_secret(request: Ask) -> Response[bytes]:
    try:
        who = unlock_again(request)
    except Invalid as wrong:
        return _again(request, wrong)
    if who.vault.totp:
        return see_other("/me/code")
    secret = totp.new_secret()
    return _new(request, secret, second.slip_of(request.viewer, who, secret), {})


def _new(request: Ask, secret: bytes, slip: str, wrong: dict[str, str]) -> Response[bytes]:
    return page(
        request,
        _NEW,
        status=422 if wrong else 200,
        secret=totp.shown(secret),
        square=minijinja.Markup(qr(totp.address(secret, label(request)))),
        slip=slip,
        wrong=wrong,
    )


def label(request: Ask) -> str:
    """The neutral name in her language."""
    tongue = request.viewer.tongue
    return catalogue(tongue.language).text(_LABEL, tongue)


@routes.post("/me/code/on", access=Access.ACCOUNT, limit="settings")
def switch_on(request: Ask) -> Response[bytes]:
    form, viewer, shown = request.form, request.viewer, request.visit.cookie
    slip = second.find_slip(viewer, form.text("slip"))
    if slip is None:
        return see_other("/me/code")
    try:
        second.switch_on(request.site, viewer, slip, form.text("code"), shown=shown)
    except Invalid as wrong:
        return _new(request, slip.secret, form.text("slip"), wrong.fields)
    return see_other("/me/code?saved=1")


@routes.post("/me/code/off", access=Access.ACCOUNT, limit="passphrase")
def switch_off(request: Ask) -> Response[bytes]:
    try:
        who = unlock_again(request)
        second.switch_off(
            request.site, request.viewer, who, request.form.text("code"), shown=request.visit.cookie
        )
    except Invalid as wrong:
        return _again(request, wrong)
    return see_other("/me/code?saved=1")


@routes.get("/me/keys", access=Access.ACCOUNT)
def begin_keys(request: Ask) -> Response[bytes]:
    return _keys(request) if opened(request).second else see_other("/me/code")


@routes.post("/me/keys", access=Access.ACCOUNT, limit="passphrase")
def show_keys(request: Ask) -> Response[bytes]:
    try:
        who = unlock_again(request)
    except Invalid as wrong:
        return _keys(request, status=422, wrong=wrong.fields, form=request.form.typed)
    if not who.vault.totp:
        return see_other("/me/code")
    return _opened_keys(request, who, second.slip_of(request.viewer, who))


def _opened_keys(request: Ask, who: Unlocked, slip: str, **values: Any) -> Response[bytes]:
    keys = [to_text(Passkey.unpack(packed).id) for packed in who.vault.pk]
    return _keys(
        request,
        slip=slip,
        count=len(keys),
        full=len(keys) >= MOST,
        keys=" ".join(keys),
        challenge=proving.challenge(request.site, request.viewer.account),
        label=label(request),
        **values,
    )


def _keys(request: Ask, *, status: int = 200, **values: Any) -> Response[bytes]:
    shown = {"slip": "", "wrong": {}, "form": {}, **values}
    return page(request, _KEYS, status=status, **shown)


@routes.post("/me/keys/new", access=Access.ACCOUNT, limit="settings")
def add_key(request: Ask) -> Response[bytes]:
    slip = second.find_slip(request.viewer, request.form.text("slip"))
    if slip is None:
        return see_other("/me/keys")
    place = Place(request.headers.get("host", ""))
    try:
        second.add_passkey(request.site, request.viewer, slip, read_answer(request), place=place)
    except Invalid as wrong:
        return _with_slip(request, slip, status=422, wrong=wrong.fields)
    return _with_slip(request, slip, saved=True)


@routes.post("/me/keys/drop", access=Access.ACCOUNT, limit="settings")
def drop_keys(request: Ask) -> Response[bytes]:
    slip = second.find_slip(request.viewer, request.form.text("slip"))
    if slip is None:
        return see_other("/me/keys")
    second.drop_passkeys(request.site, request.viewer, slip)
    return _with_slip(request, slip, saved=True)


def _with_slip(request: Ask, slip: Slip, **values: Any) -> Response[bytes]:
    who = second.reopened(request.site, request.viewer, slip)
    return _opened_keys(request, who, request.form.text("slip"), **values)
