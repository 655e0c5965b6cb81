"""Handing a session over to the browser that asked."""

from __future__ import annotations

from mashrabiya.people import queries
from mashrabiya.people.sealed.core import Cookie
from mashrabiya.people.sealed.pending import PENDING_LIFE
from mashrabiya.people.types import Opened
from mashrabiya.platform.web import Ask
from mashrabiya.platform.web.cookies import session_cookie, without_session_cookie

OWN_DEVICE_DAYS = 14


def receive(request: Ask, cookie: Cookie, *, moves: bool = False) -> None:
    """From this answer on, the browser has this session, and the page speaks to its person.

    ``moves`` lets the cookie of before lead here for some seconds, so that a button pressed
    twice signs nobody out. Never where others are to be shut out: a copy of it would lead too.
    """
    visit = request.visit
    with request.db.read() as db:
        opened = queries.find_opened(db, request.site, cookie.text, visit.tongue)
    if opened is None:
        return
    keep = OWN_DEVICE_DAYS if opened.own_device else 0
    header = session_cookie(cookie.text, keep_days=keep, plain=visit.plain_cookie)
    if moves and request.viewer.is_member:
        request.site.moved.remember(visit.cookie, cookie.text, header, request.scope["path"])
    visit.cookie, visit.viewer = cookie.text, opened.viewer
    request.set_cookie(header)


def pending_cookie(shown: str, *, plain: bool) -> str:
    """Stands in the session's place until the second step: no other cookie, and what ends that ends this."""
    return f"{session_cookie(shown, plain=plain)}; Max-Age={PENDING_LIFE}"


def give_back(request: Ask) -> None:
    """The browser forgets its session."""
    request.set_cookie(without_session_cookie(plain=request.visit.plain_cookie))


def opened(request: Ask) -> Opened:
    """Everything the present session says."""
    with request.db.read() as db:
        found = queries.find_opened(db, request.site, request.visit.cookie, request.visit.tongue)
    assert found is not None, "the gate lets only sessions through"
    return found
