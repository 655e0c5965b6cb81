"""From a template and its values to an answer, compressed as the browser likes it."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Iterable
from typing import Any

import brotli
import msgspec
import zstandard
from litestar import Response
from litestar.enums import MediaType

from mashrabiya.platform.web.ask import Ask
from mashrabiya.platform.web.tongues import kept_query

__all__ = ["Response", "answer_json", "empty", "page", "refused_json", "see_other"]

_SMALL = 600
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")
_HTML = "text/html"
_JSON = "application/json"
_local = threading.local()
# Level 3, which is made for files, with tables for a page: quicker to clear, and they push less out of the
# processor's cache; pages come out as small.
_PARAMETERS = zstandard.ZstdCompressionParameters(
    window_log=17, hash_log=14, chain_log=13, min_match=5, strategy=zstandard.STRATEGY_DFAST
)


def page(request: Ask, template: str, /, *, status: int = 200, **values: Any) -> Response[bytes]:
    """Render a template for the reader. What every page needs comes with it."""
    visit, viewer = request.visit, request.viewer
    tongue, news = viewer.tongue, visit.site.rooms.get("news")
    new = news is not None and news.shows(viewer)
    bell = news.topic(viewer) if news is not None and not new else ""
    html = visit.site.templates.render(
        template,
        tongue,
        {
            "viewer": viewer,
            "house": visit.site.house,
            "site_name": visit.site.house.name_in(tongue.language),
            "path": request.scope["path"],
            "kept_query": kept_query(request.scope),
            "bell": bell,
            "tabs": visit.site.bar.tabs(viewer, request.scope["path"], new=new),
            "csrf": request.csrf,
            "new_submission": new_submission,
            "dark_media": _DARK.get(viewer.dark, _DARK[""]),
            **values,
        },
    )
    return encoded(visit.accepted, html.encode(), _HTML, status)


_DARK = {"": "(prefers-color-scheme: dark)", "d": "all", "l": "not all"}


def new_submission() -> str:
    """A one-time name for the sending of a form."""
    return secrets.token_hex(16)


def encoded(accepted: bytes, body: bytes, kind: str, status: int) -> Response[bytes]:
    """The answer in the first encoding of zstd, brotli and gzip that the browser takes."""
    headers = {}
    if len(body) > _SMALL:
        if b"zstd" in accepted:
            body, headers = compressor().compress(body), {"content-encoding": "zstd"}
        elif b"br" in accepted:
            body, headers = brotli.compress(body, quality=4), {"content-encoding": "br"}
        elif b"gzip" in accepted:
            body, headers = _gzip(body), {"content-encoding": "gzip"}
    return Response(content=body, media_type=kind, status_code=status, headers=headers)


def _gzip(body: bytes) -> bytes:
    import gzip

    return gzip.compress(body, 4, mtime=0)


def compressor() -> zstandard.ZstdCompressor:
    """This thread's own: one must not be shared, and making it costs more than using it."""
    found: zstandard.ZstdCompressor | None = getattr(_local, "zstd", None)
    if found is None:
        found = _local.zstd = zstandard.ZstdCompressor(compression_params=_PARAMETERS)
    return found


def see_other(path: str) -> Response[bytes]:
    """After a change: look here now. Only paths of this house."""
    if not _OWN_PATH.fullmatch(path):
        raise ValueError(f"no path of this house: {path!r}")
    return Response(content=b"", status_code=303, headers={"location": path}, media_type=_HTML)


def empty(status: int = 204) -> Response[bytes]:
    """An answer without words."""
    return Response(content=b"", status_code=status, media_type=MediaType.TEXT)


def answer_json(request: Ask, value: Any, *, status: int = 200) -> Response[bytes]:
    """A value as JSON."""
    return encoded(request.visit.accepted, msgspec.json.encode(value), _JSON, status)


def refused_json(why: str, status: int, *, found: Iterable[str] = ()) -> Response[bytes]:
    """A refusal as JSON: a constant shape, short words, nothing of the request."""
    body = msgspec.json.encode({"error": why, "found": list(found)} if found else {"error": why})
    return Response(content=body, media_type=_JSON, status_code=status)
