"""Making the application from the routes that the domains declare."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from anyio import CapacityLimiter, to_thread
from litestar import HttpMethod, Litestar, route
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

THREADS_APART = 24
"""For each door that has threads of its own: more than may wait there for a slow hash."""
_METHODS = [HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE]
_EVERYWHERE = ["/", "/{address:path}"]


def make_application(site: Site, routes: Sequence[Route]) -> Any:
    """The ASGI application of a house: every route behind its gate, the shell around all."""
    site.routes = tuple(routes)
    site.apart = {route.path: CapacityLimiter(THREADS_APART) for route in routes if route.apart}
    return Shell(_doors(site.routes, site.database.dialect), site)


@functools.lru_cache(maxsize=4)
def _doors(routes: tuple[Route, ...], dialect: str) -> Litestar:
    """Every route behind its gate. No house stands in it: each request brings its own (``Visit.site``)."""
    atlas = Atlas(
        (one.method, one.path, (guarded(one), _is_inline(one, dialect), one.path)) for one in routes
    )

    async def enter(request: Ask) -> Response[bytes]:
        found = atlas.find(request.scope["path"], request.scope["method"])
        if found is None:
            return _no_door(request, atlas)
        (door, inline, template), places = found
        if inline:
            return door(request, places)
        apart = request.site.apart.get(template)
        return await to_thread.run_sync(door, request, places, limiter=apart)

    def no_method(request: Any, trouble: HTTPException) -> Response[bytes]:
        return _failure(request, trouble) if trouble.status_code >= 500 else _no_door(request, atlas)

    # One handler for all addresses: what the framework makes for each of hundreds, it made for the same signature.
    return Litestar(
        route_handlers=[route(_EVERYWHERE, http_method=_METHODS, status_code=200)(enter)],
        request_class=Ask,
        openapi_config=None,
        exception_handlers={HTTPException: no_method, Exception: _failure},
        debug=False,
        logging_config=None,
    )


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
