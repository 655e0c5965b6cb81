"""What other rooms ask of the desk: why a guide is gone, and whether the desk is hers."""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.library.desk import queries
from mashrabiya.platform.web import Ask, Response, page


def show_withdrawn(request: Ask, shown: str) -> Response[bytes] | None:
    """The page that stands where a guide was; nothing where none was withdrawn."""
    with request.db.read() as db:
        gone = queries.find_gone(db, shown)
    if gone is None:
        return None
    reason, day = gone.reason(request.viewer.tongue.language), clock.date(gone.day)
    return page(request, "library/desk/gone.html", reason=reason, since=day)


def is_hers(request: Ask) -> bool:
    """Whether the persona in use finds the desk."""
    if not request.viewer.speaks:
        return False
    with request.db.read() as db:
        desk = queries.find_desk(db, request.viewer)
    return bool(desk.duties) or desk.host
