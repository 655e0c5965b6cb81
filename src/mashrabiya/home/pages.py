"""Doors of home: the first page, and the pages in which the site speaks about itself."""

from mashrabiya.communities import queries as communities
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import NO_FILTERS
from mashrabiya.home.figures import figures
from mashrabiya.kernel.viewer import HOST
from mashrabiya.platform.art import window
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()

SHOWN = 4
"""Public communities on the landing page."""


@routes.get("/", access=Access.ANYONE)
def first_page(request: Ask) -> Response[bytes]:
    return home(request) if request.viewer.is_member else landing(request)


def landing(request: Ask) -> Response[bytes]:
    """What a visitor meets first."""
    with request.db.read() as db:
        public = communities.public_communities(db, SHOWN)
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
    with request.db.read() as db:
        beginning = not after and filters == NO_FILTERS
        waiting = discussions.waiting(db, viewer) if beginning else []
        threads = discussions.home_threads(db, viewer, after, filters=filters)
        mine = communities.my_communities(db, viewer)
    unfinished = viewer.has(HOST) and not request.house.open
    return page(request, "home/home.html", waiting=waiting, threads=threads, mine=mine, unfinished=unfinished)


@routes.get("/k", access=Access.ANYONE)
def what_we_keep(request: Ask) -> Response[bytes]:
    return page(request, "home/keep.html", figures=figures(request.house))


@routes.get("/w", access=Access.ANYONE)
def limits(request: Ask) -> Response[bytes]:
    return page(request, "home/limits.html", figures=figures(request.house))


@routes.get("/e", access=Access.ANYONE)
def quick_exit(request: Ask) -> Response[bytes]:
    return page(request, "home/exit.html")
