"""Handing a place on: asking a member, and answering."""

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.types import ID_SIZE, OFFER_DAYS
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/c/{cid:str}/hand", access=Access.PERSONA)
def consider_handing_on(request: Ask, cid: str) -> Response[bytes]:
    return _page(request, cid)


@routes.post("/c/{cid:str}/hand", access=Access.PERSONA, limit="settings")
def hand_on(request: Ask, cid: str) -> Response[bytes]:
    raw, viewer, name = read_id(cid, ID_SIZE), request.viewer, request.form.text("name")
    back = request.form.text("wish") == "withdraw"
    try:
        with request.db.write() as uow:
            if _is_unrun(request, uow, raw):
                commands.offer_unrun(uow, viewer, raw, name)
            else:
                (commands.take_offer_back if back else commands.offer)(uow, viewer, raw, name)
    except Invalid as wrong:
        return _page(request, cid, wrong)
    return see_other(f"/c/{cid}/hand?done=1" if not back else f"/c/{cid}/hand")


@routes.post("/c/{cid:str}/hand/answer", access=Access.PERSONA, limit="settings")
def answer(request: Ask, cid: str) -> Response[bytes]:
    raw, yes = read_id(cid, ID_SIZE), request.form.text("wish") == "yes"
    with request.db.write() as uow:
        (commands.take_over if yes else commands.decline)(uow, request.viewer, raw)
    return see_other(f"/c/{cid}")


@routes.post("/c/{cid:str}/hand/down", access=Access.PERSONA, limit="settings")
def lay_down(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.lay_down(uow, request.viewer, read_id(cid, ID_SIZE))
    return see_other(f"/c/{cid}")


def _is_unrun(request: Ask, db: Read, cid: bytes) -> bool:
    """Whether the viewer asks for the house's care team: where she runs the place herself, she asks for that."""
    found = queries.find_community(db, request.viewer, cid)
    return request.viewer.has(CARE) and not (found is not None and found.hosts)


def _page(request: Ask, cid: str, wrong: Invalid | None = None) -> Response[bytes]:
    raw, viewer = read_id(cid, ID_SIZE), request.viewer
    with request.db.read() as db:
        found = queries.find_community(db, viewer, raw)
        runs = found is not None and rules.may_hand_on(viewer, found).allowed
        name = found.name if found is not None and runs else queries.unrun_name(db, viewer, raw)
        asked = queries.offered(db, raw)
    return page(
        request,
        "communities/hand.html",
        status=422 if wrong else 200,
        name=name,
        to=f"/c/{cid}/hand",
        back=f"/c/{cid}/end" if runs else "/care",
        runs=runs,
        asked=asked,
        days=OFFER_DAYS,
        done=request.query("done") == "1",
        form=request.form.typed,
        wrong=wrong.fields if wrong else {},
    )
