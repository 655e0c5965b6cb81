"""Doors of the communities: the list, joining, leaving, founding, editing.

The page of one community shows its threads, so discussions own that address.
"""

from mashrabiya.communities import commands, forms, queries, rules
from mashrabiya.communities.types import ID_SIZE
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform import submissions
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/c", access=Access.ANYONE)
def list_communities(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        cards = queries.listing(db, request.viewer)
    return page(
        request,
        "communities/list.html",
        mine=[card for card in cards if card.belongs],
        others=[card for card in cards if not card.belongs],
        may_found=rules.may_found(request.viewer).allowed,
    )


@routes.get("/c/new", access=Access.HOST)
def begin_community(request: Ask) -> Response[bytes]:
    house = request.house
    form = forms.blank(request.viewer.tongue.language, house.retention_days)
    offered = forms.retentions(house.retention_days)
    return page(request, "communities/found.html", form=form, wrong={}, retentions=offered)


@routes.post("/c/new", access=Access.HOST, limit="settings")
def found_community(request: Ask) -> Response[bytes]:
    try:
        new = forms.read_community(request.form, request.house)
    except Invalid as wrong:
        return page(
            request,
            "communities/found.html",
            status=422,
            form=request.form.typed,
            wrong=wrong.fields,
            submission=request.form.submission,
            retentions=forms.retentions(request.house.retention_days),
        )
    typed = request.form.words.values()
    with request.db.write() as uow:
        cid = submissions.seen(uow, request.form.submission, *typed)
        if cid is None:
            cid = commands.found(uow, request.viewer, new)
            submissions.keep(uow, request.form.submission, cid, *typed)
    # While the house is being set up, founding is one of its steps.
    return see_other(f"/c/{show_id(cid)}" if request.house.open else "/o/6")


@routes.post("/c/{cid:str}/in", access=Access.PERSONA, limit="join")
def join(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.join(uow, request.viewer, read_id(cid, ID_SIZE))
    return see_other(f"/c/{cid}")


@routes.get("/c/{cid:str}/out", access=Access.PERSONA)
def ask_to_leave(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community = queries.get_community(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may_leave(request.viewer, community).or_raise()
    return page(request, "communities/leave.html", community=community)


@routes.post("/c/{cid:str}/out", access=Access.PERSONA, limit="join")
def leave(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.leave(uow, request.viewer, read_id(cid, ID_SIZE))
    return see_other("/c")


@routes.get("/c/{cid:str}/edit", access=Access.PERSONA)
def begin_edit(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community = queries.get_community(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may_edit(request.viewer, community).or_raise()
    return page(
        request,
        "communities/edit.html",
        community=community,
        form=forms.as_typed(community),
        wrong={},
        retentions=forms.retentions(request.house.retention_days),
    )


@routes.post("/c/{cid:str}/edit", access=Access.PERSONA, limit="settings")
def edit(request: Ask, cid: str) -> Response[bytes]:
    raw = read_id(cid, ID_SIZE)
    try:
        new = forms.read_community(request.form, request.house)
    except Invalid as wrong:
        return _edit_again(request, raw, wrong)
    with request.db.write() as uow:
        commands.edit(uow, request.viewer, raw, new)
    return see_other(f"/c/{cid}")


def _edit_again(request: Ask, cid: bytes, wrong: Invalid) -> Response[bytes]:
    with request.db.read() as db:
        community = queries.get_community(db, request.viewer, cid)
    rules.may_edit(request.viewer, community).or_raise()
    return page(
        request,
        "communities/edit.html",
        status=422,
        community=community,
        form=request.form.typed,
        wrong=wrong.fields,
        retentions=forms.retentions(request.house.retention_days),
    )
