"""Making the application from the routes that the domains declare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Litestar, delete, get, post
from litestar.config.app import AppConfig
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig

from mashrabiya.kernel.errors import NotFound
from mashrabiya.platform.web import failures
from mashrabiya.platform.web.answers import Response
from mashrabiya.platform.web.ask import Ask
from mashrabiya.platform.web.gate import guarded, note, open_viewer
from mashrabiya.platform.web.routes import Access, Route
from mashrabiya.platform.web.shell import Shell
from mashrabiya.platform.web.site import Site

_METHODS: dict[str, Any] = {"GET": get, "POST": post, "DELETE": delete}


def make_application(site: Site, routes: Sequence[Route]) -> Any:
    """The ASGI application of a house: every route behind its gate, the shell around all."""
    site.routes = tuple(routes)
    handlers = [_handler(route, site) for route in routes]
    app = Litestar(
        route_handlers=handlers,
        request_class=Ask,
        openapi_config=_openapi(),
        exception_handlers={HTTPException: _http_failure, Exception: _failure},
        debug=False,
        logging_config=None,
        on_app_init=[_nothing_more],
    )
    return Shell(app, site)


def _nothing_more(config: AppConfig) -> AppConfig:
    return config


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(title="Mashrabiya", version="1", path="/openapi", render_plugins=[])


def _handler(route: Route, site: Site) -> Any:
    # Reads on SQLite stay on the loop's thread: cheaper than a hop (docs/decisions/0002).
    inline = site.database.dialect == "sqlite" and route.method == "GET" and not route.slow
    declare = _METHODS[route.method]
    return declare(
        route.path,
        sync_to_thread=not inline,
        include_in_schema=route.api,
        opt={"route": route},
        status_code=200,
    )(guarded(route))


def _http_failure(request: Any, trouble: HTTPException) -> Response[bytes]:
    """What Litestar refuses itself: an address or method that no route has."""
    ask: Ask = request
    if trouble.status_code >= 500:
        return _failure(request, trouble)
    ask.visit.viewer = open_viewer(ask)
    if not ask.viewer.is_member:
        return failures.without_session(ask, None)
    return failures.answer(ask, None, NotFound())


def _failure(request: Any, trouble: Exception) -> Response[bytes]:
    note(trouble, "the application")
    return failures.ours(request, Route("GET", "", _failure, Access.ANYONE))
