"""The age group: what is noted of it, and the one change that there is."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.people.flows import second, turning
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.people.pages.again import ask_again, unlock_again
from mashrabiya.people.rules.entry import may_turn
from mashrabiya.people.sealed.pending import Slip
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_FIRST, _NOTED = "people/years.html", "people/years_noted.html"


@routes.get("/me/years", access=Access.ACCOUNT)
def begin(request: Ask) -> Response[bytes]:
    return page(request, _FIRST, wrong={}, form={}, wait=turning.DAYS)


@routes.post("/me/years", access=Access.ACCOUNT, limit="passphrase")
def show_noted(request: Ask) -> Response[bytes]:
    try:
        who = unlock_again(request)
    except Invalid as wrong:
        return ask_again(request, _FIRST, wrong, wait=turning.DAYS)
    return _noted(request, who, second.slip_of(request.viewer, who))


def _noted(request: Ask, who: Unlocked, slip: str) -> Response[bytes]:
    held = who.vault
    return page(
        request,
        _NOTED,
        may=may_turn(held.band).allowed,
        asked=bool(held.turns),
        days=max(0, held.turns - clock.day()),
        slip=slip,
        wait=turning.DAYS,
    )


@routes.post("/me/years/on", access=Access.ACCOUNT, limit="settings")
def ask(request: Ask) -> Response[bytes]:
    slip = second.find_slip(request.viewer, request.form.text("slip"))
    if slip is None:
        return see_other("/me/years")
    who = second.reopened(request.site, request.viewer, slip)
    if may_turn(who.vault.band).allowed:
        turning.ask(request.site, request.viewer.account, slip.vault_key)
    return _again(request, slip)


@routes.post("/me/years/off", access=Access.ACCOUNT, limit="settings")
def take_back(request: Ask) -> Response[bytes]:
    slip = second.find_slip(request.viewer, request.form.text("slip"))
    if slip is None:
        return see_other("/me/years")
    turning.take_back(request.site, request.viewer.account, slip.vault_key)
    return _again(request, slip)


def _again(request: Ask, slip: Slip) -> Response[bytes]:
    return _noted(request, second.reopened(request.site, request.viewer, slip), request.form.text("slip"))
