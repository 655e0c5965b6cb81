"""Making the application from the routes that the domains declare."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from litestar import Litestar, asgi
from litestar.exceptions import HTTPException

from mashrabiya.kernel.errors import NotFound
from mashrabiya.platform.web import failures
from mashrabiya.platform.web.answers import Response
from mashrabiya.platform.web.ask import Ask
from mashrabiya.platform.web.atlas import Atlas
from mashrabiya.platform.web.gate import ask_number, guarded, note, open_viewer, stop
from mashrabiya.platform.web.routes import Access, Route
from mashrabiya.platform.web.shell import Shell
from mashrabiya.platform.web.site import Site
from mashrabiya.platform.web.threads import Threads

THREADS_APART = 24
"""For each door that has threads of its own: more than may wait there for a slow hash."""


def make_application(site: Site, routes: Sequence[Route]) -> Any:
    """The ASGI application of a house: every route behind its gate, the shell around all."""
    site.routes = tuple(routes)
    site.apart = {route.path: Threads(THREADS_APART) for route in routes if route.apart}
    return Shell(_doors(site.routes, site.database.dialect), site)


@functools.lru_cache(maxsize=4)
def _doors(routes: tuple[Route, ...], dialect: str) -> Litestar:
    """Every route behind its gate. No house stands in it: each request brings its own (``Visit.site``)."""
    atlas = Atlas((one.method, one.path, (guarded(one), _is_inline(one, dialect), one)) for one in routes)

    async def enter(scope: Any, receive: Any, send: Any) -> None:
        # The framework hands on what follows the place where this stands: an address without its first stroke.
        scope["path"] = "/" + scope["path"].strip("/")
        request = Ask(scope, receive, send)
        found = atlas.find(scope["path"], scope["method"])
        if found is None:
            answer = _no_door(request, atlas)
        else:
            (door, inline, route), places = found
            answer = door(request, places) if inline else await _elsewhere(door, request, places, route)
        await answer.to_asgi_response(None, request)(scope, receive, send)

    def refused(request: Any, trouble: HTTPException) -> Response[bytes]:
        return _failure(request, trouble) if trouble.status_code >= 500 else _no_door(request, atlas)

    # One handler for all addresses and methods: what the framework makes for each of hundreds was the same each time.
    return Litestar(
        route_handlers=[asgi("/", is_mount=True, copy_scope=False)(enter)],
        request_class=Ask,
        openapi_config=None,
        exception_handlers={HTTPException: refused, Exception: _failure},
        debug=False,
        logging_config=None,
    )


async def _elsewhere(door: Any, request: Ask, places: dict[str, Any], route: Route) -> Response[bytes]:
    site = request.site
    if route.brief:
        done: Response[bytes] | None = await site.at_once.run(door, request, places)
        if done is not None:
            return done
    answer: Response[bytes] = await site.apart.get(route.path, site.threads).run(door, request, places)
    return answer


def _is_inline(route: Route, dialect: str) -> bool:
    # Reads on SQLite stay on the loop's thread: cheaper than a hop (docs/decisions/0002).
    return dialect == "sqlite" and route.method == "GET" and not route.slow


def _no_door(ask: Ask, atlas: Atlas[Any]) -> Response[bytes]:
    """An address or a method that no route has."""
    ask.visit.viewer = open_viewer(ask)
    stopped = stop(ask)
    if stopped is not None:
        return stopped
    if ask.viewer.locked:
        return ask_number(ask)
    if ask.is_api and (known := atlas.methods(ask.scope["path"])):
        return failures.no_such_method(known)
    return failures.answer(ask, NotFound()) if ask.viewer.is_member else failures.without_session(ask)


def _failure(request: Any, trouble: Exception) -> Response[bytes]:
    note(trouble, "the application")
    return failures.ours(request, Route("GET", "", _failure, Access.ANYONE))
