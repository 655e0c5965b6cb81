"""``/openapi.json``: what every JSON door takes and answers, told from what its route declares.

Made once, when somebody first asks; nothing of it is looked at while a request
runs. The tests hold the answers against it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from mashrabiya import __version__
from mashrabiya.kernel.errors import Failure, Invalid, NotFound, Refused, TooMany
from mashrabiya.platform.web.answers import Response, encoded
from mashrabiya.platform.web.ask import Ask
from mashrabiya.platform.web.failures import API_WORDS, OURS, SIGNED_OUT, TOO_LARGE, Wrong
from mashrabiya.platform.web.routes import Access, Route, Routes

routes = Routes()

_PLACE = re.compile(r"\{(\w+):\w+\}")
_REF = "#/components/schemas/{name}"
_BEARER = {"bearer": {"type": "http", "scheme": "bearer"}}


@routes.get("/openapi.json", access=Access.ANYONE)
def openapi(request: Ask) -> Response[bytes]:
    return encoded(request.visit.accepted, document(request.site.routes), "application/json", 200)


@functools.lru_cache(maxsize=4)
def document(declared: tuple[Route, ...]) -> bytes:
    """The document for these routes; pages are left out."""
    doors = [route for route in declared if route.api]
    refs, components = _shapes(doors)
    paths: dict[str, dict[str, Any]] = {}
    for route in doors:
        paths.setdefault(_PLACE.sub(r"{\1}", route.path), {})[route.method.lower()] = _operation(route, refs)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Mashrabiya",
                "version": __version__,
                "description": _ABOUT,
                "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
            },
            "servers": [{"url": "/"}],
            "paths": paths,
            "components": {"schemas": components, "securitySchemes": _BEARER},
        }
    )


_ABOUT = (
    "POST /api/session gives a token, sent as Authorization: Bearer. What a viewer may not see answers "
    "exactly like what does not exist. Times are as coarse as on the pages."
)


def _shapes(doors: Sequence[Route]) -> tuple[dict[Any, Any], dict[str, Any]]:
    """For each shape how it is pointed at, and all that is pointed at."""
    declared = [shape for route in doors for shape in (route.contract.takes, route.contract.gives) if shape]
    shapes = list(dict.fromkeys([Wrong, *declared]))
    pointers, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    return dict(zip(shapes, pointers, strict=True)), components


def _operation(route: Route, refs: dict[Any, Any]) -> dict[str, Any]:
    contract, domain = route.contract, route.door.__module__.split(".")[1]
    told: dict[str, Any] = {
        "operationId": f"{domain}_{route.door.__name__}",
        "summary": (route.door.__doc__ or route.door.__name__.replace("_", " ").capitalize()).split("\n")[0],
        "tags": [domain],
        "security": _security(route.access),
        "responses": _answers(route, refs),
    }
    parameters = [_parameter(name, "path") for name in _PLACE.findall(route.path)]
    parameters += [_parameter(name, "query") for name in contract.asks]
    if parameters:
        told["parameters"] = parameters
    if contract.takes:
        told["requestBody"] = {"required": True, "content": _json(refs[contract.takes])}
    return told


def _security(access: Access) -> list[dict[str, list[str]]]:
    """Where anybody may come in, a token is welcome and not needed."""
    return [{}, {"bearer": []}] if access is Access.ANYONE else [{"bearer": []}]


def _parameter(name: str, place: str) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}}


def _answers(route: Route, refs: dict[Any, Any]) -> dict[str, Any]:
    contract = route.contract
    good: dict[str, Any] = {"description": HTTPStatus(contract.status).phrase}
    if contract.gives:
        good["content"] = {contract.media: {}} if contract.media else _json(refs[contract.gives])
    answers = {str(contract.status): good}
    for word, status in sorted(set(_refusals(route)), key=lambda pair: pair[1]):
        answers[str(status)] = {"description": word, "content": _json(refs[Wrong])}
    return answers


def _refusals(route: Route) -> Iterable[tuple[str, int]]:
    """What the gate may answer in the door's place, and what the door says that it may fail with."""
    failing: list[type[Failure]] = list(route.contract.fails)
    if route.access is not Access.ANYONE:
        yield SIGNED_OUT
    if route.access is Access.PERSONA:
        failing.append(Refused)
    # Sent by another site, or meant for others: as if it were not there.
    if route.method != "GET" or "{" in route.path or route.access in {Access.CARE, Access.HOST}:
        failing.append(NotFound)
    if route.limit:
        failing.append(TooMany)
    if route.contract.takes:
        failing.append(Invalid)
        yield TOO_LARGE
    yield from (API_WORDS[failure] for failure in failing)
    yield OURS


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
