"""A passkey that opens the account by itself: added, counted and taken away. Off until somebody adds one."""

from __future__ import annotations

from typing import Any

from mashrabiya.kernel.errors import Invalid
from mashrabiya.people.flows import lone, proving
from mashrabiya.people.flows.entering import WRONG, Unlocked
from mashrabiya.people.pages.again import unlock_again
from mashrabiya.people.pages.entering import read_answer
from mashrabiya.people.pages.second import label
from mashrabiya.people.pages.session import opened
from mashrabiya.people.sealed.passkey import Place
from mashrabiya.people.sealed.pending import Slip
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/me/key", access=Access.ACCOUNT)
def begin(request: Ask) -> Response[bytes]:
    return _page(request)


@routes.post("/me/key", access=Access.ACCOUNT, limit="passphrase")
def show(request: Ask) -> Response[bytes]:
    try:
        who = _unlock(request)
    except Invalid as wrong:
        return _page(request, status=422, wrong=wrong.fields, form=request.form.typed)
    return _opened(request, lone.slip_of(request.viewer, who), len(who.vault.lone))


def _unlock(request: Ask) -> Unlocked:
    """With the second step too where there is one: what is added here stands for both from then on."""
    who = unlock_again(request)
    if not proving.is_proven(request.site, who.row.id, who.vault, request.form.text("code")):
        raise Invalid({"code": WRONG})
    return who


@routes.post("/me/key/new", access=Access.ACCOUNT, limit="settings")
def add(request: Ask) -> Response[bytes]:
    slip = _slip(request)
    if slip is None:
        return see_other("/me/key")
    made, place = (read_answer(request), request.form.raw("prf")), Place(request.headers.get("host", ""))
    try:
        lone.add_key(request.site, request.viewer, slip, made, place=place)
    except Invalid as wrong:
        return _again(request, slip, status=422, wrong=wrong.fields)
    return _again(request, slip, saved=True)


@routes.post("/me/key/drop", access=Access.ACCOUNT, limit="settings")
def drop(request: Ask) -> Response[bytes]:
    slip = _slip(request)
    if slip is None:
        return see_other("/me/key")
    lone.drop_all(request.site, request.viewer, slip)
    return _again(request, slip, saved=True)


def _slip(request: Ask) -> Slip | None:
    return lone.find_slip(request.viewer, request.form.text("slip"))


def _again(request: Ask, slip: Slip, **values: Any) -> Response[bytes]:
    count = lone.reopened(request.site, request.viewer, slip)
    return _opened(request, request.form.text("slip"), count, **values)


def _opened(request: Ask, slip: str, count: int, **values: Any) -> Response[bytes]:
    return _page(
        request,
        slip=slip,
        count=count,
        full=count >= lone.MOST,
        challenge=proving.challenge(request.site, request.viewer.account),
        label=label(request),
        **values,
    )


def _page(request: Ask, *, status: int = 200, **values: Any) -> Response[bytes]:
    shown = {"slip": "", "wrong": {}, "form": {}, "second": opened(request).second, **values}
    return page(request, "people/lone.html", status=status, onion=request.visit.onion, **shown)
