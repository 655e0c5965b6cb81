"""What the doors of guides share."""

from __future__ import annotations

from typing import Any

from mashrabiya.kernel.ids import read_id
from mashrabiya.library.guides import drawing, queries
from mashrabiya.library.guides.shown import Shown, show
from mashrabiya.library.guides.types import ID_SIZE, Opened, Stock
from mashrabiya.platform.web import Ask

_ROOMS = {"/y/w": "library.guides.door_laws", "/y/s": "library.guides.door_services",
          "/y/v": "library.guides.door_terms", "/y/e": "library.guides.door_stories"}  # fmt: skip
_DOORS = "library_doors"


def stock_of(request: Ask) -> Stock:
    """Guides and sources, from memory."""
    found: Stock = request.site.held[queries.STOCK]
    return found


def named(request: Ask, slug: str) -> tuple[str, str, str] | None:
    """Where a guide of the shelf is read here, its title, and in which language: for rooms that lead to it."""
    for entry in stock_of(request).shown.values():
        if entry.guide.slug == slug:
            lang = entry.lang_for(request.viewer.tongue.language)
            return entry.guide.address, entry.titles[lang], lang
    return None


def doors(request: Ask) -> dict[str, str]:
    """The other rooms of the library that this house has, each with the key of its name; looked for once a process."""
    found: dict[str, Any] | None = request.site.rooms.get(_DOORS)
    if found is None:
        paths = {route.path for route in request.site.routes}
        found = request.site.rooms[_DOORS] = {path: key for path, key in _ROOMS.items() if path in paths}
    return found


def opened(request: Ask, guide: str) -> Opened:
    """The guide as this reader may read it: one statement."""
    viewer = request.viewer
    with request.db.read() as db:
        return queries.open_guide(db, viewer, read_id(guide, ID_SIZE), viewer.tongue.language)


def shown(request: Ask, guide: str) -> Shown:
    """The same, put together for a page."""
    return put_together(request, opened(request, guide))


def put_together(request: Ask, found: Opened) -> Shown:
    """What its page shows: the row, and what lies in memory."""
    stock, rooms = stock_of(request), doors(request)
    return show(found, stock, lambda link: link in stock.shown or (link == drawing.LAWS and link in rooms))
