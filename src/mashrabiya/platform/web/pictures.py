"""Answering with a picture, to whoever was found to be allowed to see it."""

from __future__ import annotations

from mashrabiya.kernel.errors import NotFound
from mashrabiya.platform.media.keeping import store_of
from mashrabiya.platform.media.store import HEADERS
from mashrabiya.platform.web.answers import Response
from mashrabiya.platform.web.ask import Ask

_HEADERS = {name.decode(): value.decode() for name, value in HEADERS}


def kept_picture(request: Ask, name: bytes, size: str) -> Response[bytes]:
    """The file of that name and size, or not found."""
    found = store_of(request.db.folder).open(name.hex(), size)
    if found is None:
        raise NotFound
    headers = {name: value for name, value in _HEADERS.items() if name != "content-type"}
    return Response(content=found, media_type=_HEADERS["content-type"], headers=headers)
