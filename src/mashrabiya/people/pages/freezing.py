"""Freezing everything: the codes in the settings, the page that takes one, and the way back."""

from __future__ import annotations

import msgspec

from mashrabiya.kernel.errors import Busy, Invalid, NotFound, Refused
from mashrabiya.people import flows, queries
from mashrabiya.people.flows import Excluded, freezing
from mashrabiya.people.flows.entering import Unlocked
from mashrabiya.people.flows.freezing import Wish
from mashrabiya.people.pages.again import unlock_again
from mashrabiya.people.pages.excluded import case_page
from mashrabiya.people.pages.session import receive
from mashrabiya.people.sealed import freeze as sealed
from mashrabiya.people.sealed.freeze import KINDS, How
from mashrabiya.people.types import Persona
from mashrabiya.platform import proof_of_work as work
from mashrabiya.platform.crypto import Unopenable, seal, unseal
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
# Done while the code is typed, and never waited for; by the thousand it takes longer than trying the codes.
_BITS = work.BUSY_BITS


class Code(msgspec.Struct, frozen=True):
    """A freeze code in the list of its owner: never the code itself."""

    trusted: bool
    hint: str
    slip: str


@routes.get("/e/l", access=Access.ANYONE)
def explain(request: Ask) -> Response[bytes]:
    return page(request, "people/lock_freeze.html", usual=freezing.DAYS)


@routes.get("/s", access=Access.ANYONE, while_locked=True)
def begin(request: Ask) -> Response[bytes]:
    asked = work.challenge(request.keys.of("pow"), _BITS)
    return page(request, "people/freeze_now.html", work=asked, bits=_BITS)


@routes.post("/s", access=Access.ANYONE, tokenless=True, while_locked=True, apart=True)
def freeze(request: Ask) -> Response[bytes]:
    """Nobody is sent away: what is not done at once stands in line and will be."""
    form = request.form
    worked = work.accept_work(request.keys.of("pow"), form.text("work"), form.text("nonce"), _BITS)
    done = freezing.freeze_in_turn(request.site, form.text("code"), request.visit.network, worked=worked)
    return page(request, "people/freeze_now.html", status=200 if done else 202, done=done, waits=not done)


@routes.get("/s/back", access=Access.ANYONE)
def begin_return(request: Ask) -> Response[bytes]:
    return _return_form(request)


@routes.post("/s/back", access=Access.ANYONE, apart=True)
def come_back(request: Ask) -> Response[bytes]:
    form = request.form
    try:
        who, code = freezing.come_back(request.site, form.text("name"), form.raw("pass"), form.text("code"))
        receive(request, flows.enter(request.site, who))
    except Refused as refusal:
        return _return_form(request, {"code": refusal.why}, status=422)
    except Busy:
        return _return_form(request, {"code": "signin.busy"}, status=503)
    except Excluded as met:
        return case_page(request, met.case)
    return _show(request, code, Wish(), back=True)


def _return_form(request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200) -> Response[bytes]:
    return page(request, "people/freeze_back.html", status=status, wrong=wrong or {}, form=request.form.typed)


@routes.get("/me/freeze", access=Access.ACCOUNT)
def settings(request: Ask) -> Response[bytes]:
    return _settings(request)


def _settings(
    request: Ask, wrong: dict[str, str] | None = None, wrong_list: dict[str, str] | None = None
) -> Response[bytes]:
    return page(
        request,
        "people/freeze.html",
        status=422 if wrong or wrong_list else 200,
        form=request.form.typed,
        wrong=wrong or {},
        wrong_list=wrong_list or {},
        personas=_personas(request),
        days=request.form.text("days") or str(freezing.DAYS),
        dropped=bool(request.query("dropped")),
    )


def _personas(request: Ask) -> list[Persona]:
    viewer = request.viewer
    assert viewer.work is not None
    with request.db.read() as db:
        return queries.own_personas(db, viewer.work, viewer.siblings, request.keys.of("field"))


@routes.post("/me/freeze", access=Access.ACCOUNT, limit="passphrase")
def add_code(request: Ask) -> Response[bytes]:
    try:
        wish = _wish(request)
        who = _with_paper(request)
        code = freezing.add_code(request.site, who, wish)
    except Invalid as wrong:
        return _settings(request, wrong.fields)
    except Busy:
        return _settings(request, {"pass": "signin.busy"})
    return _show(request, code, wish)


def _with_paper(request: Ask) -> Unlocked:
    who = unlock_again(request)
    freezing.check_paper(request.site, who, request.form.text("code"))
    return who


def _wish(request: Ask) -> Wish:
    form = request.form
    days = form.number("days", usual=0, least=0, most=freezing.LONGEST + 1)
    if not freezing.SHORTEST <= days <= freezing.LONGEST:
        raise Invalid({"days": "freeze.days_wrong"})
    how = How.QUIET if form.choice("posts", ("hide", "unnamed"), "unnamed") == "hide" else How.PLAIN
    slot = form.number("first", usual=16, least=0, most=16)
    if slot < 16:
        how |= How.SLOWLY
    return Wish(
        kind=form.choice("shape", tuple(KINDS), "letters"),
        trusted=form.choice("whose", ("own", "trusted"), "own") == "trusted",
        days=days,
        how=how,
        first=slot % 16,
        language=request.viewer.tongue.language,
    )


def _show(request: Ask, code: str, wish: Wish, *, back: bool = False) -> Response[bytes]:
    """The code, this once."""
    return page(
        request,
        "people/freeze_code.html",
        code=sealed.shown(code),
        latin=code.isascii(),
        trusted=wish.trusted,
        days=wish.lasts,
        back=back,
    )


@routes.post("/me/freeze/list", access=Access.ACCOUNT, limit="passphrase")
def list_codes(request: Ask) -> Response[bytes]:
    try:
        who = unlock_again(request)
    except Invalid as wrong:
        return _settings(request, wrong_list=wrong.fields)
    found = [
        Code(code.trusted, code.hint, seal(request.viewer.key, code.tag, b"freeze").hex())
        for code in freezing.live_codes(request.site, who)
    ]
    return page(request, "people/freeze_list.html", found=found)


@routes.post("/me/freeze/drop", access=Access.ACCOUNT, limit="settings")
def drop_code(request: Ask) -> Response[bytes]:
    try:
        tag = unseal(request.viewer.key, bytes.fromhex(request.form.text("slip")), b"freeze")
    except (Unopenable, ValueError):
        raise NotFound from None
    freezing.drop_code(request.site, tag)
    return see_other("/me/freeze?dropped=1")
