"""Objections: at the desk, where another person answers them, and for the person concerned."""

from mashrabiya.care import commands, forms, queries, rules
from mashrabiya.care.types import ANSWER_DAYS, Decision
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import queries as discussions
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.library.stories import queries as stories
from mashrabiya.library.stories.rules import may_read
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.types import Thing

routes = Routes()

_ID_SIZE = 16


@routes.get("/me/o", access=Access.ACCOUNT)
def all_that_concerns_me(request: Ask) -> Response[bytes]:
    """What was decided on what she wrote, what is closed to her, and what became of her objections."""
    guards = request.site.held["guards"]
    after = request.query("after")
    cases = guards.all_cases(request.viewer) | guards.paused_cases(request.viewer)
    with request.db.read() as db:
        found = queries.all_concerned(db, request.viewer, request.keys, cases, after=after)
    older = f"/me/o?after={found.after}" if found.after else ""
    return page(
        request, "care/mine.html", found=found.rows, older=older, tried=queries.TRIED, paged=bool(after)
    )


@routes.get("/me/o/{decision:str}", access=Access.ACCOUNT)
def one_that_concerns_me(request: Ask, decision: str) -> Response[bytes]:
    return _mine(request, read_id(decision, _ID_SIZE))


@routes.post("/me/o/{decision:str}", access=Access.ACCOUNT, limit="report")
def object_to(request: Ask, decision: str) -> Response[bytes]:
    raw, words = read_id(decision, _ID_SIZE), forms.read_appeal(request.form)
    try:
        with request.db.write() as uow:
            commands.appeal(uow, request.viewer, request.keys, raw, words=words)
    except Invalid as trouble:
        return _mine(request, raw, trouble)
    return see_other(f"/me/o/{decision}")


@routes.get("/care/o", access=Access.CARE)
def house_objections(request: Ask) -> Response[bytes]:
    return _list(request, b"")


@routes.get("/c/{cid:str}/care/o", access=Access.ACCOUNT)
def community_objections(request: Ask, cid: str) -> Response[bytes]:
    return _list(request, read_id(cid, COMMUNITY_ID_SIZE))


@routes.get("/care/o/{appeal:str}", access=Access.ACCOUNT)
def open_objection(request: Ask, appeal: str) -> Response[bytes]:
    return _one(request, read_id(appeal, _ID_SIZE))


@routes.post("/care/o/{appeal:str}", access=Access.ACCOUNT, limit="decide")
def answer(request: Ask, appeal: str) -> Response[bytes]:
    raw, new = read_id(appeal, _ID_SIZE), forms.read_answer(request.form)
    try:
        with request.db.write() as uow:
            found = commands.answer_appeal(uow, request.viewer, request.keys, raw, new=new)
    except Invalid as trouble:
        return _one(request, raw, trouble)
    request.site.held.refresh()
    return see_other(f"{found.decision.desk}/o")


def _mine(request: Ask, decision: bytes, trouble: Invalid | None = None) -> Response[bytes]:
    with request.db.read() as db:
        found = queries.get_concerned(db, request.viewer, request.keys, decision)
        leads = _leads(db, request, found.decision)
    return page(
        request,
        "care/objection.html",
        status=422 if trouble else 200,
        found=found,
        leads=leads,
        verdict=rules.may_appeal(found),
        answer_days=ANSWER_DAYS,
        form=request.form.typed,
        wrong=trouble.fields if trouble else {},
    )


def _leads(db: Read, request: Ask, decision: Decision) -> bool:
    """Whether she finds the words there: a thread may have moved, and what another name of hers told lies with that."""
    if decision.kind == Thing.STORY:
        story = stories.find_judged(db, decision.object)
        return story is not None and may_read(request.viewer, story)
    return decision.tid is not None and discussions.find_thread(db, request.viewer, decision.tid) is not None


def _list(request: Ask, cid: bytes) -> Response[bytes]:
    with request.db.read() as db:
        place = queries.get_place(db, request.viewer, cid)
        found = queries.waiting_appeals(db, request.viewer, request.keys, place)
    return page(request, "care/objections.html", place=place, found=found)


def _one(request: Ask, appeal: bytes, trouble: Invalid | None = None) -> Response[bytes]:
    with request.db.read() as db:
        found = queries.get_disputed(db, request.viewer, request.keys, appeal)
    return page(
        request,
        "care/answer.html",
        status=422 if trouble else 200,
        found=found,
        verdict=rules.may_answer(request.viewer, found),
        form=request.form.typed,
        wrong=trouble.fields if trouble else {},
    )
