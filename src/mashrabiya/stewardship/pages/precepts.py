"""Doors of the automatic rules: those of the house for its hosts, those of a community for whoever runs it."""

from mashrabiya.communities import queries as communities
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import ID_SIZE, CommunityFacts
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other
from mashrabiya.safety import queries as safety
from mashrabiya.safety.forms import filled_with, read_precept
from mashrabiya.safety.types import PRECEPT_ID_SIZE, Act, Precept, Standing
from mashrabiya.stewardship import commands, queries
from mashrabiya.stewardship.types import Trial

routes = Routes()
HOUSE = "/o/r"
PLACE = "/c/{cid:str}/r"


@routes.get(HOUSE, access=Access.HOST)
def of_house(request: Ask) -> Response[bytes]:
    return _list(request)


@routes.get(PLACE, access=Access.PERSONA)
def of_place(request: Ask, cid: str) -> Response[bytes]:
    return _list(request, cid)


@routes.get(f"{HOUSE}/new", access=Access.HOST)
def begin_for_house(request: Ask) -> Response[bytes]:
    return _form(request)


@routes.get(f"{PLACE}/new", access=Access.PERSONA)
def begin_for_place(request: Ask, cid: str) -> Response[bytes]:
    return _form(request, cid)


@routes.post(f"{HOUSE}/new", access=Access.HOST, limit="settings")
def add_to_house(request: Ask) -> Response[bytes]:
    return _save(request)


@routes.post(f"{PLACE}/new", access=Access.PERSONA, limit="settings")
def add_to_place(request: Ask, cid: str) -> Response[bytes]:
    return _save(request, cid)


@routes.get(f"{HOUSE}/{{precept:str}}", access=Access.HOST)
def one_of_house(request: Ask, precept: str) -> Response[bytes]:
    return _form(request, "", precept)


@routes.get(f"{PLACE}/{{precept:str}}", access=Access.PERSONA)
def one_of_place(request: Ask, cid: str, precept: str) -> Response[bytes]:
    return _form(request, cid, precept)


@routes.post(f"{HOUSE}/{{precept:str}}", access=Access.HOST, limit="settings")
def change_for_house(request: Ask, precept: str) -> Response[bytes]:
    return _save(request, "", precept)


@routes.post(f"{PLACE}/{{precept:str}}", access=Access.PERSONA, limit="settings")
def change_for_place(request: Ask, cid: str, precept: str) -> Response[bytes]:
    return _save(request, cid, precept)


@routes.post(f"{HOUSE}/{{precept:str}}/on", access=Access.HOST, limit="settings")
def switch_for_house(request: Ask, precept: str) -> Response[bytes]:
    return _switch(request, "", precept)


@routes.post(f"{PLACE}/{{precept:str}}/on", access=Access.PERSONA, limit="settings")
def switch_for_place(request: Ask, cid: str, precept: str) -> Response[bytes]:
    return _switch(request, cid, precept)


@routes.post(f"{HOUSE}/{{precept:str}}/d", access=Access.HOST, limit="settings")
def delete_from_house(request: Ask, precept: str) -> Response[bytes]:
    return _delete(request, "", precept)


@routes.post(f"{PLACE}/{{precept:str}}/d", access=Access.PERSONA, limit="settings")
def delete_from_place(request: Ask, cid: str, precept: str) -> Response[bytes]:
    return _delete(request, cid, precept)


def _list(request: Ask, cid: str = "") -> Response[bytes]:
    with request.db.read() as db:
        community = _place(db, request, cid)
        standing = safety.precepts(db, request.keys, community.id if community else None)
        changes = safety.precept_changes(db, community.id if community else None)
    return page(
        request,
        "stewardship/precepts.html",
        base=_base(cid),
        on_route=(PLACE if cid else HOUSE) + "/{precept:str}/on",
        community=community,
        precepts=standing,
        changes=changes,
    )


def _form(
    request: Ask,
    cid: str = "",
    precept: str = "",
    *,
    wrong: dict[str, str] | None = None,
    trial: Trial | None = None,
) -> Response[bytes]:
    """The form of a rule: a new one, or one that stands; with what was typed where that was not taken."""
    with request.db.read() as db:
        community = _place(db, request, cid)
        standing = _standing(db, request, community, precept) if precept else None
    form = request.form.typed or (filled_with(standing) if standing else {"kind": "words", "act": "nudge"})
    return page(
        request,
        "stewardship/precept.html",
        status=422 if wrong else 200,
        base=_base(cid),
        route=(PLACE if cid else HOUSE) + ("/{precept:str}" if precept else "/new"),
        community=community,
        precept=standing,
        form=form,
        wrong=wrong or {},
        trial=trial,
        kinds=[
            (one.code, f"precept.kind_{one.code}", f"precept.help_{one.code}")
            for one in Precept
            if not cid or one != Precept.NAMES
        ],
        acts=[(one.code, f"precept.act_{one.code}", f"precept.does_{one.code}") for one in Act],
        notes=[(int(one), one.code) for one in Note],
    )


def _save(request: Ask, cid: str = "", precept: str = "") -> Response[bytes]:
    raw = read_id(cid, ID_SIZE) if cid else None
    new = read_precept(request.form, raw, read_id(precept, PRECEPT_ID_SIZE) if precept else b"")
    try:
        if request.form.flag("_try"):
            with request.db.read() as db:
                _place(db, request, cid)
                trial = queries.try_out(db, request.viewer, new, request.form.text("_try"))
            return _form(request, cid, precept, trial=trial)
        with request.db.write() as uow:
            commands.keep_precept(uow, request.viewer, request.keys, new, submission=request.form.submission)
    except Invalid as wrong:
        return _form(request, cid, precept, wrong=wrong.fields)
    return _after(request, cid)


def _switch(request: Ask, cid: str, precept: str) -> Response[bytes]:
    raw, which = read_id(cid, ID_SIZE) if cid else None, read_id(precept, PRECEPT_ID_SIZE)
    on = request.form.text("on") == "1"
    with request.db.write() as uow:
        commands.switch_precept(uow, request.viewer, request.keys, (raw, which), on=on)
    return _after(request, cid)


def _delete(request: Ask, cid: str, precept: str) -> Response[bytes]:
    raw, which = read_id(cid, ID_SIZE) if cid else None, read_id(precept, PRECEPT_ID_SIZE)
    with request.db.write() as uow:
        commands.delete_precept(uow, request.viewer, request.keys, (raw, which))
    return _after(request, cid)


def _after(request: Ask, cid: str) -> Response[bytes]:
    request.site.held.refresh()
    return see_other(_base(cid))


def _base(cid: str) -> str:
    return f"/c/{cid}/r" if cid else HOUSE


def _place(db: Read, request: Ask, cid: str) -> CommunityFacts | None:
    """The community whose rules she may make; none where they are the house's, whose door has asked."""
    if not cid:
        return None
    community = communities.get_community(db, request.viewer, read_id(cid, ID_SIZE))
    community_rules.may_edit(request.viewer, community).or_raise()
    return community


def _standing(db: Read, request: Ask, community: CommunityFacts | None, precept: str) -> Standing:
    which = read_id(precept, PRECEPT_ID_SIZE)
    for one in safety.precepts(db, request.keys, community.id if community else None):
        if one.id == which:
            return one
    raise NotFound
