"""Learning which persona wrote an unnamed post, by two; and what that person is told."""

from mashrabiya.care import commands, forms, queries
from mashrabiya.care.types import Act
from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety.types import Thing

routes = Routes()

_ID_SIZE = 16


@routes.get("/care/{report:str}/l", access=Access.PERSONA)
def about_learning(request: Ask, report: str) -> Response[bytes]:
    return _page(request, read_id(report, _ID_SIZE))


@routes.post("/care/{report:str}/l", access=Access.PERSONA, limit="decide")
def learn(request: Ask, report: str) -> Response[bytes]:
    """Be the first of two, or the second. What the second learns is in this one answer, and nowhere else."""
    raw, new = read_id(report, _ID_SIZE), forms.read_learning(request.form)
    try:
        with request.db.write() as uow:
            if request.form.text("wish") == "withdraw":
                commands.withdraw(uow, request.viewer, new.proposal)
                return see_other(f"/care/{report}/l")
            if not new.proposal:
                commands.ask_to_learn(uow, request.viewer, raw, new)
                return see_other(f"/care/{report}/l")
            face = commands.learn(uow, request.viewer, raw, new)
            case = queries.get_case(uow, request.viewer, raw)
    except Invalid as trouble:
        return _page(request, raw, trouble)
    return page(request, "care/learned.html", case=case, face=face)


@routes.get("/t/{tid:str}/u", access=Access.ACCOUNT)
def told(request: Ask, tid: str) -> Response[bytes]:
    """To the person herself: that it was learned, when and why."""
    with request.db.read() as db:
        learned, post = discussions.get_told(db, request.viewer, read_id(tid, ID_SIZE))
        decided = [one for one in queries.on_thing(db, Thing.POST, learned.post) if one.act == Act.LEARN]
    return page(request, "care/told.html", learned=learned, post=post, decided=decided)


def _page(request: Ask, report: bytes, trouble: Invalid | None = None) -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        case = queries.get_case(db, viewer, report)
        if case.post is None or not case.post.is_accountable:
            raise NotFound
        there = bool(discussions.author_boxes(db, case.object))
        holds = community_queries.holds_key(db, case.place.id, viewer.pid)
        waiting = queries.find_learning(db, case.object)
    return page(
        request,
        "care/learn.html",
        status=422 if trouble else 200,
        case=case,
        there=there,
        holds=holds,
        waiting=waiting,
        own=waiting is not None and waiting.pid in viewer.siblings,
        form=request.form.typed,
        wrong=trouble.fields if trouble else {},
    )
