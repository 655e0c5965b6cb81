"""Before a door opens: who asks, may they, is the form ours, is there budget left."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mashrabiya.kernel.errors import Failure, NotFound, Refused
from mashrabiya.kernel.viewer import CARE, HOST, Tongue, Viewer
from mashrabiya.platform.web import failures, origin, tokens
from mashrabiya.platform.web.answers import Response, see_other
from mashrabiya.platform.web.ask import Ask, Visit
from mashrabiya.platform.web.routes import Access, Route

log = logging.getLogger("mashrabiya")

_COOKIE = 43
SHOWING = "show"
_ROLE = {Access.CARE: CARE, Access.HOST: HOST}


def guarded(route: Route) -> Callable[[Ask, dict[str, Any]], Response[bytes]]:
    """The door behind its gate: asked with the request, and with what stands in the places of its address."""

    def through(request: Ask, places: dict[str, Any]) -> Response[bytes]:
        try:
            answer = admit(request, route) or _open(route, request, places)
        except Failure as failure:
            answer = failures.answer(request, failure)
        except Exception as trouble:
            note(trouble, route.path)
            answer = failures.ours(request, route)
        return answer

    return through


def _open(route: Route, request: Ask, places: dict[str, Any]) -> Response[bytes]:
    answer: Response[bytes] = route.door(request, **places)
    return answer


def note(trouble: BaseException, place: str) -> None:
    """Log what failed and where in our code: never what was asked, typed or found."""
    frames = traceback.extract_tb(trouble.__traceback__)
    where = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames[-4:]))
    log.error("%s at %s in %s", type(trouble).__name__, where, place)


def admit(request: Ask, route: Route) -> Response[bytes] | None:
    """Nothing when the door may open, or the answer that stands in its place."""
    visit = request.visit
    visit.route = route.path
    viewer = visit.viewer = open_viewer(request)
    stopped = stop(request)
    if stopped is not None:
        return stopped
    if viewer.locked and not route.while_locked:
        return ask_number(request)
    if not _may_enter(viewer, route.access):
        return _turn_away(request, route)
    if route.method == "POST" and not route.api and not route.tokenless:
        if not tokens.fits(visit.site.keys, viewer, route.path, request.form.raw("_f")):
            return see_other("/") if _sent_again(request) else failures.stale(request)
    if route.limit:
        budget = viewer.work.budget_key() if viewer.work else b""
        shows = any(request.form.flag(name) for name in route.shows)
        visit.site.spend(SHOWING if shows else route.limit, budget, visit.network)
    return None


def _sent_again(request: Ask) -> bool:
    """Whether this very form replaced the session a moment ago: it was done, and its answer never read."""
    move = request.site.moved.find(request.visit.cookie)
    return move is not None and move.cookie == request.visit.cookie and move.path == request.scope["path"]


def stop(request: Ask) -> Response[bytes] | None:
    """What keeps a request from every door alike, real or made up: another site, too much, a closed house."""
    if request.scope["method"] != "GET" and not origin.is_ours(dict(request.scope["headers"])):
        return failures.not_found(request)
    if request.is_too_much:
        return failures.too_much(request)
    closed = request.site.rooms.get("closed")
    told: Response[bytes] | None = closed(request) if closed and request.viewer.case else None
    return told


def ask_number(request: Ask) -> Response[bytes]:
    """A locked session is met by the same page wherever it knocks, whether anything is there or not."""
    answer: Response[bytes] = request.site.rooms["locked"](request)
    return answer


def open_viewer(request: Ask) -> Viewer:
    """The viewer behind the session, or a visitor."""
    visit = request.visit
    # A token opens the JSON doors only, and a cookie everything but them: neither stands in for the
    # other. A token has one letter more than a cookie.
    shown, letters = (visit.bearer, _COOKIE + 1) if request.is_api else (visit.cookie, _COOKIE)
    if len(shown) != letters:
        return Viewer.visitor(visit.tongue)
    site, used = visit.site, not visit.unasked
    db = site.database.glance()
    viewer = site.open_session(db, site, shown, visit.tongue, used=used)
    if viewer is None and (move := site.moved.find(shown)):
        viewer = site.open_session(db, site, move.cookie, visit.tongue, used=used)
        if viewer is not None:
            visit.cookie = move.cookie
            visit.set_cookies.append(move.header)
    if viewer is None:
        return Viewer.visitor(visit.tongue)
    # What was chosen in this browser holds here, whatever her settings say elsewhere.
    chosen, tongue = visit.choices, viewer.tongue
    if chosen.language and chosen.language != tongue.language:
        tongue = Tongue.of(chosen.language, tongue.address, discreet=tongue.discreet)
    if chosen.discreet and not tongue.discreet:
        tongue = replace(tongue, discreet=True)
    return viewer if tongue is viewer.tongue else replace(viewer, tongue=tongue)


def budget_of(visit: Visit) -> bytes:
    """Whose pictures these would be, before they are read: empty where nobody has signed in."""
    if len(visit.cookie) != _COOKIE:
        return b""
    with visit.site.database.read() as db:
        viewer = visit.site.open_session(db, visit.site, visit.cookie, visit.tongue)
    return viewer.work.budget_key() if viewer and viewer.work else b""


def _may_enter(viewer: Viewer, access: Access) -> bool:
    if access is Access.ANYONE:
        return True
    if access is Access.ACCOUNT:
        return viewer.is_member
    if access is Access.PERSONA:
        return viewer.speaks
    return viewer.has(_ROLE[access])


def _turn_away(request: Ask, route: Route) -> Response[bytes]:
    viewer = request.viewer
    if not viewer.is_member:
        return failures.without_session(request)
    if route.access is Access.PERSONA:
        if route.method == "GET" and not route.api:
            return see_other("/me/p/new")
        raise Refused("persona.needed")
    raise NotFound
