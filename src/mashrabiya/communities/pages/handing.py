"""Giving a role, and handing a place on: asking a member, answering, ending it."""

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.forms import roles as forms
from mashrabiya.communities.types import ID_SIZE, OFFER_DAYS
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import CARE
from mashrabiya.platform.db import Read, Write
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/c/{cid:str}/who", access=Access.ANYONE)
def who_cares(request: Ask, cid: str) -> Response[bytes]:
    return _who(request, cid)


@routes.get("/c/{cid:str}/hand", access=Access.PERSONA)
def consider_handing_on(request: Ask, cid: str) -> Response[bytes]:
    return _page(request, cid)


@routes.post("/c/{cid:str}/hand", access=Access.PERSONA, limit="settings")
def hand_on(request: Ask, cid: str) -> Response[bytes]:
    raw, wish = read_id(cid, ID_SIZE), request.form.choice("wish", ("offer", "withdraw", "end"), "offer")
    try:
        with request.db.write() as uow:
            _do(request, uow, raw, wish)
    except Invalid as wrong:
        return _page(request, cid, wrong)
    return see_other({"offer": f"/c/{cid}/hand?done=1", "end": f"/c/{cid}/who"}.get(wish, f"/c/{cid}/hand"))


@routes.post("/c/{cid:str}/hand/answer", access=Access.PERSONA, limit="settings")
def answer(request: Ask, cid: str) -> Response[bytes]:
    raw = read_id(cid, ID_SIZE)
    with request.db.write() as uow:
        if request.form.text("wish") == "yes":
            commands.take_over(uow, request.viewer, raw, forms.read_asked(request.form))
        else:
            commands.decline(uow, request.viewer, raw)
    return see_other(f"/c/{cid}")


@routes.post("/c/{cid:str}/hand/down", access=Access.PERSONA, limit="settings")
def lay_down(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.lay_down(uow, request.viewer, read_id(cid, ID_SIZE))
    return see_other(f"/c/{cid}")


def _do(request: Ask, uow: Write, cid: bytes, wish: str) -> None:
    viewer, name = request.viewer, request.form.text("name")
    if _is_unrun(request, uow, cid):
        commands.offer_unrun(uow, viewer, cid, name)
    elif wish == "offer":
        commands.offer(uow, viewer, cid, name, asked=forms.read_asked(request.form))
    else:
        (commands.end_early if wish == "end" else commands.take_offer_back)(uow, viewer, cid, name)


def _is_unrun(request: Ask, db: Read, cid: bytes) -> bool:
    """Whether the viewer asks for the house's care team: where she runs the place herself, she asks for that."""
    found = queries.find_community(db, request.viewer, cid)
    return request.viewer.has(CARE) and not (found is not None and found.hosts)


def _who(request: Ask, cid: str) -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        community = queries.get_community(db, viewer, read_id(cid, ID_SIZE))
        rules.may_read(viewer, community).or_raise()
        holders = queries.holders(db, viewer, community.id)
    return page(request, "communities/who.html", community=community, holders=holders)


def _page(request: Ask, cid: str, wrong: Invalid | None = None) -> Response[bytes]:
    raw, viewer = read_id(cid, ID_SIZE), request.viewer
    with request.db.read() as db:
        found = queries.find_community(db, viewer, raw)
        verdict = rules.may_hand_on(viewer, found) if found is not None else rules.NO_PERSONA
        if verdict == rules.OVER and not viewer.has(CARE):
            raise Refused(rules.OVER.why)
        runs = verdict.allowed
        name = found.name if found is not None and runs else queries.unrun_name(db, viewer, raw)
        asked = queries.offered(db, raw)
    return page(
        request,
        "communities/hand.html",
        status=422 if wrong else 200,
        name=name,
        to=f"/c/{cid}/hand",
        back=f"/c/{cid}/who" if runs else "/care",
        runs=runs,
        asked=asked,
        days=OFFER_DAYS,
        roles=forms.roles(),
        terms=forms.terms(),
        done=request.query("done") == "1",
        form=forms.blank() | request.form.typed,
        wrong=wrong.fields if wrong else {},
    )
