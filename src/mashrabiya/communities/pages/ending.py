"""Archiving a place, and closing it: by those who run it, the second with name and passphrase."""

from mashrabiya.communities import commands, queries, rules
from mashrabiya.communities.types import CLOSING_DAYS, ID_SIZE
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.people.pages.again import unlock_again
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()


@routes.get("/c/{cid:str}/end", access=Access.PERSONA)
def consider_ending(request: Ask, cid: str) -> Response[bytes]:
    return _page(request, cid)


@routes.post("/c/{cid:str}/end/archive", access=Access.PERSONA, limit="settings")
def archive(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        on = request.form.text("on") == "1"
        commands.archive(uow, request.viewer, read_id(cid, ID_SIZE), on=on)
    return see_other(f"/c/{cid}/end")


@routes.post("/c/{cid:str}/end/close", access=Access.PERSONA, limit="passphrase")
def close(request: Ask, cid: str) -> Response[bytes]:
    with request.db.read() as db:
        community = queries.get_community(db, request.viewer, read_id(cid, ID_SIZE))
    rules.may_call_off(request.viewer, community).or_raise()
    try:
        unlock_again(request)
    except Invalid as wrong:
        return _page(request, cid, wrong)
    with request.db.write() as uow:
        commands.close(uow, request.viewer, community.id)
    return see_other(f"/c/{cid}/end")


@routes.post("/c/{cid:str}/end/off", access=Access.PERSONA, limit="settings")
def call_off(request: Ask, cid: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.call_off(uow, request.viewer, read_id(cid, ID_SIZE))
    return see_other(f"/c/{cid}/end")


def _page(request: Ask, cid: str, wrong: Invalid | None = None) -> Response[bytes]:
    viewer = request.viewer
    with request.db.read() as db:
        community = queries.get_community(db, viewer, read_id(cid, ID_SIZE))
        rules.may_archive(viewer, community).or_raise()
        running = queries.running(db, community.id)
    others = running.others(viewer.siblings)
    return page(
        request,
        "communities/end.html",
        status=422 if wrong else 200,
        community=community,
        days=CLOSING_DAYS,
        alone=not others,
        asked=any(one.waits for one in others),
        asks=any(one.waits for one in running.wishes if one.pid in viewer.siblings),
        may_lay_down=rules.may_lay_down(viewer, community, running).allowed,
        form=request.form.typed,
        wrong=wrong.fields if wrong else {},
    )
