"""The hosts' desk: first run step by step, later the same steps as settings, and invitations."""

from pathlib import Path
from typing import Any

from mashrabiya.communities import queries as communities
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.library.desk import queries as library
from mashrabiya.library.services import queries as services
from mashrabiya.platform.web import LOOPBACK, Access, Ask, Response, Routes, page, see_other
from mashrabiya.stewardship import commands, forms, queries, rules
from mashrabiya.stewardship.rehearsal import Trial, rehearse
from mashrabiya.stewardship.types import GUESS_MEMORY, INVITATION_DAYS, ORDER, Step

routes = Routes()


@routes.get("/o", access=Access.HOST)
def desk(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        codes_out = queries.count_invitations(db, request.viewer)
        editorial = library.warnings(db, request.viewer)
        services_due = services.count_due(db)
    return page(
        request,
        "stewardship/desk.html",
        services_due=services_due,
        places=rules.places(request.house),
        next_path=rules.next_step(request.house).path,
        codes_out=codes_out,
        editorial=editorial,
        crowd=not request.house.protected_hours and request.site.rooms["limits"].site_is_busy(),
        named=bool(request.house.sites or request.site.config.sites),
        saved=request.query("s") == "1",
    )


@routes.get("/o/{number:int}", access=Access.HOST)
def show_step(request: Ask, number: int) -> Response[bytes]:
    step = _step(request, number)
    return _page(request, step, form=forms.shown_step(step, request.house))


@routes.post("/o/{number:int}", access=Access.HOST, limit="settings")
def save_step(request: Ask, number: int) -> Response[bytes]:
    step = _step(request, number)
    trial = None
    try:
        changes = forms.read_step(step, request.form)
        if step is Step.BACKUP:
            trial = rehearse(request.site, changes["recipients"])
        changes |= _proved(request, step)
    except Invalid as wrong:
        return _page(request, step, status=422, form=forms.typed_again(request.form), wrong=wrong.fields)
    with request.db.write() as uow:
        if step is Step.OPEN:
            commands.open_house(uow, request.viewer)
        else:
            commands.take_step(uow, request.viewer, step, changes)
    request.site.held.refresh()
    return _after(request, step, trial)


@routes.get("/o/u", access=Access.HOST)
def unnamed_writing(request: Ask) -> Response[bytes]:
    return page(request, "stewardship/unnamed.html", wrong={})


@routes.post("/o/u", access=Access.HOST, limit="settings")
def keep_sealed(request: Ask) -> Response[bytes]:
    if not request.form.flag("final"):
        return page(request, "stewardship/unnamed.html", status=422, wrong={"final": "house.unnamed_missing"})
    with request.db.write() as uow:
        commands.keep_sealed(uow, request.viewer)
    request.site.held.refresh()
    return see_other("/o/u")


@routes.get("/o/i", access=Access.HOST)
def show_invitations(request: Ask, wrong: dict[str, str] | None = None) -> Response[bytes]:
    with request.db.read() as db:
        codes_out = queries.count_invitations(db, request.viewer)
    return page(
        request,
        "stewardship/invitations.html",
        status=422 if wrong else 200,
        codes_out=codes_out,
        saved=request.query("s") == "1",
        form=request.form.typed if wrong else {},
        wrong=wrong or {},
        **_choices(request),
    )


@routes.post("/o/i", access=Access.HOST, limit="settings")
def invite(request: Ask) -> Response[bytes]:
    try:
        wanted = forms.read_invitations(request.form)
    except Invalid as wrong:
        return show_invitations(request, wrong.fields)
    with request.db.write() as uow:
        codes = commands.invite(uow, request.viewer, request.keys, wanted)
    return page(
        request,
        "stewardship/invited.html",
        links=[f"{request.origin}/join/{code}" for code in codes],
        wanted=wanted,
        back="/o/i" if request.house.open else Step.CARERS.path,
    )


@routes.post("/o/i/end", access=Access.HOST, limit="settings")
def withdraw_invitations(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        commands.withdraw_invitations(uow, request.viewer)
    return see_other("/o/i")


@routes.post("/o/i/members", access=Access.HOST, limit="settings")
def let_members_invite(request: Ask) -> Response[bytes]:
    try:
        on, withdraw = forms.read_members_invite(request.form)
    except Invalid as wrong:
        return show_invitations(request, wrong.fields)
    with request.db.write() as uow:
        commands.let_members_invite(uow, request.viewer, on=on, withdraw=withdraw)
    request.site.held.refresh()
    return see_other("/o/i?s=1")


@routes.get("/o/t", access=Access.HOST)
def machine(request: Ask) -> Response[bytes]:
    return _machine(request)


@routes.post("/o/t", access=Access.HOST, limit="settings")
def change_cost(request: Ask) -> Response[bytes]:
    try:
        memory = forms.read_memory(request.form)
        with request.db.write() as uow:
            commands.change_cost(uow, request.viewer, memory)
    except Invalid as wrong:
        return _machine(request, wrong.fields, status=422)
    request.site.held.refresh()
    return see_other("/o/t?s=1")


@routes.post("/o/t/onion", access=Access.HOST, limit="settings")
def keep_onion_cookie_plain(request: Ask) -> Response[bytes]:
    with request.db.write() as uow:
        commands.keep_onion_cookie_plain(uow, request.viewer, plain=request.form.flag("plain"))
    request.site.held.refresh()
    return see_other("/o/t?s=1")


@routes.post("/o/t/sites", access=Access.HOST, limit="settings")
def name_sites(request: Ask) -> Response[bytes]:
    try:
        sites = forms.read_sites(request.form)
        with request.db.write() as uow:
            commands.name_sites(
                uow,
                request.viewer,
                sites,
                by=request.asked_as,
                always=(*LOOPBACK, *request.site.config.sites),
                leaving=request.form.flag("leaving"),
            )
    except Invalid as wrong:
        return _machine(request, wrong.fields, status=422)
    request.site.held.refresh()
    return see_other("/o/t?s=1")


def _machine(request: Ask, wrong: dict[str, str] | None = None, *, status: int = 200) -> Response[bytes]:
    wrong = wrong or {}
    now = request.house.argon_memory >> 10
    names = wrong.keys() & {"sites", "leaving"}
    return page(
        request,
        "stewardship/machine.html",
        status=status,
        wrong=wrong,
        saved=request.query("s") == "1",
        sites=request.form.raw("sites") if names else "\n".join(request.house.sites),
        sites_at_start=request.site.config.sites,
        unfit=forms.unfit_site(request.form) if names else "",
        by=request.asked_as,
        leaving=bool(names) and request.form.flag("leaving"),
        now=now,
        chosen=request.form.text("cost") if wrong and not names else str(now),
        costs=GUESS_MEMORY,
        plain_at_start=request.site.config.onion_cookie_plain,
    )


def _step(request: Ask, number: int) -> Step:
    last = len(ORDER) - int(request.house.open)
    if not 1 <= number <= last:
        raise NotFound
    return ORDER[number - 1]


def _page(
    request: Ask, step: Step, *, form: dict[str, Any], wrong: dict[str, str] | None = None, status: int = 200
) -> Response[bytes]:
    places = rules.places(request.house, step)
    return page(
        request,
        f"stewardship/step_{step.value}.html",
        status=status,
        form=form,
        wrong=wrong or {},
        # A word of an enum is a plain word to a template; the place carries what it needs.
        step=places[step.number - 1],
        places=places,
        back_path=ORDER[step.number - 2].path if step.number > 1 and not request.house.open else "/o",
        **_beside(request, step),
    )


def _beside(request: Ask, step: Step) -> dict[str, Any]:
    """What some steps show besides their form."""
    if step is Step.COMMUNITY:
        with request.db.read() as db:
            return {"cards": communities.listing(db, request.viewer)}
    if step is Step.CARERS:
        return _choices(request)
    if step is Step.KEY:
        config = request.site.config
        inside = config.data.resolve() in Path(config.key_path).resolve().parents
        return {"key_path": config.key_path, "key_inside": inside}
    if step is Step.RETENTION:
        return {"retentions": forms.RETENTIONS}
    return {"missing": [needed.key for needed in rules.missing(request.house)]}


def _proved(request: Ask, step: Step) -> dict[str, Any]:
    """What a step must show before it counts as done."""
    if step is Step.KEY:
        forms.read_fingerprint(request.form, request.keys)
        return {"key_checked": True}
    if step is Step.COMMUNITY:
        with request.db.read() as db:
            if not communities.listing(db, request.viewer):
                raise Invalid({"community": "house.community_missing"})
    return {"backup_checked": True} if step is Step.BACKUP else {}


def _after(request: Ask, step: Step, trial: Trial | None) -> Response[bytes]:
    onward = "/o?s=1" if request.house.open else rules.step_after(step).path
    if trial is not None:
        return page(request, "stewardship/tried.html", trial=trial, onward=onward)
    return see_other(onward)


def _choices(request: Ask) -> dict[str, Any]:
    carers = rules.may_invite_carers(request.viewer, request.house).allowed
    return {"days": INVITATION_DAYS, "may_invite_carers": carers}
