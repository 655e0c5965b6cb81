"""What the person concerned reads, in her own session and nowhere else."""

from mashrabiya.care import forms, queries
from mashrabiya.care.types import Act
from mashrabiya.communities.types import ID_SIZE as COMMUNITY_ID_SIZE
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id
from mashrabiya.platform import markdown
from mashrabiya.platform.web import Access, Ask, Response, Routes, page
from mashrabiya.safety.types import Thing

routes = Routes()


@routes.get("/t/{tid:str}/y/{n:str}", access=Access.ACCOUNT)
def why_withheld(request: Ask, tid: str, n: str) -> Response[bytes]:
    raw = read_id(tid, ID_SIZE)
    with request.db.read() as db:
        thread, post = discussions.get_withheld(db, request.viewer, raw, forms.place(n))
        decided = [
            one
            for one in queries.on_thing(db, Thing.POST, post.id)
            if one.stands and not (one.act == Act.KEEP or one.act.in_place)
        ]
        hung = discussions.pictures_of(db, post.id)
        (html,) = discussions.drawn_texts(db, request.viewer, [markdown.render(post.whole)])
    return page(
        request,
        "care/withheld.html",
        thread=thread,
        post=post,
        html=html,
        hung=hung,
        decided=decided,
    )


@routes.get("/me/closed", access=Access.ACCOUNT)
def all_closed(request: Ask) -> Response[bytes]:
    """Also of places whose page she cannot open any more: elsewhere she would find nothing."""
    cases = request.site.held["guards"].all_cases(request.viewer)
    if not cases:
        raise NotFound
    with request.db.read() as db:
        decided = queries.find_decisions(db, list(cases))
    return page(request, "care/closed.html", decided=[(one, cases[one.id]) for one in decided])


@routes.get("/c/{cid:str}/y", access=Access.ACCOUNT)
def why_excluded(request: Ask, cid: str) -> Response[bytes]:
    raw, guards = read_id(cid, COMMUNITY_ID_SIZE), request.site.held["guards"]
    case = guards.community_case(raw, request.viewer)
    unnamed = None if case else guards.unnamed_case(raw, request.viewer)
    found = case or unnamed
    if found is None:
        raise NotFound
    with request.db.read() as db:
        decision = queries.find_decision(db, found)
    if decision is None:
        raise NotFound
    return page(request, "care/excluded.html", decision=decision, unnamed=unnamed is not None)
