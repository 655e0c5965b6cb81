"""Doors of home: the first page, and the pages in which the site speaks about itself."""

from mashrabiya.communities import queries as communities
from mashrabiya.discussions import commands
from mashrabiya.discussions import queries as discussions
from mashrabiya.discussions.types import NO_FILTERS, POST_ID_SIZE
from mashrabiya.home.figures import figures
from mashrabiya.home.pages import closed, copies, fading
from mashrabiya.home.soon import Soon
from mashrabiya.kernel.ids import read_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.people import flows
from mashrabiya.platform.art import window
from mashrabiya.platform.db import Read
from mashrabiya.platform.web import Access, Ask, Response, Routes, page, see_other

routes = Routes()
for _room in (closed, copies, fading):
    routes.all += _room.routes.all

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
        threads = discussions.home_threads(db, viewer, after, filters=filters)
        mine = communities.my_communities(db, viewer)
        beginning = not after and filters == NO_FILTERS
        waiting = discussions.waiting(db, viewer) if beginning else []
        lit, soon, learned = _first_look(request, db) if beginning else (False, 0, 0)
    return page(
        request,
        "home/home.html",
        waiting=waiting,
        threads=threads,
        mine=mine,
        lit=lit,
        soon=soon,
        learned=learned,
        first_week=beginning and not viewer.settled,
        unfinished=viewer.has(HOST) and not request.house.open,
    )


def _first_look(request: Ask, db: Read) -> tuple[bool, int, int]:
    """Whether first words wait, how many threads of hers go soon, where she was learned: one question each time."""
    known: Soon = request.site.rooms.setdefault("soon", Soon())
    counts = known.find(request.viewer)
    if counts is not None:
        return discussions.is_lit(db, request.viewer), *counts
    lit, soon, learned = discussions.first_look(db, request.viewer)
    known.keep(request.viewer, soon, learned)
    return lit, soon, learned


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
    return page(request, "home/keep.html", figures=figures(request.house))


@routes.get("/w", access=Access.ANYONE)
def limits(request: Ask) -> Response[bytes]:
    return page(request, "home/limits.html", figures=figures(request.house))


@routes.get("/e", access=Access.ANYONE)
def quick_exit(request: Ask) -> Response[bytes]:
    return page(request, "home/exit.html")


@routes.get("/e/d", access=Access.ANYONE)
def shared_device(request: Ask) -> Response[bytes]:
    return page(request, "home/shared.html")
