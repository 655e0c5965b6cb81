"""Doors of those who keep the directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.services import commands, comparing, forms, queries, rules
from mashrabiya.library.services.pages.laws import law_of
from mashrabiya.library.services.types import (
    CRISIS_DAYS,
    ID_SIZE,
    MOST_CHANNELS,
    OTHER_DAYS,
    WARNED_DAYS,
    Cost,
    Method,
    Said,
    Service,
    Status,
    Way,
)
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
_NOTHING: dict[str, str] = {}
_RESTS = (Status.PAUSED, Status.CLOSED, Status.UNKNOWN)


@routes.get("/y/s/h", access=Access.PERSONA)
def kept(request: Ask) -> Response[bytes]:
    viewer, today = request.viewer, clock.day()
    with request.db.read() as db:
        pairs = queries.everything(db, viewer)
        doubted = Counter(one.service for one in queries.doubts(db))
    rows = [(row, record, _state(row, today), doubted[row.id]) for row, record in pairs]
    return page(
        request,
        "library/services/keep.html",
        rows=rows,
        due=sum(rules.is_due(row, today) for row, _ in pairs),
        may_keep=rules.may_keep(viewer).allowed,
        warned=WARNED_DAYS,
    )


def _state(row: Service, today: int) -> str:
    """In a word how an entry stands with its checks."""
    if not row.checked_day:
        return "never"
    if rules.is_old(row, today):
        return "old"
    if rules.is_overdue(row, today):
        return "overdue"
    return "due" if rules.is_due(row, today) else ""


@routes.get("/y/s/h/new", access=Access.HOST)
def begin(request: Ask) -> Response[bytes]:
    return _form(request, forms.blank())


@routes.post("/y/s/h/new", access=Access.HOST, limit="settings")
def add(request: Ask) -> Response[bytes]:
    try:
        record = forms.read_record(request.form)
        with request.db.write() as uow:
            which = commands.add(
                uow,
                request.viewer,
                record,
                law_of=law_of(request, uow),
                submission=request.form.submission,
            )
            row, _ = queries.get_kept(uow, request.viewer, which)
    except Invalid as wrong:
        return _form(request, request.form.typed, wrong=wrong.fields)
    return see_other(f"{row.path}/c")


@routes.get("/y/s/{service:str}/h", access=Access.HOST)
def edit(request: Ask, service: str) -> Response[bytes]:
    with request.db.read() as db:
        row, record = queries.get_kept(db, request.viewer, read_id(service, ID_SIZE))
    fields = forms.shown(record, request.viewer.tongue.language)
    return _form(request, {**fields, "seen": comparing.print_of(record)}, row)


@routes.post("/y/s/{service:str}/h", access=Access.HOST, limit="settings")
def change(request: Ask, service: str) -> Response[bytes]:
    with request.db.read() as db:
        row, before = queries.get_kept(db, request.viewer, read_id(service, ID_SIZE))
    try:
        record = forms.read_record(request.form, before)
        with request.db.write() as uow:
            commands.change(
                uow,
                request.viewer,
                row.id,
                record,
                seen=request.form.text("seen"),
                law_of=law_of(request, uow),
            )
    except Invalid as wrong:
        return _form(request, request.form.typed, row, wrong=wrong.fields)
    except Conflict:
        return _meanwhile(request, row)
    return see_other(row.path)


def _meanwhile(request: Ask, row: Service) -> Response[bytes]:
    """All that she typed, beside what somebody else wrote; sent again it is meant to stand."""
    with request.db.read() as db:
        row, record = queries.get_kept(db, request.viewer, row.id)
    stands = forms.shown(record, request.viewer.tongue.language)
    typed = request.form.typed | {"seen": comparing.print_of(record)}
    return _form(request, typed, row, theirs=comparing.theirs(typed, stands, forms.choices()))


@routes.get("/y/s/{service:str}/c", access=Access.PERSONA)
def begin_check(request: Ask, service: str) -> Response[bytes]:
    return _check(request, service)


@routes.post("/y/s/{service:str}/c", access=Access.PERSONA, limit="settings")
def check(request: Ask, service: str) -> Response[bytes]:
    which, new = read_id(service, ID_SIZE), forms.read_check(request.form, rules.roles_of(request.viewer))
    try:
        with request.db.write() as uow:
            commands.check(uow, request.viewer, which, new)
    except Invalid as wrong:
        return _check(request, service, wrong.fields)
    return see_other(f"/y/s/{service}/c")


@routes.post("/y/s/{service:str}/q", access=Access.PERSONA, limit="settings")
def settle(request: Ask, service: str) -> Response[bytes]:
    """What was said to be wrong was looked at."""
    with request.db.write() as uow:
        commands.settle(uow, request.viewer, read_id(service, ID_SIZE))
    return see_other(f"/y/s/{service}/c")


@routes.post("/y/s/{service:str}/p", access=Access.HOST, limit="settings")
def rest(request: Ask, service: str) -> Response[bytes]:
    """It rests, is closed, is not known to answer; or it goes, with everything that was said of it."""
    which = read_id(service, ID_SIZE)
    act = request.form.choice("act", [*map(str, _RESTS), "remove"])
    if not act:
        raise NotFound
    with request.db.write() as uow:
        if act == "remove":
            commands.remove(uow, request.viewer, which)
        else:
            commands.set_status(uow, request.viewer, which, Status(act))
    return see_other("/y/s/h" if act == "remove" else f"/y/s/{service}/c")


def _form(
    request: Ask,
    form: Mapping[str, str],
    row: Service | None = None,
    *,
    wrong: dict[str, str] | None = None,
    theirs: Sequence[comparing.Theirs] | None = None,
) -> Response[bytes]:
    return page(
        request,
        "library/services/form.html",
        status=422 if wrong else 200 if theirs is None else 409,
        theirs=theirs,
        service=row,
        form=form,
        wrong=wrong or _NOTHING,
        submission=request.form.submission,
        channels=list(range(1, MOST_CHANNELS + 1)),
        choices=forms.choices(),
        ways=[str(one) for one in Way],
        costs=[str(one) for one in Cost],
    )


def _check(request: Ask, service: str, wrong: dict[str, str] | None = None) -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        row, record = queries.get_kept(db, viewer, read_id(service, ID_SIZE))
        checks = queries.checks(db, row.id)
        doubts = [one for one in queries.doubts(db) if one.service == row.id]
    return page(
        request,
        "library/services/check.html",
        status=422 if wrong else 200,
        service=row,
        record=record,
        checks=checks,
        doubts=doubts,
        half=rules.half_affirming(checks),
        overdue=rules.is_overdue(row, clock.day()),
        roles=rules.roles_of(viewer),
        methods=[str(one) for one in Method],
        answers=[str(one) for one in Said],
        form=request.form.typed,
        wrong=wrong or _NOTHING,
        holds=rules.holds_for(record.kind),
        crisis_days=CRISIS_DAYS,
        other_days=OTHER_DAYS,
        may_keep=rules.may_keep(viewer).allowed,
    )
