"""Signing up: what it means, a name and a passphrase, eight codes on paper, and on to a persona."""

import msgspec

from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.people import flows, queries
from mashrabiya.people.flows import NewAccount, SignUp
from mashrabiya.people.flows.beginning import check_sign_up
from mashrabiya.people.flows.entering import speaks
from mashrabiya.people.pages.session import receive
from mashrabiya.people.pages.toll import ask_toll, can_pay, is_paid, limits_of
from mashrabiya.people.rules import may_enter, may_sign_up
from mashrabiya.people.rules.entry import answers, asks_question
from mashrabiya.people.sealed import codes
from mashrabiya.people.types import Band
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.words import suggest_name, suggest_passphrase

routes = Routes()
_BANDS = {"over": Band.ADULT, "under": Band.MINOR}


class Asked(msgspec.Struct, frozen=True):
    """What stands in the form's fields."""

    name: str = ""
    passphrase: str = ""
    age: str = ""
    answer: str = ""


@routes.get("/join", access=Access.ANYONE)
def begin(request: Ask) -> Response[bytes]:
    verdict = may_sign_up(request.house.entry_now, invited=False)
    if not verdict.allowed:
        return page(request, "people/join_closed.html", why=getattr(verdict, "why", ""))
    return _form(request, Asked())


@routes.post("/join/to", access=Access.ANYONE, tokenless=True)
def bring_code(request: Ask) -> Response[bytes]:
    code = codes.read(request.form.text("code"))
    return see_other(f"/join/{code}" if code else "/join")


@routes.get("/join/{code:str}", access=Access.ANYONE)
def begin_invited(request: Ask, code: str) -> Response[bytes]:
    _find(request, code)
    return _form(request, Asked(), code=codes.read(code))


@routes.post("/join", access=Access.ANYONE, apart=True)
def join(request: Ask) -> Response[bytes]:
    form = request.form
    asked = Asked(form.text("name"), form.raw("pass"), form.choice("age", list(_BANDS)), form.text("answer"))
    wish = SignUp(
        name=asked.name,
        passphrase=asked.passphrase,
        band=_BANDS.get(asked.age, Band.UNKNOWN),
        invitation=form.text("invitation"),
        preferences=speaks(request.visit.tongue),
    )
    if not may_enter(wish.band, adults_only=request.house.adults_only).allowed and wish.band == Band.MINOR:
        return page(request, "people/join_young.html", status=422)
    try:
        return _join(request, asked, wish)
    except Invalid as wrong:
        return _form(request, asked, code=wish.invitation, wrong=wrong.fields, status=422)


def _join(request: Ask, asked: Asked, wish: SignUp) -> Response[bytes]:
    house, invited, limits = request.house, bool(wish.invitation), limits_of(request)
    check_sign_up(request.site, wish, thoroughly=False)
    if asks_question(house.entry, house.answers, invited=invited):
        if not answers(house.answers, asked.answer):
            raise Invalid({"answer": "join.answer_wrong"})
    # Judging a passphrase takes longer than everything before it together: first what a crowd does not have.
    if invited:
        _find(request, wish.invitation)
        check_sign_up(request.site, wish)
    else:
        busy = limits.sign_up_from(request.visit.network) or limits.site_is_busy()
        if not can_pay(request, busy=busy):
            return _form(request, asked, waiting=True)
        check_sign_up(request.site, wish)
        if not is_paid(request, busy=busy):
            return _form(request, asked, waiting=True)
        limits.count_sign_up()
    return _welcome(request, flows.sign_up(request.site, wish, checked=True))


def _find(request: Ask, code: str) -> None:
    """An invitation that still opens, or the plain 404."""
    with request.db.read() as db:
        if queries.find_invitation(db, request.keys, code) is None:
            raise NotFound


def _form(
    request: Ask,
    asked: Asked,
    *,
    code: str = "",
    wrong: dict[str, str] | None = None,
    waiting: bool = False,
    status: int = 200,
) -> Response[bytes]:
    language, house = request.viewer.tongue.language, request.house
    asks = asks_question(house.entry, house.answers, invited=bool(code))
    return page(
        request,
        "people/join.html",
        status=status,
        form=asked,
        code=code,
        wrong=wrong or {},
        waiting=waiting,
        question=house.question.get(language, "") if asks else "",
        toll=None if code else ask_toll(request),
        suggested_name=suggest_name(language),
        suggested_pass=suggest_passphrase(language),
    )


def _welcome(request: Ask, new: NewAccount) -> Response[bytes]:
    receive(request, flows.enter(request.site, new.unlocked))
    return show_codes(request, new.codes, joining=True)


def show_codes(request: Ask, paper: tuple[str, ...], *, joining: bool = False) -> Response[bytes]:
    """The codes, this once, with a form that knows no more of them than four letters of one."""
    number, slip = codes.check_slip(request.viewer.key, paper)
    return page(
        request,
        "people/codes.html",
        codes=[codes.shown(code) for code in paper],
        number=number,
        slip=slip,
        joining=joining,
        wrong={},
    )


@routes.post("/join/check", access=Access.ACCOUNT)
def check_codes(request: Ask) -> Response[bytes]:
    slip, typed = request.form.text("slip"), codes.read(request.form.text("last"))
    try:
        number, letters = codes.slip_number(request.viewer.key, slip)
    except (Unopenable, ValueError):
        raise NotFound from None
    wrong = {} if typed == letters else {"last": "recovery.check_wrong"}
    if not wrong and not request.form.flag("kept"):
        wrong = {"kept": "recovery.check_place"}
    if wrong:
        return page(
            request,
            "people/codes.html",
            status=422,
            number=number,
            slip=slip,
            kept=request.form.flag("kept"),
            wrong=wrong,
            joining=True,
        )
    return see_other("/" if request.viewer.speaks else "/me/p/new")
