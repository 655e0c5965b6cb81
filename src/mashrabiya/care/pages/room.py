"""The room of those who care for a place: talking, wishing for somebody to talk with, saying that one is here."""

from mashrabiya.care import commands, forms, queries
from mashrabiya.care.types.room import ROOM_DAYS
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()

_ID_SIZE = 16
_HOUSE, _PLACE = "/care/m", "/c/{cid:str}/care/m"


@routes.get(_HOUSE, access=Access.CARE)
def room_of_house(request: Ask) -> Response[bytes]:
    return _page(request, b"")


@routes.post(_HOUSE, access=Access.CARE, limit="decide")
def say_in_house(request: Ask) -> Response[bytes]:
    return _say(request, b"")


@routes.post("/care/m/{line:str}", access=Access.CARE, limit="decide")
def act_in_house(request: Ask, line: str) -> Response[bytes]:
    return _act(request, b"", line)


@routes.get(_PLACE, access=Access.ACCOUNT)
def room_of_place(request: Ask, cid: str) -> Response[bytes]:
    return _page(request, read_id(cid, COMMUNITY_ID_SIZE))


@routes.post(_PLACE, access=Access.ACCOUNT, limit="decide")
def say_in_place(request: Ask, cid: str) -> Response[bytes]:
    return _say(request, read_id(cid, COMMUNITY_ID_SIZE))


@routes.post("/c/{cid:str}/care/m/{line:str}", access=Access.ACCOUNT, limit="decide")
def act_in_place(request: Ask, cid: str, line: str) -> Response[bytes]:
    return _act(request, read_id(cid, COMMUNITY_ID_SIZE), line)


def _say(request: Ask, cid: bytes) -> Response[bytes]:
    new = forms.read_line(request.form)
    try:
        with request.db.write() as uow:
            place = commands.say_in_room(uow, request.viewer, request.keys, cid, new=new)
    except Invalid as trouble:
        return _page(request, cid, trouble)
    return see_other(f"{place.path}/m")


def _act(request: Ask, cid: bytes, line: str) -> Response[bytes]:
    raw = read_id(line, _ID_SIZE)
    act = commands.take_back_line if request.form.text("wish") == "delete" else commands.meet_in_room
    with request.db.write() as uow:
        place = act(uow, request.viewer, cid, raw)
    return see_other(f"{place.path}/m")


def _page(request: Ask, cid: bytes, trouble: Invalid | None = None) -> Response[bytes]:
    with request.db.read() as db:
        place = queries.get_room(db, request.viewer, cid)
        said = queries.lines(db, request.viewer, request.keys, place)
    return page(
        request,
        "care/room.html",
        status=422 if trouble else 200,
        place=place,
        lines=said,
        kept_days=ROOM_DAYS,
        route=_PLACE if place.id else _HOUSE,
        form=request.form.typed,
        wrong=trouble.fields if trouble else {},
    )
