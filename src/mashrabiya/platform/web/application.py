"""Making the application from the routes that the domains declare."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Sequence
from typing import Any

from anyio import CapacityLimiter, to_thread
from litestar import Litestar, delete, get, post
from litestar.exceptions import HTTPException

from mashrabiya.kernel.errors import NotFound
from mashrabiya.platform.web import failures
from mashrabiya.platform.web.answers import Response
from mashrabiya.platform.web.ask import Ask
from mashrabiya.platform.web.gate import ask_number, guarded, note, open_viewer, stop
from mashrabiya.platform.web.routes import Access, Route
from mashrabiya.platform.web.shell import Shell
from mashrabiya.platform.web.site import Site

THREADS_APART = 24
"""For each door that has threads of its own: more than may wait there for a slow hash."""
_METHODS: dict[str, Any] = {"GET": get, "POST": post, "DELETE": delete}


def make_application(site: Site, routes: Sequence[Route]) -> Any:
    """The ASGI application of a house: every route behind its gate, the shell around all."""
    site.routes = tuple(routes)
    site.apart = {route.path: CapacityLimiter(THREADS_APART) for route in routes if route.apart}
    return Shell(_doors(site.routes, site.database.dialect), site)


@functools.lru_cache(maxsize=4)
def _doors(routes: tuple[Route, ...], dialect: str) -> Litestar:
    """Every route behind its gate. No house stands in it: each request brings its own (``Visit.site``)."""
    return Litestar(
        route_handlers=[_handler(route, dialect) for route in routes],
        request_class=Ask,
        openapi_config=None,
        exception_handlers={HTTPException: _http_failure, Exception: _failure},
        debug=False,
        logging_config=None,
    )


def _handler(route: Route, dialect: str) -> Any:
    # Reads on SQLite stay on the loop's thread: cheaper than a hop (docs/decisions/0002).
    inline = dialect == "sqlite" and route.method == "GET" and not route.slow
    door = guarded(route)
    declare = _METHODS[route.method](
        route.path,
        sync_to_thread=False if inline else None,
        opt={"route": route},
        status_code=200,
    )
    return declare(door if inline else _in_thread(door, route))


def _in_thread(door: Any, route: Route) -> Any:
    # By hand: Litestar's own wrapper is put on twice where an address has two methods.
    @functools.wraps(door)
    async def hop(request: Ask, **places: Any) -> Response[bytes]:
        own = request.site.apart.get(route.path)
        return await to_thread.run_sync(functools.partial(door, request, **places), limiter=own)

    hop.__signature__ = inspect.signature(door)  # type: ignore[attr-defined]
    return hop


def _http_failure(request: Any, trouble: HTTPException) -> Response[bytes]:
    """What Litestar refuses itself: an address or method that no route has."""
    ask: Ask = request
    if trouble.status_code >= 500:
        return _failure(request, trouble)
    ask.visit.viewer = open_viewer(ask)
    stopped = stop(ask)
    if stopped is not None:
        return stopped
    if ask.viewer.locked:
        return ask_number(ask)
    if trouble.status_code == 405 and ask.is_api:
        return failures.no_such_method((trouble.headers or {}).get("allow", ""))
    return failures.answer(ask, NotFound()) if ask.viewer.is_member else failures.without_session(ask)


def _failure(request: Any, trouble: Exception) -> Response[bytes]:
    note(trouble, "the application")
    return failures.ours(request, Route("GET", "", _failure, Access.ANYONE))
