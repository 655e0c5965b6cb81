"""Doors of home: the first page, and the pages in which the site speaks about itself."""

from mashrabiya.communities import queries as communities
from mashrabiya.communities.types import Search
from mashrabiya.discussions import commands
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.pages.places import with_new
from mashrabiya.discussions.types import NO_FILTERS, POST_ID_SIZE, Beginning, ThreadList
from mashrabiya.home.figures import figures
from mashrabiya.home.pages import closed, copies, fading, installing, telling
from mashrabiya.home.soon import Soon
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.people import flows
from mashrabiya.platform import audit
from mashrabiya.platform.art import window
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
for _room in (closed, copies, fading, installing, telling):
    routes.all += _room.routes.all

SHOWN = 4
"""Communities on the landing page, and at home where somebody belongs nowhere yet."""
_NONE = ThreadList([])


@routes.get("/", access=Access.ANYONE)
def first_page(request: Ask) -> Response[bytes]:
    return home(request) if request.viewer.is_member else landing(request)


def landing(request: Ask) -> Response[bytes]:
    """What a visitor meets first."""
    with request.db.read() as db:
        public = communities.public_communities(db, request.viewer.tongue.language, SHOWN)
    return page(
        request,
        "home/landing.html",
        window=window(),
        communities=public,
        figures=figures(request.house),
    )


def home(request: Ask) -> Response[bytes]:
    """What a member meets first: what waits for an answer and what is new where she belongs."""
    viewer, after = request.viewer, request.query("after")
    filters = discussions.read_filters(request.query("only"), request.query("in"))
    follows = viewer.speaks and request.query("only") == discussions.FOLLOWING
    with request.db.read() as db:
        mine = communities.my_communities(db, viewer)
        begins = not after and filters == NO_FILTERS and not follows
        # Who belongs nowhere yet has no threads to be asked for: places are, in their stead.
        threads = _NONE
        if follows:
            threads = discussions.followed_threads(db, viewer, after, lang=filters.lang)
        elif mine:
            threads = discussions.home_threads(db, viewer, after, filters=filters)
        places = [] if mine else communities.find(db, viewer, Search()).cards[:SHOWN]
        beginning = _beginning(request, db, threads) if begins else Beginning()
        threads = with_new(request, db, threads, beginning.read if begins else None)
    return page(
        request,
        "home/home.html",
        waiting=beginning.waiting,
        suggested=beginning.suggested,
        threads=threads,
        mine=mine,
        places=places,
        lit=beginning.lit,
        soon=beginning.soon,
        learned=beginning.learned,
        first_week=begins and not viewer.settled,
        runs_house=viewer.has(HOST),
        unfinished=viewer.has(HOST) and not request.house.open,
    )


def _beginning(request: Ask, db: Read, threads: ThreadList) -> Beginning:
    """What stands above the list. How many threads of hers go soon, and where she was learned, is kept a while."""
    known: Soon = request.site.rooms.setdefault("soon", Soon())
    counts = known.find(request.viewer)
    listed = [row.id for row in threads.rows]
    found = discussions.beginning(db, request.viewer, counts, listed=listed)
    if counts is None:
        known.keep(request.viewer, found.soon, found.learned)
    return found


@routes.get("/n", access=Access.PERSONA)
def first_words(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        lamp = discussions.lamp(db, request.viewer)
    return page(request, "home/lamp.html", lamp=lamp)


@routes.post("/n/{post:str}", access=Access.PERSONA, limit="react")
def say_welcome(request: Ask, post: str) -> Response[bytes]:
    with request.db.write() as uow:
        commands.say_welcome(uow, request.viewer, read_id(post, POST_ID_SIZE))
    return see_other(f"/n#{post}")


@routes.get("/me/u", access=Access.ACCOUNT)
def learned(request: Ask) -> Response[bytes]:
    """Where two of a care team have learned which persona wrote her unnamed words."""
    with request.db.read() as db:
        told = discussions.told(db, request.viewer)
    return page(request, "home/learned.html", told=told)


@routes.get("/f", access=Access.ACCOUNT)
def first_week(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        mine = communities.my_communities(db, request.viewer)
    return page(request, "home/week.html", place=mine[0] if mine else None)


@routes.post("/f", access=Access.ACCOUNT, limit="settings")
def settle(request: Ask) -> Response[bytes]:
    settled = request.form.flag("settled")
    flows.alter_preferences(request.site, request.visit.cookie, settled=settled)
    return see_other("/" if settled else "/f")


@routes.get("/k", access=Access.ANYONE)
def what_we_keep(request: Ask) -> Response[bytes]:
    with request.db.read() as db:
        head = audit.public_head(db)
    return page(request, "home/keep.html", figures=figures(request.house), head=head.head if head else "")


@routes.get("/w", access=Access.ANYONE)
def limits(request: Ask) -> Response[bytes]:
    return page(request, "home/limits.html", figures=figures(request.house))


@routes.get("/e", access=Access.ANYONE)
def quick_exit(request: Ask) -> Response[bytes]:
    return page(request, "home/exit.html")


@routes.get("/keys", access=Access.ANYONE)
def sheet_of_keys(request: Ask) -> Response[bytes]:
    return page(request, "home/keys.html")


@routes.get("/e/d", access=Access.ANYONE)
def shared_device(request: Ask) -> Response[bytes]:
    return page(request, "home/shared.html")
