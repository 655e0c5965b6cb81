"""The JSON doors of the discussions: the same queries and commands as the pages."""

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import commands, forms, queries
from mashrabiya.discussions.schemas import (
    HomeOut,
    ListOut,
    PlacedOut,
    PlaceOut,
    ReplyIn,
    ThreadOut,
    ThreadPageOut,
)
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, answer_json

routes = Routes()


@routes.api("GET", "/api/home", access=Access.ACCOUNT, gives=HomeOut, asks=("after",))
def home(request: Ask) -> Response[bytes]:
    viewer, now = request.viewer, clock.now()
    with request.db.read() as db:
        mine = community_queries.my_communities(db, viewer)
        waiting = queries.waiting(db, viewer)
        threads = queries.home_threads(db, viewer, request.query("after"))
    answer = HomeOut(
        [PlaceOut(show_id(card.id), card.name) for card in mine],
        [ThreadOut.of(row, now) for row in waiting],
        [ThreadOut.of(row, now) for row in threads.rows],
        threads.after,
    )
    return answer_json(request, answer)


@routes.api("GET", "/api/t", access=Access.ANYONE, gives=ListOut, asks=("after",))
def latest(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        threads = queries.latest(db, request.viewer, request.query("after"))
    return answer_json(request, ListOut.of(threads, clock.now()))


@routes.api("GET", "/api/t/{tid:str}", access=Access.ANYONE, gives=ThreadPageOut, asks=("n",))
def thread(request: Ask, tid: str) -> Response[bytes]:
    number = forms.number(request.query("n"))
    with request.db.read() as db:
        found = queries.thread_page(db, request.viewer, read_id(tid, ID_SIZE), number)
    return answer_json(request, ThreadPageOut.of(found, clock.now()))


@routes.api(
    "POST",
    "/api/t/{tid:str}",
    access=Access.ACCOUNT,
    limit="reply",
    takes=ReplyIn,
    gives=PlacedOut,
    fails=(Refused,),
    status=201,
)
def reply(request: Ask, tid: str) -> Response[bytes]:
    raw, new = read_id(tid, ID_SIZE), request.sent(ReplyIn).read()
    with request.db.write() as uow:
        placed = commands.reply(uow, request.viewer, raw, new)
    return answer_json(request, PlacedOut.of(placed), status=201)
