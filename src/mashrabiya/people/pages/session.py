"""Handing a session over to the browser that asked."""

from __future__ import annotations

from mashrabiya.people import queries
from mashrabiya.people.sealed.core import Cookie
from mashrabiya.people.types import Opened
from mashrabiya.platform.web import Ask
from mashrabiya.platform.web.cookies import session_cookie, without_session_cookie

OWN_DEVICE_DAYS = 14


def receive(request: Ask, cookie: Cookie) -> None:
    """From this answer on, the browser has this session, and the page speaks to its person."""
    visit = request.visit
    with request.db.read() as db:
        opened = queries.find_opened(db, request.site, cookie.text, visit.tongue)
    if opened is None:
        return
    idle = request.site.rooms.get("idle")
    if idle is not None:
        idle.begin(cookie.sid)
    visit.cookie, visit.viewer = cookie.text, opened.viewer
    keep = OWN_DEVICE_DAYS if opened.own_device else 0
    request.set_cookie(session_cookie(cookie.text, keep_days=keep))


def give_back(request: Ask) -> None:
    """The browser forgets its session."""
    request.set_cookie(without_session_cookie())


def opened(request: Ask) -> Opened:
    """Everything the present session says."""
    with request.db.read() as db:
        found = queries.find_opened(db, request.site, request.visit.cookie, request.visit.tongue)
    assert found is not None, "the gate lets only sessions through"
    return found
