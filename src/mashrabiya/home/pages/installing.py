"""Doors of an icon on her device: what it says there, and the one page that is kept for when there is no network."""

from __future__ import annotations

import msgspec

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.languages import LANGUAGES, catalogue, direction
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()

SITE, PLAIN = "site", "plain"
_ICONS = {SITE: "app", PLAIN: "plain"}
_PAPER = {SITE: "#fbf3e6", PLAIN: "#e9eaec"}
_SIZES = (192, 512)


@routes.get("/me/app", access=Access.ACCOUNT)
def install(request: Ask) -> Response[bytes]:
    """Which name and picture the icon would have, and how it comes there."""
    usual = PLAIN if request.viewer.discreet else SITE
    as_ = request.query("as")
    which = as_ if as_ in _ICONS else usual
    tongue = request.viewer.tongue
    return page(
        request,
        "home/install.html",
        which=which,
        chosen=bool(as_),
        name=_name(request, which, tongue.language),
        icon=request.site.assets.address(f"{_ICONS[which]}-192.png"),
        manifest=f"/app/{which}.{tongue.language}",
    )


@routes.get("/app/{which:str}", access=Access.ANYONE)
def manifest(request: Ask, which: str) -> Response[bytes]:
    """What a browser asks before it puts an icon there: asked without a cookie, so the same for everybody."""
    kind, _, language = which.partition(".")
    if kind not in _ICONS or language not in LANGUAGES:
        raise NotFound
    name = _name(request, kind, language)
    said = {
        "id": f"/app/{kind}",
        "name": name,
        "short_name": name,
        "lang": language,
        "dir": direction(language),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER[kind],
        "theme_color": _PAPER[kind],
        "icons": [_icon(request, kind, size, purpose) for size in _SIZES for purpose in ("any", "maskable")],
    }
    return Response(content=msgspec.json.encode(said), media_type="application/manifest+json")


@routes.get("/sw.js", access=Access.ANYONE)
def service_worker(request: Ask) -> Response[bytes]:
    """Always at this address: a browser looks here whether it has changed."""
    found = request.site.assets.find(request.site.assets.address("sw.js"))
    assert found
    return Response(content=found.plain, media_type="text/javascript; charset=utf-8")


def _icon(request: Ask, kind: str, size: int, purpose: str) -> dict[str, str]:
    source = request.site.assets.address(f"{_ICONS[kind]}-{size}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _name(request: Ask, kind: str, language: str) -> str:
    if kind == SITE:
        return request.house.name_in(language)
    return catalogue(language).text("discreet.name", Tongue.of(language))
