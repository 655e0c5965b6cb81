"""The JSON doors of the discussions: the same queries and commands as the pages."""

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.types import TAG_REF_SIZE
from mashrabiya.discussions import commands, flows, forms, queries
from mashrabiya.discussions.schemas import (
    HelpedIn,
    HelpedOut,
    HomeOut,
    ListOut,
    PlacedOut,
    PlaceOut,
    ReplyIn,
    ThreadOut,
    ThreadPageOut,
    TranslationIn,
    TranslationsOut,
)
from mashrabiya.discussions.types import ID_SIZE, POST_ID_SIZE, Filters
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound, Refused, SecondLook
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.platform.web import Access, Ask, Response, Routes, answer_json
from mashrabiya.platform.web.pictures import kept_picture
from mashrabiya.safety.commands import RULEBOOK
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.screening import traces_but
from mashrabiya.safety.trust.newcomers import Newcomers

routes = Routes()


@routes.api("GET", "/api/home", access=Access.ACCOUNT, gives=HomeOut, asks=("after", "only", "in"))
def home(request: Ask) -> Response[bytes]:
    viewer, now = request.viewer, clock.now()
    with request.db.read() as db:
        mine = community_queries.my_communities(db, viewer)
        waiting = queries.waiting(db, viewer)
        threads = queries.home_threads(db, viewer, request.query("after"), filters=_filters(request))
    answer = HomeOut(
        [PlaceOut(show_id(card.id), card.name) for card in mine],
        [ThreadOut.of(row, now) for row in waiting],
        [ThreadOut.of(row, now) for row in threads.rows],
        threads.after,
    )
    return answer_json(request, answer)


@routes.api("GET", "/api/t", access=Access.ANYONE, gives=ListOut, asks=("after", "only", "in"))
def latest(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        threads = queries.latest(db, request.viewer, request.query("after"), filters=_filters(request))
    return answer_json(request, ListOut.of(threads, clock.now()))


@routes.api("GET", "/api/l/{tag:str}", access=Access.ANYONE, gives=ListOut, asks=("after", "only", "in"))
def tagged(request: Ask, tag: str) -> Response[bytes]:
    """The threads of one tag in every place that may be read; a tag that none of them has is not found."""
    ref = read_id(tag, TAG_REF_SIZE)
    with request.db.read() as db:
        if not community_queries.offered_tags(db, request.viewer, [ref]):
            raise NotFound
        after, filters = request.query("after"), _filters(request)
        threads = queries.threads_of_tag(db, request.viewer, ref, after, filters=filters)
    return answer_json(request, ListOut.of(threads, clock.now()))


@routes.api(
    "GET", "/api/t/{tid:str}", access=Access.ANYONE, gives=ThreadPageOut, asks=("n", "kind", "only", "all")
)
def thread(request: Ask, tid: str) -> Response[bytes]:
    asked = request.query
    number, sought = forms.number(asked("n")), forms.sought(asked("kind"), asked("only"), asked("all"))
    with request.db.read() as db:
        found = queries.thread_page(db, request.viewer, read_id(tid, ID_SIZE), number, sought=sought)
    return answer_json(request, ThreadPageOut.of(found, clock.now()))


@routes.api("GET", "/api/m/{file:str}", access=Access.ANYONE, slow=True, gives=bytes, media="image/webp")
def picture(request: Ask, file: str) -> Response[bytes]:
    """A picture in one of its sizes, where its post may be read."""
    shown, _, size = file.partition(".")
    name = read_id(shown, ID_SIZE)
    with request.db.read() as db:
        queries.authorise_picture(db, request.viewer, name)
    return kept_picture(request, name, size)


@routes.api(
    "POST",
    "/api/t/{tid:str}",
    access=Access.ACCOUNT,
    limit="reply",
    brief=True,
    takes=ReplyIn,
    gives=PlacedOut,
    fails=(Refused, SecondLook),
    status=201,
)
def reply(request: Ask, tid: str) -> Response[bytes]:
    raw, sent = read_id(tid, ID_SIZE), request.sent(ReplyIn)
    new = sent.read()
    _look(request, raw, new.body, seen=sent.seen)
    newcomers: Newcomers = request.site.rooms["newcomers"]
    allowed = newcomers.allowance(request.viewer)
    watch = Watch(request.site.held[RULEBOOK], seen=sent.seen, cares=True)
    with request.db.write() as uow:
        placed = commands.reply(uow, request.viewer, raw, new, allowed=allowed, watch=watch)
    return answer_json(request, PlacedOut.of(placed), status=201)


@routes.api(
    "POST",
    "/api/t/{tid:str}/h/{post:str}",
    access=Access.ACCOUNT,
    limit="react",
    brief=True,
    takes=HelpedIn,
    gives=HelpedOut,
    fails=(Refused,),
)
def helped(request: Ask, tid: str, post: str) -> Response[bytes]:
    ids = read_id(tid, ID_SIZE), read_id(post, POST_ID_SIZE)
    wish = request.sent(HelpedIn).helped
    with request.db.write() as uow:
        marked = commands.mark_helped(uow, request.viewer, *ids, wish=wish)
    return answer_json(request, HelpedOut.of(marked))


@routes.api("GET", "/api/t/{tid:str}/x/{n:str}", access=Access.ANYONE, gives=TranslationsOut)
def translations(request: Ask, tid: str, n: str) -> Response[bytes]:
    with request.db.read() as db:
        found = queries.translations(db, request.viewer, read_id(tid, ID_SIZE), forms.number(n))
    return answer_json(request, TranslationsOut.of(found))


@routes.api(
    "POST",
    "/api/t/{tid:str}/x/{n:str}",
    access=Access.ACCOUNT,
    limit="reply",
    takes=TranslationIn,
    gives=PlacedOut,
    fails=(Refused, SecondLook),
    status=201,
)
def translate(request: Ask, tid: str, n: str) -> Response[bytes]:
    """Beside the post of that number; by the name in use."""
    raw, sent = read_id(tid, ID_SIZE), request.sent(TranslationIn)
    _look(request, raw, f"{sent.title}\n{sent.body}", seen=sent.seen)
    newcomers: Newcomers = request.site.rooms["newcomers"]
    allowed = newcomers.allowance(request.viewer)
    watch = Watch(request.site.held[RULEBOOK], seen=sent.seen, cares=True)
    with request.db.write() as uow:
        placed = commands.translate(
            uow, request.viewer, raw, forms.number(n), new=sent.read(), allowed=allowed, watch=watch
        )
    return answer_json(request, PlacedOut.of(placed), status=201)


def _look(request: Ask, tid: bytes, text: str, *, seen: bool) -> None:
    """What leads to a person is shown to whoever wrote it, once."""
    traces = [] if seen else traces_but(text, flows.heard_in(request.db, request.viewer, tid))
    if traces:
        raise SecondLook(dict.fromkeys(trace.kind for trace in traces))


def _filters(request: Ask) -> Filters:
    return queries.read_filters(request.query("only"), request.query("in"))
