"""The desks: what waits, one thing with all that was said of it, deciding and undoing."""

from collections.abc import Sequence

from mashrabiya.care import commands, forms, queries, rules
from mashrabiya.care.types import DAYS, Act, Case, Choice, Decision, Place
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import ID_SIZE, PictureRow
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.platform.web.pictures import kept_picture
from mashrabiya.safety import queries as safety
from mashrabiya.safety.types import Notice

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
    return _case(request, read_id(report, _ID_SIZE))


@routes.get("/care/{report:str}/m/{file:str}", access=Access.ACCOUNT, slow=True)
def picture_of_case(request: Ask, report: str, file: str) -> Response[bytes]:
    """A picture in what was reported, also while nobody else sees it any more."""
    shown, _, size = file.partition(".")
    name = read_id(shown, _ID_SIZE)
    with request.db.read() as db:
        case = queries.get_case(db, request.viewer, read_id(report, _ID_SIZE))
        if name not in {bytes(one.name) for one in _pictures(db, case)}:
            raise NotFound
    return kept_picture(request, name, size)


@routes.post("/care/{report:str}", access=Access.ACCOUNT, limit="decide")
def decide(request: Ask, report: str) -> Response[bytes]:
    raw, new = read_id(report, _ID_SIZE), forms.read_decision(request.form)
    try:
        with request.db.write() as uow:
            case = commands.decide(uow, request.viewer, raw, new)
    except Invalid as trouble:
        return _case(request, raw, trouble)
    request.site.held.refresh()
    return see_other(case.place.path)


@routes.get("/t/{tid:str}/c/{n:str}", access=Access.ACCOUNT)
def open_post(request: Ask, tid: str, n: str) -> Response[bytes]:
    """A post in its thread; where it was reported, what was said of it comes first."""
    return _unreported(request, read_id(tid, ID_SIZE), forms.number(n))


@routes.post("/t/{tid:str}/c/{n:str}", access=Access.ACCOUNT, limit="decide")
def decide_on_post(request: Ask, tid: str, n: str) -> Response[bytes]:
    raw, number = read_id(tid, ID_SIZE), forms.number(n)
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
    with request.db.read() as db:
        place = queries.get_place(db, request.viewer, cid)
        cases, more = queries.queue(db, request.viewer, place)
        decided = queries.decided(db, place, after)
        texts = _html(db, request, cases)
        closings = [] if place.id else queries.closings_waiting(db)
    return page(
        request,
        "care/desk.html",
        place=place,
        closings=[(one, f"/care/{show_id(report)}/x") for one, report in closings],
        shown=list(zip(cases, texts, strict=True)),
        more=more,
        decided=decided,
        paged=bool(after),
    )


def _case(request: Ask, report: bytes, trouble: Invalid | None = None) -> Response[bytes]:
    with request.db.read() as db:
        case = queries.get_case(db, request.viewer, report)
        said = safety.notices(db, request.keys, case.kind, case.object)
        places = queries.places_of(db, request.viewer, case)
        decided = queries.on_thing(db, case.kind, case.object)
        pictures = _pictures(db, case)
        (html,) = _html(db, request, [case])
    return _to_decide(
        request, case, said, decided, html=html, pictures=pictures, places=places, trouble=trouble
    )


def _unreported(request: Ask, tid: bytes, number: int, trouble: Invalid | None = None) -> Response[bytes]:
    with request.db.read() as db:
        case = queries.get_unreported(db, request.viewer, tid, number)
        report = None if trouble else queries.find_report(db, case.object)
        decided = [] if report else queries.on_thing(db, case.kind, case.object)
        (html,) = _html(db, request, [case])
    if report:
        return see_other(f"/care/{show_id(report)}")
    return _to_decide(request, case, [], decided, html=html, pictures=[], trouble=trouble)


def _to_decide(
    request: Ask,
    case: Case,
    said: list[Notice],
    decided: list[Decision],
    *,
    html: str,
    pictures: list[PictureRow],
    places: Sequence[Place] = (),
    trouble: Invalid | None,
) -> Response[bytes]:
    acts = rules.acts_on(case, places)
    return page(
        request,
        "care/case.html",
        status=422 if trouble else 200,
        case=case,
        route="/care/{report:str}" if case.is_reported else "/t/{tid:str}/c/{n:str}",
        html=html,
        pictures=pictures,
        notes=[one.note for one in said if one.note],
        reasons=sorted({one.key for one in said}),
        decided=decided,
        acts=[Choice.of(act, unnamed=case.is_unnamed, persona=case.is_persona) for act in acts],
        excludes=Act.EXCLUDE in acts,
        closes=rules.may_close(request.viewer).allowed and case.is_reported and case.meets_somebody,
        days=DAYS,
        places=places,
        form=request.form.typed or {"seen": len(decided)},
        wrong=trouble.fields if trouble else {},
    )


def _pictures(db: Read, case: Case) -> list[PictureRow]:
    return discussions.pictures_of(db, case.post.id) if case.post else []


def _html(db: Read, request: Ask, cases: list[Case]) -> list[str]:
    """Each text as its readers saw it, whether or not they still do, with the names of the moment."""
    texts = [markdown.render(case.post.source) if case.post and case.has_text else "" for case in cases]
    return discussions.drawn_texts(db, request.viewer, texts)
