"""How unnamed writing is in a community: the keys of its care team, and what two change together."""

from mashrabiya.care import commands, forms, queries
from mashrabiya.care.types import Joint
from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.communities.types import AnonMode
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()

_ID_SIZE = 16


@routes.get("/c/{cid:str}/care/u", access=Access.PERSONA)
def unnamed_here(request: Ask, cid: str) -> Response[bytes]:
    return _page(request, cid)


@routes.post("/c/{cid:str}/care/u", access=Access.PERSONA, limit="decide")
def propose(request: Ask, cid: str) -> Response[bytes]:
    raw, new = read_id(cid, COMMUNITY_ID_SIZE), forms.read_mode(request.form)
    try:
        with request.db.write() as uow:
            commands.propose_mode(uow, request.viewer, raw, new)
    except Invalid as trouble:
        return _page(request, cid, trouble)
    return see_other(f"/c/{cid}/care/u")


@routes.post("/c/{cid:str}/care/k", access=Access.PERSONA, limit="settings")
def hold_key(request: Ask, cid: str) -> Response[bytes]:
    """Take a care key with the persona in use, or give it back."""
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    with request.db.write() as uow:
        place = queries.get_place(uow, viewer, raw)
        if request.form.text("hold") == "0":
            communities.give_key_back(uow, viewer, raw)
        else:
            communities.take_key(uow, viewer, raw, house=not place.runs)
    return see_other(f"/c/{cid}/care/u")


@routes.post("/care/p/{proposal:str}", access=Access.PERSONA, limit="decide")
def agree(request: Ask, proposal: str) -> Response[bytes]:
    """Be the second who wants it so; or take an own proposal back."""
    raw, viewer = read_id(proposal, _ID_SIZE), request.viewer
    with request.db.write() as uow:
        if request.form.text("wish") == "withdraw":
            cid = commands.withdraw(uow, viewer, raw).cid
        else:
            cid = commands.agree(uow, viewer, raw).id
    return see_other(f"/c/{show_id(cid)}/care/u" if cid else "/care")


def _page(request: Ask, cid: str, trouble: Invalid | None = None) -> Response[bytes]:
    raw, viewer = read_id(cid, COMMUNITY_ID_SIZE), request.viewer
    with request.db.read() as db:
        place = queries.get_place(db, viewer, raw)
        state = community_queries.key_state(db, viewer, raw)
        waiting = queries.find_proposal(db, Joint.ANON_MODE, raw)
    may = state.is_accountable or community_rules.may_be_accountable(request.house, state.held).allowed
    return page(
        request,
        "care/unnamed.html",
        status=422 if trouble else 200,
        place=place,
        state=state,
        waiting=waiting,
        proposed=AnonMode(waiting.carry[0]).name.lower() if waiting else "",
        own=waiting is not None and waiting.pid in viewer.siblings,
        may_propose=may,
        forbidden=request.house.sealed_only,
        may_hold=community_rules.may_hold_key(state.held, other=bool(state.kin)).allowed,
        form=request.form.typed,
        wrong=trouble.fields if trouble else {},
    )
