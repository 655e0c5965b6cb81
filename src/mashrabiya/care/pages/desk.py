"""The desks: what waits, one thing with all that was said of it, deciding and undoing."""

from collections.abc import Sequence
from typing import Any

from mashrabiya.care import commands, forms, queries, ready, rules
from mashrabiya.care.pages.closing import agreed
from mashrabiya.care.pages.duty import off_duty, watch
from mashrabiya.care.types import (
    ALONE,
    AS_TWO,
    DAYS,
    LIMIT_DAYS,
    PAUSE_DAYS,
    UNLIST_DAYS,
    Act,
    Beside,
    Case,
    Choice,
    Decision,
    Place,
)
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import ID_SIZE, PictureRow
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.pictures import kept_picture
from mashrabiya.safety import queries as safety
from mashrabiya.safety.rules import stays_shut
from mashrabiya.safety.types import KEPT_CLOSED_DAYS

routes = Routes()

_ID_SIZE = 16


@routes.get("/care", access=Access.CARE)
def house_desk(request: Ask) -> Response[bytes]:
    return _desk(request, b"")


@routes.get("/c/{cid:str}/care", access=Access.ACCOUNT)
def community_desk(request: Ask, cid: str) -> Response[bytes]:
    return _desk(request, read_id(cid, COMMUNITY_ID_SIZE))


@routes.get("/care/{report:str}", access=Access.ACCOUNT)
def open_case(request: Ask, report: str) -> Response[bytes]:
    return show_case(request, read_id(report, _ID_SIZE))


@routes.get("/care/{report:str}/v", access=Access.ACCOUNT)
def wordings_of_case(request: Ask, report: str) -> Response[bytes]:
    """How a reported post stood before it was edited, also while nobody else reads it."""
    with request.db.read() as db:
        case = queries.get_case(db, request.viewer, read_id(report, _ID_SIZE))
        if case.post is None or stays_shut(safety.notices(db, request.keys, case.kind, case.object)):
            raise NotFound
        wordings = discussions.wordings_of(db, request.viewer, case.post)
    return page(request, "care/wordings.html", case=case, wordings=wordings)


@routes.get("/care/{report:str}/m/{file:str}", access=Access.ACCOUNT, slow=True)
def picture_of_case(request: Ask, report: str, file: str) -> Response[bytes]:
    """A picture in what was reported, also while nobody else sees it any more."""
    shown, _, size = file.partition(".")
    name = read_id(shown, _ID_SIZE)
    with request.db.read() as db:
        case = queries.get_case(db, request.viewer, read_id(report, _ID_SIZE))
        shut = stays_shut(safety.notices(db, request.keys, case.kind, case.object))
        if shut or name not in {bytes(one.name) for one in _pictures(db, case)}:
            raise NotFound
    return kept_picture(request, name, size)


@routes.post("/care/{report:str}", access=Access.ACCOUNT, limit="decide")
def decide(request: Ask, report: str) -> Response[bytes]:
    raw = read_id(report, _ID_SIZE)
    if ready.is_asked(request.form):
        return show_case(request, raw)
    new = forms.read_decision(request.form, agreed(request))
    try:
        with request.db.write() as uow:
            case = commands.decide(uow, request.viewer, raw, new)
    except Invalid as trouble:
        return show_case(request, raw, trouble)
    request.site.held.refresh()
    return see_other(case.place.path)


@routes.get("/t/{tid:str}/c/{n:str}", access=Access.ACCOUNT)
def open_post(request: Ask, tid: str, n: str) -> Response[bytes]:
    """A post in its thread; where it was reported, what was said of it comes first."""
    return _unreported(request, read_id(tid, ID_SIZE), forms.place(n))


@routes.post("/t/{tid:str}/c/{n:str}", access=Access.ACCOUNT, limit="decide")
def decide_on_post(request: Ask, tid: str, n: str) -> Response[bytes]:
    raw, number = read_id(tid, ID_SIZE), forms.place(n)
    if ready.is_asked(request.form):
        return _unreported(request, raw, number)
    new = forms.read_decision(request.form)
    try:
        with request.db.write() as uow:
            case = commands.decide_unreported(uow, request.viewer, raw, number, new=new)
    except Invalid as trouble:
        return _unreported(request, raw, number, trouble)
    request.site.held.refresh()
    return see_other(case.post.address if case.post else case.place.path)


@routes.post("/care/u/{decision:str}", access=Access.ACCOUNT, limit="decide")
def undo(request: Ask, decision: str) -> Response[bytes]:
    raw = read_id(decision, _ID_SIZE)
    with request.db.write() as uow:
        undone = commands.undo(uow, request.viewer, raw)
        place = queries.get_place(uow, request.viewer, undone.cid or b"")
    request.site.held.refresh()
    return see_other(place.path)


def _desk(request: Ask, cid: bytes) -> Response[bytes]:
    after = request.query("after")
    now = watch(request)
    if now.off and not after and not request.query("in"):
        return off_duty(request, cid, now)
    with request.db.read() as db:
        place, objections = queries.open_desk(db, request.viewer, cid)
        cases, more = queries.queue(db, request.viewer, place)
        decided, held, said, more_held = (
            (queries.decided(db, request.viewer, place, after), [], [], False)
            if after
            else queries.standing_at(db, request.viewer, place)
        )
        texts = _html(db, request, cases)
        closings = [] if place.id else queries.closings_waiting(db)
    return page(
        request,
        "care/desk.html",
        place=place,
        objections=objections,
        closings=[(one, f"/care/{show_id(report)}/x") for one, report in closings],
        shown=[
            (case, html, rules.on_desk(request.viewer, case)) for case, html in zip(cases, texts, strict=True)
        ],
        more=more,
        held=held,
        said=said,
        more_held=more_held,
        decided=decided,
        paged=bool(after),
        crowd=not cid and not request.house.protected_hours and request.site.rooms["limits"].site_is_busy(),
        watch=now,
        room=_room(request, place),
        term=rules.term_left(request.viewer) if not place.id and rules.ends_soon(request.viewer) else 0,
    )


def _room(request: Ask, place: Place) -> str:
    """Where those who care there talk among themselves, if the viewer is one of them; else the house's, or nothing."""
    if rules.may_enter(request.viewer, place).allowed:
        return f"{place.path}/m"
    return "/care/m" if request.viewer.has(CARE) else ""


def show_case(request: Ask, report: bytes, trouble: Invalid | None = None) -> Response[bytes]:
    """The page of a case; where something typed on it cannot be taken, with that and what is wrong with it."""
    with request.db.read() as db:
        case = queries.get_case(db, request.viewer, report)
        beside = queries.beside(db, request.viewer, request.keys, case)
        places = queries.places_of(db, request.viewer, case)
        decided, before = queries.with_author(db, case)
        pictures = _pictures(db, case)
        (html,) = _html(db, request, [case])
    watch(request, case)
    return _to_decide(
        request,
        case,
        beside,
        decided,
        html=html,
        pictures=pictures,
        places=places,
        before=before,
        trouble=trouble,
    )


def _unreported(request: Ask, tid: bytes, number: int, trouble: Invalid | None = None) -> Response[bytes]:
    with request.db.read() as db:
        case = queries.get_unreported(db, request.viewer, tid, number)
        report = None if trouble else queries.find_report(db, case.object)
        decided, before = ([], []) if report else queries.with_author(db, case)
        (html,) = _html(db, request, [case])
    if report:
        return see_other(f"/care/{show_id(report)}")
    return _to_decide(request, case, ALONE, decided, html=html, pictures=[], before=before, trouble=trouble)


def _to_decide(
    request: Ask,
    case: Case,
    beside: Beside,
    decided: list[Decision],
    *,
    html: str,
    pictures: list[PictureRow],
    places: Sequence[Place] = (),
    before: Sequence[Decision] = (),
    trouble: Invalid | None,
) -> Response[bytes]:
    hiding = [one.role for one in decided if one.stands and one.act == Act.HIDE]
    for_two = hiding == [AS_TWO]
    shut, other = stays_shut(beside.said), _other(request, case)
    acts = rules.acts_on(case, places, for_two=for_two, other=other)
    return page(
        request,
        "care/case.html",
        status=422 if trouble else 200,
        case=case,
        route="/care/{report:str}" if case.is_reported else "/t/{tid:str}/c/{n:str}",
        html=html,
        pictures=[] if shut else pictures,
        shut=shut and bool(pictures),
        decided=decided,
        **_of_carers(request, case, beside),
        before=before,
        acts=[Choice.of(act, case, for_two=for_two) for act in acts],
        excludes=any(act.ends for act in acts),
        closes=_closes(request, case),
        others=[(int(one), one.key) for one in rules.OTHER_REASONS] if other else [],
        days=UNLIST_DAYS if case.is_community else sorted({*LIMIT_DAYS, *PAUSE_DAYS, *DAYS}),
        noting=Act.NOTE in acts,
        places=places,
        agreed=case.place.agreed if case.place.id else agreed(request),
        form=ready.filled(request.form, {"seen": str(len(decided))}),
        wrong=trouble.fields if trouble else {},
    )


def _other(request: Ask, case: Case) -> bool:
    """Whether it is to be decided for something else than that somebody may harm herself."""
    return case.gentle and bool(request.query("other") or request.form.text("other"))


def _closes(request: Ask, case: Case) -> bool:
    """Whether the way to closing the house to somebody begins here."""
    may = rules.may_close(request.viewer).allowed and rules.may_close_for(case).allowed
    return may and case.is_reported and case.meets_somebody


def _of_carers(request: Ask, case: Case, beside: Beside) -> dict[str, Any]:
    """What was said of it, how it stands among its carers, and what lies ready for them."""
    return {
        "notes": [one.note for one in beside.said if one.note],
        "reasons": sorted({one.key for one in beside.said}),
        # The shell has a word `beside` of its own.
        "near": beside,
        "on": rules.on_desk(request.viewer, case),
        "shares": rules.may_share(case),
        "watch": watch(request),
        "room": _room(request, case.place),
        "ready": ready.choices(case, request.viewer.tongue.language),
        "kept_days": KEPT_CLOSED_DAYS,
    }


def _pictures(db: Read, case: Case) -> list[PictureRow]:
    return discussions.pictures_of(db, case.post.id) if case.post else []


def _html(db: Read, request: Ask, cases: list[Case]) -> list[str]:
    """Each text as its readers saw it, whether or not they still do, with the names of the moment."""
    texts = [markdown.render(case.post.whole) if case.post and case.has_text else "" for case in cases]
    return discussions.drawn_texts(db, request.viewer, texts)
